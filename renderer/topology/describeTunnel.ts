import type { Tunnel } from "../../playground/model/tunnel.ts";
import { sizeText, type ObservationTranslate } from "../i18n/observationTexts.ts";

/** What a tunnel does and carries, in sentences: for the list beside the picture, and for who hears it. */
export function describeTunnel(tunnel: Tunnel, translate: ObservationTranslate): string {
  const { t } = translate;
  const { from, to, target, kind } = tunnel;
  const values = { from, to, target: target ?? "", port: /\d+$/.exec(tunnel.name)?.[0] ?? "" };
  const known = target !== undefined || (kind !== "ssh-local" && kind !== "ssh-remote");
  return [
    t(known ? `tunnel.${kind}` : kind === "ssh-remote" ? "tunnel.ssh-remote-unknown" : "tunnel.ssh-local-unknown", values),
    tunnel.state === "idle" ? t("tunnel.idle") : "",
    tunnel.bytes > 0 ? t("tunnel.bytes", { size: sizeText(translate, tunnel.bytes) }) : "",
    tunnel.carries.length > 0 ? t("tunnel.carries", { list: tunnel.carries.join(", ") }) : "",
  ].filter((sentence) => sentence !== "").join(" ");
}
