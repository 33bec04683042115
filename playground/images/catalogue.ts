import { join } from "node:path";
import { RempartError } from "../model/errors.ts";
import { assetsFolder } from "./assetsFolder.ts";
import { digestOf, readContext } from "./buildContext.ts";

/** The base of our images where a registry answers. */
export const registryBase = "debian:bookworm-slim";
/** The same base built from Debian's packages. */
export const builtBase = "rempart/base:bookworm-1";

/** Images that a lab may name, each after the one that it is built upon. */
export const imageNames = ["instance", "services", "desktop", "access"] as const;
export type ImageName = (typeof imageNames)[number];

/** The image of the catalogue that another is built upon, whose layers it shares; `instance` stands on the base. */
const parents: Partial<Record<ImageName, ImageName>> = { services: "instance", desktop: "instance", access: "services" };

/** The image of the catalogue that an image is built upon, if it is not the base. */
export function parentOf(name: ImageName): ImageName | undefined {
  return parents[name];
}

/** Label of every image that Rempart makes; its value is the image's name in the catalogue. */
export const imageLabel = "dev.rempart.image";

/** Folder of an image's build context. */
export function contextFolder(name: ImageName): string {
  return join(assetsFolder(), "images", name);
}

/** The catalogue's own form of an image's name. Throws `input.unknown-image`. */
export function imageName(name: string): ImageName {
  const known = imageNames.find((image) => image === name);
  if (known === undefined) {
    throw new RempartError("input.unknown-image", `There is no image named ${name}.`, { kind: "input", next: `Use one of: ${imageNames.join(", ")}.` });
  }
  return known;
}

/**
 * The reference of an image of the catalogue. Its tag is a digest of the build context and of the image below: whoever changes
 * a Dockerfile gets other images, and old containers keep theirs. Throws `input.unknown-image`.
 */
export function imageReference(name: string): string {
  const known = imageName(name);
  const parent = parentOf(known);
  const below = parent === undefined ? [] : [{ path: "FROM", content: Buffer.from(imageReference(parent)), executable: false }];
  return `rempart/${known}:${digestOf([...below, ...readContext(contextFolder(known))])}`;
}

/** The image of most machines and of the lab's routers, which every lab needs. */
export function instanceImage(): string {
  return imageReference("instance");
}
