/** One line of a sidecar's access log. */
export interface AccessLogLine {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** `inbound`: the proxy of the pod that was called tells it, `outbound`: that of the caller. */
  readonly side: "inbound" | "outbound";
  /** Status of the answer; 0 where there was no HTTP answer. */
  readonly code: number;
  /** Envoy's response flags: `UO`, `UF,URX`; empty where all went well. */
  readonly flags: string;
  /** Envoy's response code details, or why it ended the connection: `via_upstream`, `rbac_access_denied_matched_policy[none]`. */
  readonly details: string;
  readonly milliseconds: number;
  /** Of the other end: the caller's where the side is `inbound`, else of the pod that was called. Empty where none was reached. */
  readonly peer: string;
  /** Name of the service that was called, as in the cluster's DNS; from the caller's proxy alone. */
  readonly service: string;
  /** What the caller's proxy asked for in its TLS handshake; empty where there was no TLS. */
  readonly serverName: string;
}

const fieldPattern = /"(?:[^"\\]|\\.)*"|\S+/g;
const fieldCount = 22;

/**
 * Reads a line in the format that Istio gives its proxies where no other is set (`meshConfig.accessLogFormat`); undefined for every other line, for a
 * proxy writes its own messages to the same stream. Istio's documentation lists the fields ("Envoy Access Logs", default access log format).
 */
export function parseAccessLog(line: string): AccessLogLine | undefined {
  if (!line.startsWith("[2")) return undefined;
  const fields = (line.match(fieldPattern) ?? []).map(unquoted);
  if (fields.length < fieldCount) return undefined;
  const field = (index: number): string => fields[index] ?? "";
  const at = Date.parse((fields[0] ?? "").replace(/^\[|\]$/g, ""));
  const code = Number(fields[2]);
  if (Number.isNaN(at) || Number.isNaN(code)) return undefined;
  const cluster = field(16);
  const details = field(4) === "" ? field(5) : field(4);
  const isInbound = cluster.startsWith("inbound|") || cluster.startsWith("Inbound") || (cluster === "" && field(15) === "" && isInboundDetail(details));
  return {
    at,
    side: isInbound ? "inbound" : "outbound",
    code,
    flags: field(3),
    details,
    milliseconds: Number(fields[9]) || 0,
    peer: addressOf(field(isInbound ? 19 : 15)),
    service: isInbound ? "" : (cluster.split("|")[3] ?? ""),
    serverName: field(20),
  };
}

/** A connection for which the proxy of the pod that was called had no place: it was not in TLS where only TLS is taken, or a policy refused it. */
const isInboundDetail = (details: string): boolean => details === "filter_chain_not_found" || details.startsWith("rbac_access_denied");

/** Envoy writes `-` for what there is not. */
function unquoted(field: string): string {
  const bare = field.startsWith('"') ? field.slice(1, -1) : field;
  return bare === "-" ? "" : bare;
}

/** Without the port; IPv6 is in brackets. */
function addressOf(endpoint: string): string {
  const end = endpoint.lastIndexOf(":");
  return (end < 0 ? endpoint : endpoint.slice(0, end)).replace(/^\[|\]$/g, "");
}

/** The connection came in TLS from a proxy of the mesh: it names what it wants in a form that Istio alone uses. */
export const isMeshTls = (line: AccessLogLine): boolean => line.serverName.startsWith("outbound_.");

/** A policy of the mesh refused it: an AuthorizationPolicy, or a PeerAuthentication that wants TLS. */
export const isRefused = (line: AccessLogLine): boolean => line.side === "inbound" && (line.details.startsWith("rbac_access_denied") || isPlainRefused(line));

/** It came without TLS where only TLS is taken. */
export const isPlainRefused = (line: AccessLogLine): boolean => line.details === "filter_chain_not_found" && line.serverName === "";

/** The server or the way to it failed. That a caller hung up (`DC`) is no error of the server's. */
export const isError = (line: AccessLogLine): boolean => !isRefused(line) && (line.code >= 500 || (line.code === 0 && line.flags !== "" && line.flags !== "DC"));

/** The policy that Envoy names in its detail, as Istio names its rules; undefined for `[none]`, when no ALLOW policy matched. */
export function namedPolicy(details: string): { namespace: string; name: string } | undefined {
  const match = /ns\[([^\]]+)\]-policy\[([^\]]+)\]/.exec(details);
  return match?.[1] === undefined || match[2] === undefined ? undefined : { namespace: match[1], name: match[2] };
}
