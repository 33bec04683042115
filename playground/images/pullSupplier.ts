import type { ContainerEngine } from "../engine/containerEngine.ts";
import { registryBase } from "./catalogue.ts";

/**
 * The base from a registry, or from the mirror that has it under Docker Hub's path for official images. Throws `machine.registry-unreachable` within five
 * seconds where none answers.
 */
export async function pullBase(engine: ContainerEngine, mirror: string | undefined, onProgress: (line: string) => void, signal?: AbortSignal): Promise<void> {
  const source = mirror === undefined ? registryBase : `${mirror}/library/${registryBase}`;
  onProgress(`pulling ${source}`);
  await engine.pullImage(source, onProgress, signal);
  if (source !== registryBase) await engine.tagImage(source, registryBase);
}

/**
 * Another project's own image, by the digest that it is pinned by, and a name of ours for it on the engine. Throws
 * `machine.registry-unreachable` where no registry gives it.
 * @param mirror host, port and path of a registry that has the same images: `registry.example:5000/mirror`
 */
export async function pullPinned(engine: ContainerEngine, upstream: string, reference: string, mirror: string | undefined, onProgress: (line: string) => void, signal?: AbortSignal): Promise<void> {
  const source = mirroredReference(upstream, mirror);
  onProgress(`pulling ${source}`);
  await engine.pullImage(source, onProgress, signal);
  await engine.tagImage(source, reference);
}

/** Where a mirror has an image: under the same path, without the registry's own host and without the tag, for the digest says more. */
export function mirroredReference(reference: string, mirror: string | undefined): string {
  const pinned = reference.replace(/:[^/@]+@/, "@");
  if (mirror === undefined) return pinned;
  const [host = "", ...path] = pinned.split("/");
  const isHost = path.length > 0 && (/[.:]/.test(host) || host === "localhost");
  return `${mirror.replace(/\/+$/, "")}/${isHost ? path.join("/") : pinned}`;
}
