import { createHash } from "node:crypto";

/**
 * Names of a cluster at the container engine and for kind: those of two installations, labs or clusters never meet. Short, because that
 * of a container is also its host name, which has 63 characters at most.
 */
export const containerPrefix = (scope: string, lab: string): string => `rempart-${scope}-${createHash("sha1").update(lab).digest("hex").slice(0, 6)}-`;

/** Kind's name of a cluster; that of its network, too. Kind calls its containers after it: NAME-control-plane, NAME-worker. */
export const kindName = (scope: string, lab: string, cluster: string): string => `${containerPrefix(scope, lab)}${cluster}`;

/** Blocks of the shared address space (RFC 6598), which no VPC and no network at home has: one of its own for each cluster, as far as they are free. */
export function networkBlocks(name: string): string[] {
  const start = createHash("sha1").update(name).digest().readUInt16BE(0);
  return Array.from({ length: 16 }, (_, index) => {
    const number = (start + index * 4099) % (64 * 256);
    return `100.${64 + Math.floor(number / 256)}.${number % 256}.0/24`;
  });
}
