import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { ContainerEngine } from "../engine/containerEngine.ts";
import { hostCommand } from "../engine/hostCommand.ts";
import { findProgram } from "../engine/localDaemon.ts";
import { RempartError } from "../model/errors.ts";
import { builtBase } from "./catalogue.ts";
import { hostMirror } from "./hostAptSources.ts";

const suite = "bookworm";
/** What nobody reads in a lab: a third of the base. */
const trimmed = ["./usr/share/doc/*", "./usr/share/man/*", "./usr/share/locale/*", "./usr/share/info/*", "./var/cache/apt/*.bin", "./var/cache/apt/archives/*.deb", "./var/lib/apt/lists/*_*", "./var/log/*.log"];

/**
 * Makes the base from Debian's packages with debootstrap, without any registry. Throws `machine.debootstrap-absent`,
 * `machine.not-root` or `machine.base-build-failed`.
 */
export async function buildBase(engine: ContainerEngine, onProgress: (line: string) => void, signal?: AbortSignal): Promise<string> {
  const debootstrap = findProgram("debootstrap");
  if (debootstrap === undefined) {
    throw new RempartError("machine.debootstrap-absent", "No registry answers, and debootstrap, which could make the base image, is not installed.", {
      kind: "machine",
      next: "Install it (sudo apt-get install debootstrap), connect to the Internet, or load an archive with `rempart images --load FILE`.",
    });
  }
  if (process.getuid?.() !== 0) {
    throw new RempartError("machine.not-root", "No registry answers, and only root can make the base image from packages.", {
      kind: "machine",
      next: "Run `sudo rempart doctor --fix` once, connect to the Internet, or load an archive with `rempart images --load FILE`.",
    });
  }
  // Not the temporary folder: it may be mounted so that no program or device may be in it.
  const folder = mkdtempSync("/var/tmp/rempart-base-");
  try {
    const mirror = await hostMirror(suite);
    const root = join(folder, "root");
    const result = await hostCommand(debootstrap, ["--variant=minbase", suite, root, ...(mirror === undefined ? [] : [mirror])], {
      onLine: (line) => onProgress(line.replace(/^[IW]: /, "")),
      ...(signal === undefined ? {} : { signal }),
    });
    if (result.exitCode !== 0) {
      throw new RempartError("machine.base-build-failed", `debootstrap failed:\n${(result.stderr + result.stdout).trim().split("\n").slice(-5).join("\n")}`, {
        kind: "machine",
        next: "Check that the machine reaches its Debian mirror, then run `rempart doctor --fix` again.",
      });
    }
    onProgress("importing the base image");
    const tar = spawn("tar", ["-C", root, ...trimmed.map((pattern) => `--exclude=${pattern}`), "-c", "."], { stdio: ["ignore", "pipe", "ignore"] });
    await engine.importImage(tar.stdout, builtBase);
    return builtBase;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
