/**
 * The labels by which Rempart finds what is its own. It touches nothing that does not carry `owner` and the scope of this
 * user, so that two users or two checkouts on one Docker engine never meet.
 */
export const labelKeys = {
  /** Always "rempart". */
  owner: "dev.rempart.owner",
  /** Which installation made it; see {@link scopeOf}. */
  scope: "dev.rempart.scope",
  lab: "dev.rempart.lab",
  /** "fabric" or "node"; "cluster-node" for a container that kind made; "cluster" for a cluster's network. */
  part: "dev.rempart.part",
  node: "dev.rempart.node",
  cluster: "dev.rempart.cluster",
  /** Digest of the container's specification: a node whose digest differs is replaced. */
  digest: "dev.rempart.digest",
  /** Folder of the lab on the machine that runs Rempart. */
  folder: "dev.rempart.folder",
} as const;

/** Labels of everything of one lab. */
export function labLabels(scope: string, lab: string): Record<string, string> {
  return { [labelKeys.owner]: "rempart", [labelKeys.scope]: scope, [labelKeys.lab]: lab };
}

/** Labels of everything of this installation. */
export function scopeLabels(scope: string): Record<string, string> {
  return { [labelKeys.owner]: "rempart", [labelKeys.scope]: scope };
}

/** Docker name of a node's container: readable, and unlike that of another user or lab. */
export function containerName(scope: string, lab: string, node: string): string {
  return `rempart-${scope}-${lab}-${node}`;
}
