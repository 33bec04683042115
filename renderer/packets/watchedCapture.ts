import type { EventData, Result } from "../../playground/contract/contract.ts";
import type { CaptureEnd } from "../../playground/contract/packetContract.ts";
import type { Packet } from "../../playground/model/packet.ts";

type Seen = EventData<"packets.seen">;

/** A capture as the window follows it. */
export interface WatchedCapture {
  readonly node: string;
  /** Absent while it begins. */
  readonly id: string | undefined;
  /** The newest that were shown, the newest last. */
  readonly packets: readonly Packet[];
  readonly total: number;
  /** How many of them were shown. */
  readonly shown: number;
  readonly seconds: number;
  readonly ended: CaptureEnd | undefined;
  /** What came while it had no name: its own first packets, or the last of the capture before it. */
  readonly early: readonly Seen[];
}

/** Rows that a list keeps: more is what Wireshark is for. */
const keptRows = 150;

/** A capture that was asked for, at a machine, a VPC, a NAT gateway or `internet`, and has no name yet. */
export const beginCapture = (node: string): WatchedCapture => ({ node, id: undefined, packets: [], total: 0, shown: 0, seconds: 0, ended: undefined, early: [] });

/** With what was seen, where that is of this capture. */
export function withSeen(capture: WatchedCapture, seen: Seen): WatchedCapture {
  if (capture.id === undefined) return { ...capture, early: [...capture.early, seen] };
  if (capture.id !== seen.capture || capture.ended !== undefined) return capture;
  return { ...capture, packets: [...capture.packets, ...seen.packets].slice(-keptRows), total: seen.total, shown: capture.shown + seen.packets.length, ended: seen.ended };
}

/** With its name, once the engine has told it. */
export function withName(capture: WatchedCapture, begun: Result<"packets.start">): WatchedCapture {
  const named: WatchedCapture = { ...capture, id: begun.capture, seconds: begun.seconds, early: [] };
  return capture.early.reduce(withSeen, named);
}
