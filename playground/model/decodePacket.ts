import { decodeDns } from "./decodeDns.ts";
import type { Packet } from "./packet.ts";
import type { CapturedFrame } from "./pcap.ts";

type Decoded = Omit<Packet, "number" | "at" | "bytes">;

/** Where the network layer begins and which protocol it is, by the link type of the capture. */
function networkLayer(link: number, data: DataView): { type: number; at: number } | undefined {
  if (link === 113 && data.byteLength >= 16) return { type: data.getUint16(14), at: 16 };
  if (link === 276 && data.byteLength >= 20) return { type: data.getUint16(0), at: 20 };
  if (link !== 1 || data.byteLength < 14) return undefined;
  const type = data.getUint16(12);
  return type === 0x8100 && data.byteLength >= 18 ? { type: data.getUint16(16), at: 18 } : { type, at: 14 };
}

/**
 * One line about a packet: who, to whom, in which protocol, and what it says. Never throws: what cannot be read is told by its
 * protocol's number alone, for captures may hold anything.
 */
export function decodePacket(frame: CapturedFrame): Decoded {
  const data = new DataView(frame.data.buffer, frame.data.byteOffset, frame.data.byteLength);
  const layer = networkLayer(frame.link, data);
  if (layer === undefined) return { source: "", destination: "", protocol: `link ${frame.link}`, info: "" };
  try {
    if (layer.type === 0x0806) return decodeArp(part(data, layer.at));
    if (layer.type === 0x0800) return decodeIpv4(part(data, layer.at));
    if (layer.type === 0x86dd) return decodeIpv6(part(data, layer.at));
  } catch (error) {
    // Cut off in the middle of a header.
    if (!(error instanceof RangeError)) throw error;
  }
  return { source: "", destination: "", protocol: `0x${layer.type.toString(16).padStart(4, "0")}`, info: "" };
}

const part = (data: DataView, from: number, length = data.byteLength - from): DataView => new DataView(data.buffer, data.byteOffset + from, Math.max(0, Math.min(length, data.byteLength - from)));
const ipv4 = (data: DataView, at: number): string => [0, 1, 2, 3].map((index) => data.getUint8(at + index)).join(".");
const ipv6 = (data: DataView, at: number): string =>
  Array.from({ length: 8 }, (_, index) => data.getUint16(at + index * 2).toString(16)).join(":").replace(/(?:^|:)0(?::0)+(?::|$)/, "::");

function decodeArp(data: DataView): Decoded {
  const [source, destination] = [ipv4(data, 14), ipv4(data, 24)];
  const mac = Array.from({ length: 6 }, (_, index) => data.getUint8(8 + index).toString(16).padStart(2, "0")).join(":");
  return { source, destination, protocol: "ARP", info: data.getUint16(6) === 1 ? `${destination} ?` : `${source} = ${mac}` };
}

function decodeIpv4(data: DataView): Decoded {
  const header = (data.getUint8(0) & 0x0f) * 4;
  const ends = { source: ipv4(data, 12), destination: ipv4(data, 16) };
  // Of a fragment that is not the first, nobody knows the ports.
  if ((data.getUint16(6) & 0x1fff) !== 0) return { ...ends, protocol: "IPv4", info: "fragment" };
  return { ...ends, ...decodeTransport(data.getUint8(9), part(data, header, data.getUint16(2) - header)) };
}

function decodeIpv6(data: DataView): Decoded {
  return { source: ipv6(data, 8), destination: ipv6(data, 24), ...decodeTransport(data.getUint8(6), part(data, 40, data.getUint16(4))) };
}

const echoNames: Readonly<Record<number, string>> = { 0: "echo reply", 8: "echo request", 11: "time exceeded", 3: "destination unreachable", 5: "redirect", 128: "echo request", 129: "echo reply", 1: "destination unreachable", 135: "neighbor solicitation", 136: "neighbor advertisement" };
const unreachable: Readonly<Record<number, string>> = { 0: "net unreachable", 1: "host unreachable", 3: "port unreachable", 4: "fragmentation needed", 13: "administratively prohibited" };

