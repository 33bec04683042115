import { join } from "node:path";
import { RempartError } from "../model/errors.ts";
import { assetsFolder } from "./assetsFolder.ts";
import { digestOf, readContext } from "./buildContext.ts";

/** The base of our images where a registry answers. */
export const registryBase = "debian:bookworm-slim";
/** The same base built from Debian's packages. */
export const builtBase = "rempart/base:bookworm-1";

/** Images that a lab may name. */
export const imageNames = ["instance"] as const;
export type ImageName = (typeof imageNames)[number];

/** Label of every image that Rempart makes; its value is the image's name in the catalogue. */
export const imageLabel = "dev.rempart.image";

/** Folder of an image's build context. */
export function contextFolder(name: ImageName): string {
  return join(assetsFolder(), "images", name);
}

/**
 * The reference of an image of the catalogue. Its tag is a digest of the build context: whoever changes the Dockerfile
 * gets another image, and old containers keep theirs. Throws `input.unknown-image`.
 */
export function imageReference(name: string): string {
  const known = imageNames.find((image) => image === name);
  if (known === undefined) {
    throw new RempartError("input.unknown-image", `There is no image named ${name}.`, { kind: "input", next: `Use one of: ${imageNames.join(", ")}.` });
  }
  return `rempart/${known}:${digestOf(readContext(contextFolder(known)))}`;
}

/** The one image of instances and of the lab's routers. */
export function instanceImage(): string {
  return imageReference("instance");
}
