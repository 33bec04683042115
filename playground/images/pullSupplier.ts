import type { ContainerEngine } from "../engine/containerEngine.ts";
import { registryBase } from "./catalogue.ts";

/** The base from a registry. Throws `machine.registry-unreachable` within five seconds where none answers. */
export async function pullBase(engine: ContainerEngine, onProgress: (line: string) => void, signal?: AbortSignal): Promise<string> {
  await engine.pullImage(registryBase, onProgress, signal);
  return registryBase;
}
