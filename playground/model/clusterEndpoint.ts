import type { Cluster } from "./cloud.ts";
import { formatAddress } from "./ip.ts";
import { apiServerPort } from "./resolveClusters.ts";

/** URL of a cluster's API server in the lab: at the control plane's public address, or at its private one where it has no other. */
export function clusterEndpoint({ members: [controlPlane] }: Pick<Cluster, "members">): string {
  if (!controlPlane) return "";
  return `https://${formatAddress(controlPlane.publicAddress ?? controlPlane.address)}:${apiServerPort}`;
}
