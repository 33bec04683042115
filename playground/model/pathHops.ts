import type { CloudNode } from "./cloud.ts";
import { formatAddress } from "./ip.ts";
import type { PathHop } from "./path.ts";
import type { Packet, VpcPort } from "./pathWorld.ts";
import type { ReasonCode } from "./reasonText.ts";

/** How the walk of a packet ended. */
export type WalkEnd =
  | { readonly kind: "arrived"; readonly at: VpcPort | CloudNode; readonly packet: Packet }
  | { readonly kind: "dropped" }
  /** Beyond the model: an instance that forwards, or a rule that depends on the port drawn. */
  | { readonly kind: "unknown" };
export type HopDetails = { values?: Record<string, string>; decidedBy?: string; elements?: string[] };

/** The hops of a packet in one direction, as they are written: one for every decision, with its reason. */
export class PathHops {
  readonly direction: "forward" | "return";
  private readonly hops: PathHop[];

  /** `hops`: where they are written to, behind those of the other direction. */
  constructor(direction: "forward" | "return", hops: PathHop[]) {
    this.direction = direction;
    this.hops = hops;
  }

  write(kind: PathHop["kind"], at: string, outcome: PathHop["outcome"], reason: ReasonCode, packet: Packet, details: HopDetails = {}): void {
    this.hops.push({
      direction: this.direction,
      at,
      kind,
      outcome,
      reason,
      ...(details.decidedBy === undefined ? {} : { decidedBy: details.decidedBy }),
      values: { source: formatAddress(packet.source), destination: formatAddress(packet.destination), at, ...details.values },
      source: formatAddress(packet.source),
      destination: formatAddress(packet.destination),
      elements: details.elements ?? [],
    });
  }

  /** The hop at which the packet is lost. */
  drop(kind: PathHop["kind"], at: string, reason: ReasonCode, packet: Packet, details?: HopDetails): WalkEnd {
    this.write(kind, at, "drop", reason, packet, details);
    return { kind: "dropped" };
  }
}
