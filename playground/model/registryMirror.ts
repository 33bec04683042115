import type { Fault } from "./errors.ts";
import { type FaultCode, faultText } from "./faultTexts.ts";

/** What a text says of a mirror: its reference without a closing slash, or all that is wrong with it. Both are empty for a text of blanks: no mirror. */
export interface ReadMirror {
  readonly mirror?: string;
  readonly faults: readonly Fault[];
}

/** A component of a repository's name, as the OCI distribution specification has it. */
const pathPart = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const hostLabel = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/;

/**
 * Reads the host, port and path of a registry that has the images of other projects: `registry.example:5000/mirror`. A first word without a dot or a port is
 * no host, because engines take it for a user's name in their own registry.
 * @param path where the text stands, for the faults
 */
export function readRegistryMirror(text: string, path: string): ReadMirror {
  const faults: Fault[] = [];
  const fault = (code: FaultCode, values: Record<string, string> = {}): void => {
    const { message, hint } = faultText({ code, values }, "en");
    faults.push({ code, path, message, values, ...(hint === undefined ? {} : { hint }) });
  };
  let rest = text.trim();
  if (rest === "") return { faults };
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(rest)?.[0];
  if (scheme !== undefined) fault("settings.mirror-scheme", { part: scheme });
  rest = rest.slice(scheme?.length ?? 0).replace(/\/+$/, "");
  const at = rest.indexOf("@");
  // Behind the path it is a digest, and the path's fault.
  if (at !== -1 && !rest.slice(0, at).includes("/")) {
    fault("settings.mirror-account");
    rest = rest.slice(at + 1);
  }
  for (const sign of new Set(rest.match(/[^\w.:/@[\]-]/g) ?? [])) fault("settings.mirror-sign", { sign });
  const [place = "", ...parts] = rest.replaceAll(/[^\w.:/@[\]-]/g, "").split("/");
  const { host, port } = /^(?<host>\[[^\]]*\]|[^:]*)(?::(?<port>.*))?$/.exec(place)?.groups ?? {};
  if (!isHost(host ?? "", port)) fault("settings.mirror-host", { host: host ?? place });
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535)) fault("settings.mirror-port", { port });
  for (const part of parts) if (!pathPart.test(part)) fault("settings.mirror-path", { part });
  return faults.length > 0 ? { faults } : { mirror: rest, faults };
}

function isHost(host: string, port: string | undefined): boolean {
  if (host.startsWith("[")) return /^\[[0-9a-fA-F:.]*:[0-9a-fA-F:.]*\]$/.test(host);
  const labels = host.split(".");
  if (!labels.every((label) => hostLabel.test(label))) return false;
  if (labels.every((label) => /^\d+$/.test(label))) return labels.length === 4 && labels.every((label) => Number(label) <= 255);
  return labels.length > 1 || port !== undefined || host === "localhost";
}
