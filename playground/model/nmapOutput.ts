import { type PortState, portStateSchema } from "./exposure.ts";
import { formatPortList, portsOf } from "./portList.ts";

/** What nmap found at one address. */
export interface NmapHost {
  readonly address: string;
  readonly ports: readonly NmapPorts[];
}
/** One port, or many that nmap found alike and counts together (`extraports`). */
export interface NmapPorts {
  readonly protocol: "tcp" | "udp";
  /** `22`, `1-21,23-79`; empty where nmap tells only how many. */
  readonly ports: string;
  readonly count: number;
  readonly state: PortState;
  readonly reason: string;
  readonly service?: string;
}
export interface NmapResult {
  readonly hosts: readonly NmapHost[];
  /** False where nmap did not come to its end. */
  readonly finished: boolean;
}

interface Tag {
  readonly name: string;
  readonly isEnd: boolean;
  readonly attributes: Readonly<Record<string, string>>;
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** Reads the XML that `nmap -oX -` writes (nmap.dtd, xmloutputversion 1.05). What it does not know is left out; text that is cut short gives what is whole. */
export function parseNmapXml(xml: string): NmapResult {
  const hosts: { address: string; ports: NmapPorts[] }[] = [];
  let host: { address: string; ports: NmapPorts[] } | undefined;
  let extraState: PortState | undefined;
  let port: { -readonly [Key in keyof NmapPorts]: NmapPorts[Key] } | undefined;
  let finished = false;
  for (const { name, isEnd, attributes } of tagsOf(xml)) {
    if (name === "host") {
      if (isEnd && host !== undefined && host.address !== "") hosts.push(host);
      host = isEnd ? undefined : { address: "", ports: [] };
    } else if (name === "finished") finished = attributes["exit"] === "success";
    else if (host === undefined) continue;
    else if (name === "address" && attributes["addrtype"] !== "mac") host.address ||= attributes["addr"] ?? "";
    else if (name === "extraports") extraState = isEnd ? undefined : stateOf(attributes["state"]);
    else if (name === "extrareasons" && extraState !== undefined) {
      const protocol = protocolOf(attributes["proto"]);
      if (protocol !== undefined) host.ports.push({ protocol, ports: attributes["ports"] ?? "", count: Number(attributes["count"]) || 0, state: extraState, reason: attributes["reason"] ?? "" });
    } else if (name === "port") {
      const protocol = protocolOf(attributes["protocol"]);
      if (isEnd && port !== undefined) host.ports.push(port);
      port = isEnd || protocol === undefined ? undefined : { protocol, ports: attributes["portid"] ?? "", count: 1, state: "filtered", reason: "" };
    } else if (name === "state" && port !== undefined) {
      const state = stateOf(attributes["state"]);
      if (state === undefined) port = undefined;
      else Object.assign(port, { state, reason: attributes["reason"] ?? "" });
    } else if (name === "service" && port !== undefined && attributes["name"] !== undefined && attributes["name"] !== "unknown") port.service = attributes["name"];
  }
  return { hosts, finished };
}

/** How far nmap is, from the last `taskprogress` in its XML: which of its tasks, and how much of it (0 to 1). */
export function nmapProgress(xml: string): { task: string; part: number } | undefined {
  const last = [...tagsOf(xml)].filter((tag) => tag.name === "taskprogress").at(-1);
  return last && { task: last.attributes["task"] ?? "", part: Math.min(1, Math.max(0, (Number(last.attributes["percent"]) || 0) / 100)) };
}

/** Start and end tags in the order of the text; an empty element is only its start, comments and declarations are none. */
function* tagsOf(xml: string): Generator<Tag> {
  const text = xml.replace(/<!--[\s\S]*?-->/g, "");
  for (const match of text.matchAll(/<(\/?)([A-Za-z][\w-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*\/?>/g)) {
    const attributes = Object.fromEntries([...(match[3] ?? "").matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, decode(value)]));
    yield { name: match[2] ?? "", isEnd: match[1] === "/", attributes };
  }
}

function decode(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal: string | undefined, hex: string | undefined, name: string | undefined) =>
    decimal !== undefined ? String.fromCodePoint(Number(decimal)) : hex !== undefined ? String.fromCodePoint(Number.parseInt(hex, 16)) : (entities[name ?? ""] ?? whole),
  );
}

/** A scan with a second look at some of its ports in place of the first: what the second does not speak of stays. */
export function withSecondLook(hosts: readonly NmapHost[], second: readonly NmapHost[]): NmapHost[] {
  return hosts.map((host) => {
    const again = second.find((candidate) => candidate.address === host.address);
    if (again === undefined) return host;
    const seen = (protocol: string): Set<number> => new Set(again.ports.filter((entry) => entry.protocol === protocol).flatMap((entry) => portsOf(entry.ports)));
    const asked = { tcp: seen("tcp"), udp: seen("udp") };
    const kept = host.ports.flatMap((entry): NmapPorts[] => {
      const ports = portsOf(entry.ports).filter((port) => !asked[entry.protocol].has(port));
      return ports.length === 0 && entry.ports !== "" ? [] : [{ ...entry, ports: formatPortList(ports), count: entry.ports === "" ? entry.count : ports.length }];
    });
    return { address: host.address, ports: [...kept, ...again.ports] };
  });
}

const stateOf = (text: string | undefined): PortState | undefined => portStateSchema.safeParse(text).data;
const protocolOf = (text: string | undefined): "tcp" | "udp" | undefined => (text === "tcp" || text === "udp" ? text : undefined);
