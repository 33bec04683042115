import type { Readable } from "node:stream";
import type { ContainerEngine } from "../engine/containerEngine.ts";
import { imageReference, type PodImageName, podImageReference } from "./catalogue.ts";
import { presentImage } from "./presentImage.ts";

/** Pod images on their way into a node's containerd. */
export interface PodImageArchive {
  /** As `docker save` writes it, for `ctr --namespace k8s.io images import -`; layers that several images share are in it once. */
  readonly archive: Readable;
  /** How the imported images are called in the archive, and by which name pods want them: `ctr --namespace k8s.io images tag FROM TO`. */
  readonly names: readonly { readonly from: string; readonly to: string }[];
}

/** The images, which the engine has (see `ensureImages`), as one stream. */
export async function savePodImages(engine: ContainerEngine, images: readonly PodImageName[]): Promise<PodImageArchive> {
  const found = await Promise.all(images.map(async (name) => ({ name, reference: (await presentImage(engine, name)) ?? imageReference(name) })));
  return {
    archive: await engine.saveImages(found.map(({ reference }) => reference)),
    names: found.map(({ name, reference }) => ({ from: `docker.io/${reference}`, to: podImageReference(name) })),
  };
}
