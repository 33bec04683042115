import type { Readable } from "node:stream";
import type { RunKind } from "../cluster/runKind.ts";

/** What labs with clusters need of this installation, and no other lab. */
export interface ClusterSupport {
  readonly runKind: RunKind;
  /** Docker reference of the image that nodes are made of, and whether it brings a network plugin of its own. */
  readonly nodeImage: () => Promise<{ readonly reference: string; readonly hasNetworkPlugin: boolean }>;
  /** An archive of images of the catalogue for inside the nodes, see `podImageArchive`. */
  readonly podImages: (names: readonly string[]) => Promise<Readable>;
  /** What such an image is called in the nodes: `sample-app:v1` is docker.io/library/sample-app:v1. */
  readonly nameInNodes: (name: string) => string;
  /** Bytes that programs can still have at the engine's computer, or undefined where nobody knows; and all that it has. */
  readonly memory: () => Promise<{ readonly available: number | undefined; readonly total: number }>;
  /** Brings the engine to where clusters can be made, where that is in our hands. */
  readonly prepareEngine: () => Promise<void>;
}
