import { existsSync } from "node:fs";
import { chmod, mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { hostCommand, type HostOptions, type HostResult } from "../engine/hostCommand.ts";
import { RempartError } from "../model/errors.ts";
import { goToolchain } from "./goToolchain.ts";
import { minutes } from "./minutes.ts";
import { moduleFolder, type Program, program, programDigest, type ProgramName } from "./programs.ts";

/** What a program is compiled for, in Go's words. */
export interface Platform {
  readonly system: string;
  readonly architecture: string;
}

const architectures: Readonly<Record<string, string>> = { x86_64: "amd64", x64: "amd64", aarch64: "arm64", arm64: "arm64" };

/** What runs in containers of an engine, by the engine's own word for its processor. */
export function containerPlatform(engineArchitecture: string): Platform {
  return { system: "linux", architecture: architectures[engineArchitecture] ?? engineArchitecture };
}

/** What runs on this machine. */
export function hostPlatform(): Platform {
  return { system: process.platform === "win32" ? "windows" : process.platform, architecture: architectures[process.arch] ?? process.arch };
}

/** Where a program is once it was compiled: its folder is named by a digest of all that it is made from. */
export function programPath(cache: string, name: ProgramName, platform: Platform): string {
  return join(cache, "programs", `${name}-${programDigest(name)}-${platform.system}-${platform.architecture}`, name);
}

/**
 * Compiles a program unless the cache has it, and returns its path. Whoever is cancelled or dies half-way goes on where it was the next time:
 * Go keeps each package that it has compiled. Progress tells of the packages. Throws `machine.go-absent`, `machine.program-build-failed` and
 * `input.cancelled`.
 * @param ahead programs that are wanted next: the modules of the first that has others are fetched meanwhile, for the processor leaves the network idle
 */
export async function buildProgram(cache: string, name: ProgramName, platform: Platform, onLine: (line: string) => void, signal?: AbortSignal, ahead: readonly ProgramName[] = []): Promise<string> {
  const path = programPath(cache, name, platform);
  if (existsSync(path)) return path;
  const go = await goToolchain(cache, onLine, signal);
  const recipe = program(name);
  onLine(`fetching the modules (about ${minutes(recipe.seconds)} from here on two cores, seconds if it was compiled before)`);
  const wanted = await fetchModules(go, recipe, platform, signal, onLine);
  if (wanted.exitCode !== 0) throw failed(name, wanted.stderr);
  const next = ahead.map(program).find((one) => one.module !== recipe.module);
  // What goes wrong there is told when it is that program's turn.
  const fetched = next === undefined ? undefined : fetchModules(go, next, platform, signal).catch(() => undefined);
  try {
    return await compile(go, name, path, platform, wanted.stdout.trim().split("\n").length, onLine, signal);
  } finally {
    await fetched;
  }
}

/** Fetches the modules that a program is compiled from, where they are not there yet; writes its packages, one on a line. */
function fetchModules(go: string, one: Program, platform: Platform, signal: AbortSignal | undefined, onErrorLine?: (line: string) => void): Promise<HostResult> {
  return hostCommand(go, ["list", "-deps", "-f", "{{.ImportPath}}", ...flags(one, false), one.package], { ...commandOptions(one, platform, signal), ...(onErrorLine === undefined ? {} : { onErrorLine }) });
}

function commandOptions(one: Program, platform: Platform, signal: AbortSignal | undefined): HostOptions {
  // The compiler collects less often: a tenth quicker for the memory that is asked for below.
  const environment = { GOGC: process.env["GOGC"] ?? "400", CGO_ENABLED: "0", GOOS: platform.system, GOARCH: platform.architecture, GOFLAGS: "-mod=readonly", GOWORK: "off" };
  return { environment, folder: moduleFolder(one), ...(signal === undefined ? {} : { signal }) };
}

/** @param total packages of the program */
async function compile(go: string, name: ProgramName, path: string, platform: Platform, total: number, onLine: (line: string) => void, signal: AbortSignal | undefined): Promise<string> {
  const recipe = program(name);
  const partial = `${path}.${String(process.pid)}.partial`;
  await mkdir(join(path, ".."), { recursive: true });
  let compiled = 0;
  const built = await hostCommand(go, ["build", "-v", ...flags(recipe, true), "-o", partial, recipe.package], {
    ...commandOptions(recipe, platform, signal),
    onErrorLine: (line) => {
      // Go names the packages that it compiles; those that it has from before it leaves out.
      compiled += 1;
      if (compiled % 20 === 0) onLine(`${String(compiled)} packages compiled, of at most ${String(total)}: ${line}`);
    },
  });
  if (built.exitCode !== 0) {
    await rm(partial, { force: true });
    throw failed(name, built.stderr);
  }
  await chmod(partial, 0o755);
  await rename(partial, path);
  return path;
}

/** Folder of a Go module that the module of a program pins, fetched where it is not there yet. Throws `machine.program-build-failed`. */
export async function pinnedModule(cache: string, name: ProgramName, path: string, onLine: (line: string) => void, signal?: AbortSignal): Promise<string> {
  const go = await goToolchain(cache, onLine, signal);
  const result = await hostCommand(go, ["mod", "download", "-json", path], { folder: moduleFolder(program(name)), environment: { GOFLAGS: "-mod=mod", GOWORK: "off" }, ...(signal === undefined ? {} : { signal }) });
  const answer: unknown = result.exitCode === 0 ? JSON.parse(result.stdout) : undefined;
  if (typeof answer !== "object" || answer === null || !("Dir" in answer) || typeof answer.Dir !== "string") throw failed(path, result.stderr + result.stdout);
  return answer.Dir;
}

/** What a debugger reads is stripped by the linker in any case: not made at all, it spares an eighth of the time and a fifth of Go's cache. */
const withoutDebugging = "-gcflags=all=-dwarf=false";

/** Flags of `go build`; without those of compiler and linker for `go list`, which has no use for them. */
function flags(one: Program, build: boolean): string[] {
  const variables = Object.entries(one.variables ?? {}).map(([variable, value]) => ` -X ${variable}=${value}`);
  return ["-trimpath", "-buildvcs=false", ...(one.tags === undefined ? [] : ["-tags", one.tags]), ...(build ? [withoutDebugging, "-ldflags", `-s -w${variables.join("")}`] : [])];
}

function failed(name: string, output: string): RempartError {
  return new RempartError("machine.program-build-failed", `Compiling ${name} failed:\n${output.trim().split("\n").slice(-8).join("\n")}`, {
    kind: "machine",
    kept: "what was compiled so far",
    next: "Check that the machine reaches its Go module proxy and has 12 GB of free disk and 4 GB of free memory, then run `rempart images build cluster` again.",
  });
}
