import type { Packet } from "../../playground/model/packet.ts";

/** What a packet is about, for its colour and its sign: `asks` opens, `refuses` ends badly, `names` and `echo` are helpers, `data` is the rest. */
export type PacketKind = "asks" | "refuses" | "names" | "echo" | "data";

/** Signs tell kinds apart where colours do not. */
export const kindSigns: Readonly<Record<PacketKind, string>> = { asks: "●", refuses: "✕", names: "?", echo: "≈", data: "▪" };

export function kindOf({ protocol, info }: Pick<Packet, "protocol" | "info">): PacketKind {
  if (protocol === "DNS" || protocol === "ARP") return "names";
  if (info.includes("RST") || info.includes("unreachable") || info.includes("prohibited")) return "refuses";
  if (protocol.startsWith("ICMP")) return "echo";
  return protocol === "TCP" && info.startsWith("SYN") ? "asks" : "data";
}
