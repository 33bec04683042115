import { z } from "zod";
import type { TopologyEdge } from "./topology.ts";
import { nodeId } from "./topologyIds.ts";

/** What travels unseen between two machines, as it was observed in them: SSH forwards, and VPNs. */
export const tunnelSchema = z.object({
  id: z.string(),
  kind: z.enum(["ssh-local", "ssh-dynamic", "ssh-remote", "ssh-jump", "wireguard", "openvpn"]),
  /** Machine that opened it. */
  from: z.string(),
  /** Machine at its other end. */
  to: z.string(),
  /** As its user would type or name it, without what follows the arrow: `ssh -L 8080`, `wg0`. */
  name: z.string(),
  /** Where what goes in comes out: an address and a port as the far end sees them. */
  target: z.string().optional(),
  /** Machine of the lab that the target is, where it is not the far end itself. */
  exit: z.string().optional(),
  /** Conversations that it carries at this moment: address and port. */
  carries: z.array(z.string()).default([]),
  /** Both directions together, since it was opened. */
  bytes: z.number(),
  /** `idle`: a VPN whose last handshake is so old that its keys have expired. */
  state: z.enum(["up", "idle"]),
});
export type Tunnel = z.infer<typeof tunnelSchema>;

/** What stands at a tunnel, in any language: `ssh -L 8080 → 10.0.80.20:8080`. */
export function tunnelTitle(tunnel: Pick<Tunnel, "name" | "target">): string {
  return tunnel.target === undefined ? tunnel.name : `${tunnel.name} → ${tunnel.target}`;
}

/** Tunnels as edges of the picture, for the exports. */
export function tunnelEdges(tunnels: readonly Tunnel[]): TopologyEdge[] {
  return tunnels.map((tunnel) => ({ id: tunnel.id, kind: "tunnel", from: nodeId(tunnel.from), to: nodeId(tunnel.to), label: tunnelTitle(tunnel) }));
}
