import type { Packet } from "../model/packet.ts";

/** Packets that say what became of a conversation come before those that only carry on. */
function weight({ protocol, info }: Packet): number {
  if (protocol === "TCP") return info.includes("RST") ? 3 : info.startsWith("SYN") ? 2 : 0;
  return protocol === "TLS" || protocol === "SSH" ? 1 : 2;
}

/** At most so many packets, in their order: first those that say most, and of equals those spread over all of the time. */
export function samplePackets(packets: readonly Packet[], most: number): Packet[] {
  if (packets.length <= most) return [...packets];
  const kept: Packet[] = [];
  for (const level of [3, 2, 1, 0]) {
    const these = packets.filter((packet) => weight(packet) === level);
    const room = Math.min(these.length, most - kept.length);
    for (let index = 0; index < room; index += 1) kept.push(...these.slice(Math.floor((index * these.length) / room), Math.floor((index * these.length) / room) + 1));
  }
  return kept.sort((a, b) => a.number - b.number);
}
