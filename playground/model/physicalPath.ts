import type { Cloud, CloudNode } from "./cloud.ts";
import { type IpAddress, networkOf, prefixContains } from "./ip.ts";
import { sameAddress } from "./pathWorld.ts";

/** The other end of a packet that needs no router. */
export interface DirectNeighbour {
  readonly node: CloudNode;
  /** Name of the switch, or "cable". */
  readonly medium: string;
}

/**
 * The machine with the address on the same switch or cable and in the same prefix as the sender: the one case in which the
 * model knows what machines with addresses of their own will do. Undefined everywhere else.
 */
export function directNeighbour(cloud: Cloud, from: CloudNode, destination: IpAddress): DirectNeighbour | undefined {
  for (const own of from.interfaces) {
    if (!own.address || own.prefixLength === undefined || !prefixContains(networkOf(own.address, own.prefixLength), destination)) continue;
    for (const node of cloud.nodes) {
      for (const other of node.interfaces) {
        if (node === from || !sameAddress(other.address, destination) || other.prefixLength !== own.prefixLength) continue;
        if (own.attachment.kind === "switch" && other.attachment.kind === "switch" && own.attachment.name === other.attachment.name) {
          return { node, medium: own.attachment.name };
        }
        if (own.attachment.kind === "cable" && other.attachment.kind === "cable" && own.attachment.index === other.attachment.index) return { node, medium: "cable" };
      }
    }
  }
  return undefined;
}
