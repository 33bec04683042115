import { tunnelTitle, type Tunnel } from "../../playground/model/tunnel.ts";
import { observationTexts } from "../i18n/observationTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { describeTunnel } from "./describeTunnel.ts";

/** What the tunnels' lines mean, and each tunnel in words; nothing while there is none. */
export function TunnelLegend({ tunnels }: { tunnels: readonly Tunnel[] }) {
  const translate = useTranslate(observationTexts);
  const { t } = translate;
  if (tunnels.length === 0) return null;
  const hasBeyond = tunnels.some((tunnel) => tunnel.exit !== undefined && tunnel.kind !== "ssh-jump");
  return (
    <details className="tunnel-legend">
      <summary>
        <b>{t("tunnel.title", { count: tunnels.length })}</b>
        <span><TunnelLine /> {t("tunnel.sealed")}</span>
        {hasBeyond ? <span><TunnelLine isBeyond /> {t("tunnel.beyond")}</span> : null}
      </summary>
      <ul className="scroll" aria-label={t("tunnel.list")}>
        {tunnels.map((tunnel) => (
          <li key={tunnel.id}>
            <code>{tunnelTitle(tunnel)}</code>
            {describeTunnel(tunnel, translate)}
          </li>
        ))}
      </ul>
    </details>
  );
}

function TunnelLine({ isBeyond = false }: { isBeyond?: boolean }) {
  return <svg className={`tunnel-line${isBeyond ? " beyond" : ""}`} width="26" height="6" aria-hidden="true"><path d="M0 3H26" /></svg>;
}
