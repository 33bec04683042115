import { existsSync } from "node:fs";
import { join } from "node:path";
import { hostCommand } from "../engine/hostCommand.ts";
import { findProgram } from "../engine/localDaemon.ts";
import { assetsFolder } from "./assetsFolder.ts";
import { buildProgram, hostPlatform, programPath } from "./buildProgram.ts";
import { cacheFolder } from "./cacheFolder.ts";

/** Programs that Rempart runs on the user's own machine, with how to ask for their version and which versions fit. */
const tools = {
  kind: { version: ["version"], fits: /^kind v0\.33\.\d+\b/ },
} as const;

export type HostTool = keyof typeof tools;

/** True for what a tool says of its version when that version fits. */
export function isFittingTool(name: HostTool, version: string): boolean {
  return tools[name].fits.test(version.trim());
}

/** Path of a tool that is there already: in the package, on the PATH in a fitting version, or compiled before; undefined where it is nowhere. */
export async function findHostTool(name: HostTool): Promise<string | undefined> {
  const platform = hostPlatform();
  const bundled = join(assetsFolder(), "tools", `${platform.system}-${platform.architecture}`, platform.system === "windows" ? `${name}.exe` : name);
  if (existsSync(bundled)) return bundled;
  const own = findProgram(name);
  if (own !== undefined && isFittingTool(name, (await hostCommand(own, tools[name].version)).stdout)) return own;
  const built = programPath(cacheFolder(), name, platform);
  return existsSync(built) ? built : undefined;
}

/** As {@link findHostTool}, and compiles the tool where it is nowhere. Throws `machine.go-absent`, `machine.program-build-failed` and `input.cancelled`. */
export async function ensureHostTool(name: HostTool, onLine: (line: string) => void, signal?: AbortSignal): Promise<string> {
  return (await findHostTool(name)) ?? buildProgram(cacheFolder(), name, hostPlatform(), (line) => onLine(`${name}: ${line}`), signal);
}
