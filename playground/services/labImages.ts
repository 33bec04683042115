import { resolveCloud } from "../model/resolve.ts";
import { readNetwork } from "./labFaults.ts";
import type { LoadedLab } from "./labRuntime.ts";

/** Which labs need an image of the catalogue from their start on: the ids by the image's name. A lab whose start cannot be read needs none. */
export function labsByImage(labs: readonly LoadedLab[], knownImages: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { lab, startNetwork } of labs) {
    const { network, faults } = readNetwork(lab, startNetwork, knownImages);
    if (!network || faults.length > 0) continue;
    const cloud = resolveCloud(lab, network);
    for (const image of new Set([...cloud.nodes.map((node) => node.image), ...cloud.clusters.flatMap(({ images }) => images)])) found.set(image, [...(found.get(image) ?? []), lab.id]);
  }
  return found;
}