function decodeTransport(protocol: number, data: DataView): Omit<Decoded, "source" | "destination"> {
  if (protocol === 6) return decodeTcp(data);
  if (protocol === 17) return decodeUdp(data);
  if (protocol === 1 || protocol === 58) {
    const type = data.getUint8(0);
    const name = protocol === 1 && type === 3 ? unreachable[data.getUint8(1)] : echoNames[type];
    return { protocol: protocol === 1 ? "ICMP" : "ICMPv6", info: name ?? `type ${type}` };
  }
  return { protocol: { 50: "ESP", 47: "GRE", 2: "IGMP", 132: "SCTP" }[protocol] ?? `IP ${protocol}`, info: "" };
}

const flagNames = [[0x02, "SYN"], [0x10, "ACK"], [0x08, "PSH"], [0x01, "FIN"], [0x04, "RST"]] as const;

function decodeTcp(data: DataView): Omit<Decoded, "source" | "destination"> {
  const ports = { sourcePort: data.getUint16(0), destinationPort: data.getUint16(2) };
  const flags = data.getUint8(13);
  const payload = part(data, (data.getUint8(12) >> 4) * 4);
  const said = payload.byteLength === 0 ? undefined : sayPayload(payload, ports);
  if (said !== undefined) return { ...ports, ...said };
  const names = flagNames.flatMap(([bit, name]) => ((flags & bit) !== 0 && !(name === "PSH") ? [name] : []));
  return { ...ports, protocol: "TCP", info: `${names.join(", ")}${payload.byteLength > 0 ? `, ${payload.byteLength} B` : ""}` };
}

const printable = /^[\x20-\x7e\u00a0-\uffff]*$/;
const httpLine = /^(?:(?:GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH|CONNECT) \S+ HTTP\/1\.[01]|HTTP\/1\.[01] \d{3}.*)$/;
const handshakes: Readonly<Record<number, string>> = { 1: "ClientHello", 2: "ServerHello", 11: "Certificate", 16: "ClientKeyExchange" };

/** What the first bytes of a conversation's piece tell: the line of HTTP, the greeting of SSH, the kind of TLS record. */
function sayPayload(payload: DataView, { sourcePort, destinationPort }: { sourcePort: number; destinationPort: number }): Pick<Packet, "protocol" | "info"> | undefined {
  const first = payload.getUint8(0);
  if (first >= 20 && first <= 23 && payload.byteLength >= 6 && payload.getUint8(1) === 3) {
    const kind = first === 22 ? (handshakes[payload.getUint8(5)] ?? "handshake") : { 20: "ChangeCipherSpec", 21: "Alert", 23: "application data" }[first];
    return { protocol: "TLS", info: `${kind ?? ""}, ${payload.byteLength} B` };
  }
  const line = new TextDecoder().decode(part(payload, 0, 160)).split(/\r?\n/)[0] ?? "";
  if (httpLine.test(line)) return { protocol: "HTTP", info: line };
  if (line.startsWith("SSH-2.0-") && printable.test(line)) return { protocol: "SSH", info: line };
  if (sourcePort === 22 || destinationPort === 22) return { protocol: "SSH", info: `${payload.byteLength} B` };
  if ((sourcePort === 53 || destinationPort === 53) && payload.byteLength > 14) return { protocol: "DNS", info: decodeDns(part(payload, 2)) ?? `${payload.byteLength} B` };
  return undefined;
}

function decodeUdp(data: DataView): Omit<Decoded, "source" | "destination"> {
  const ports = { sourcePort: data.getUint16(0), destinationPort: data.getUint16(2) };
  const payload = part(data, 8);
  const dns = ports.sourcePort === 53 || ports.destinationPort === 53 ? decodeDns(payload) : undefined;
  if (dns !== undefined) return { ...ports, protocol: "DNS", info: dns };
  const isWireGuard = (ports.sourcePort === 51820 || ports.destinationPort === 51820) && payload.byteLength >= 4;
  if (isWireGuard) return { ...ports, protocol: "WireGuard", info: `${{ 1: "handshake initiation", 2: "handshake response", 3: "cookie reply", 4: "data" }[payload.getUint8(0)] ?? "?"}, ${payload.byteLength} B` };
  return { ...ports, protocol: "UDP", info: `${payload.byteLength} B` };
}
