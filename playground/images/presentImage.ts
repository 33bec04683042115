import type { ContainerEngine } from "../engine/containerEngine.ts";
import { imageName, imageReference, pulledReference } from "./catalogue.ts";

/** The reference of an image that is on the engine, loaded, pulled or built; undefined when it is not. Throws `input.unknown-image`. */
export async function presentImage(engine: ContainerEngine, name: string): Promise<string | undefined> {
  const known = imageName(name);
  for (const reference of [imageReference(known), pulledReference(known)]) if (reference !== undefined && (await engine.imageExists(reference))) return reference;
  return undefined;
}
