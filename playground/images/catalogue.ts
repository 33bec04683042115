import { join } from "node:path";
import { RempartError } from "../model/errors.ts";
import { assetsFolder } from "./assetsFolder.ts";
import { digestOf, readContext } from "./buildContext.ts";
import { programDigest } from "./programs.ts";
import { recipeOf } from "./recipes.ts";

/** The base of our images where a registry answers. */
export const registryBase = "debian:bookworm-slim";
/** The same base built from Debian's packages. */
export const builtBase = "rempart/base:bookworm-1";

/** Images that every family of labs but the clusters' may need, each after the one that it is built upon. */
export const machineImageNames = ["instance", "services", "desktop", "access"] as const;
/** Images that a lab may name for its machines. */
export const imageNames = [...machineImageNames, "cluster-access"] as const;
/** Images that Istio's own samples name, so that those apply unchanged; made when somebody asks for one, as no lab needs them. */
export const sampleImageNames = ["mccutchen/go-httpbin:v2.15.0", "curlimages/curl:8.16.0", "registry.istio.io/release/tcp-echo-server:1.3"] as const;
/** Images that run in the pods of the labs' clusters, by the name that a manifest gives. */
const labPodImageNames = [
  "curl:1",
  "sample-app:v1",
  "sample-app:v2",
  "sample-app-frontend:0.0.1",
  "sample-app-backend:0.0.1",
  "sample-app-backend:0.0.2",
  "istio/pilot:1.31.0",
  "istio/proxyv2:1.31.0",
] as const;
/** All images that can run in the pods of a cluster. */
export const podImageNames = [...labPodImageNames, ...sampleImageNames] as const;
/** Images that a lab's files may name: those of machines, and those of pods, which have a tag. */
export const labImageNames: readonly string[] = [...imageNames, ...podImageNames];
/** All that a lab with a cluster needs beside the machines' images: they take minutes to make, and are made when such a lab wants them. */
export const clusterImageNames = ["kubernetes-node", "cluster-access", ...labPodImageNames] as const;

export type PodImageName = (typeof podImageNames)[number];
export type ImageName = (typeof imageNames)[number] | (typeof clusterImageNames)[number] | PodImageName;
/** Every image of the catalogue, once. */
export const allImageNames: readonly ImageName[] = [...machineImageNames, ...clusterImageNames, ...sampleImageNames];

/** The image of the catalogue that another is built upon, whose layers it shares; the others stand on the base, or on nothing. */
const parents: Partial<Record<ImageName, ImageName>> = { services: "instance", desktop: "instance", access: "services", "cluster-access": "instance", "istio/proxyv2:1.31.0": "curl:1", "curlimages/curl:8.16.0": "curl:1" };

/** The image of the catalogue that an image is built upon, if there is one. */
export function parentOf(name: ImageName): ImageName | undefined {
  return parents[name];
}

/** True for an image that stands on nothing: a program that needs no file of Debian. */
export function hasNoBase(name: ImageName): boolean {
  return recipeOf(name).fromScratch === true;
}

/** Label of every image that Rempart makes; its value is the image's name in the catalogue. */
export const imageLabel = "dev.rempart.image";
/** Label of what is left of an image's making and has no name: removed when it is made. */
export const stageLabel = "dev.rempart.stage";

/** Folder of an image's build context. */
export function contextFolder(name: ImageName): string {
  return join(assetsFolder(), "images", recipeOf(name).folder ?? name);
}

/** The catalogue's own form of an image's name. Throws `input.unknown-image`. */
export function imageName(name: string): ImageName {
  const known = allImageNames.find((image) => image === name);
  if (known === undefined) {
    throw new RempartError("input.unknown-image", `There is no image named ${name}.`, { kind: "input", next: `Use one of: ${allImageNames.join(", ")}.` });
  }
  return known;
}

/** True for an image that runs in the pods of a cluster. */
export function isPodImage(name: string): name is PodImageName {
  return podImageNames.some((image) => image === name);
}

/** The reference that a pod image has inside a cluster, where `sample-app:v1` is short for it. */
export function podImageReference(name: PodImageName): string {
  if (/^[^/]*[.:][^/]*\//.test(name)) return name;
  return name.includes("/") ? `docker.io/${name}` : `docker.io/library/${name}`;
}

/**
 * The reference of an image of the catalogue. Its tag is a digest of the build context, of the programs in it and of the image below: whoever
 * changes a Dockerfile gets other images, and old containers keep theirs. Throws `input.unknown-image`.
 */
export function imageReference(name: string): string {
  const known = imageName(name);
  const parent = parentOf(known);
  // Where it could be pulled from is no part of what is built, and programs have digests of their own.
  const recipe = JSON.stringify(recipeOf(known), (key, value: unknown) => (key === "programs" || key === "upstream" ? undefined : value));
  const more = [
    ...(parent === undefined ? [] : [`FROM ${imageReference(parent)}`]),
    ...(recipe === "{}" ? [] : [recipe]),
    ...(recipeOf(known).programs ?? []).map((one) => `${one.as} ${programDigest(one.program)}`),
  ].map((line) => ({ path: "FROM", content: Buffer.from(line.replace(/^FROM /, "")), executable: false }));
  return `rempart/${known.replaceAll(/[/:]/g, "-")}:${digestOf([...more, ...readContext(contextFolder(known)).filter(({ path }) => isContext(known, path))])}`;
}

/**
 * The name that a pulled image of another project has on the engine, under the digest that it is pinned by; undefined for an image that only
 * Rempart makes.
 */
export function pulledReference(name: ImageName): string | undefined {
  const digest = recipeOf(name).upstream?.split("@sha256:")[1];
  return digest === undefined ? undefined : `rempart/${name.replaceAll(/[/:]/g, "-")}:pulled-${digest.slice(0, 12)}`;
}

/** The files of an image's folder that its build is given; sources of its programs are none, for they are compiled before. */
export function isContext(name: ImageName, path: string): boolean {
  return recipeOf(name).only === undefined || recipeOf(name).only?.includes(path) === true;
}

/** The image of most machines and of the lab's routers, which every lab needs. */
export function instanceImage(): string {
  return imageReference("instance");
}
