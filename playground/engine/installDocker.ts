import { existsSync } from "node:fs";
import { RempartError } from "../model/errors.ts";
import { hostCommand } from "./hostCommand.ts";

const packages = ["docker.io", "iptables", "nftables", "iproute2", "debootstrap", "ca-certificates"];

/** What decides whether Rempart can install Docker by itself. */
interface Installable {
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
  program(name: string): string | undefined;
}

/** True for root on a system with apt. */
export function canInstallDocker(machine: Installable): boolean {
  return machine.platform === "linux" && machine.isRoot && machine.program("apt-get") !== undefined;
}

/**
 * Installs Docker Engine, and what the base image is made with, from the system's packages. Throws `machine.install-failed`
 * with apt's last lines, `input.cancelled` when the signal aborts.
 */
export async function installDocker(onProgress: (line: string) => void, signal?: AbortSignal): Promise<void> {
  // Without systemd, the package's script would start a daemon that changes the host's network; ours does not.
  const quiet: Readonly<Record<string, string>> = existsSync("/run/systemd/system") ? {} : { RUNLEVEL: "1" };
  const environment = { DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C.UTF-8", ...quiet };
  const options = { onLine: onProgress, environment, ...(signal === undefined ? {} : { signal }) };
  const wait = ["-o", "DPkg::Lock::Timeout=120"];
  // A repository of the user's that does not answer makes update fail, and the install may still work: it decides.
  await hostCommand("apt-get", [...wait, "update", "-q"], options);
  const result = await hostCommand("apt-get", [...wait, "install", "-q", "-y", "--no-install-recommends", ...packages], options);
  if (result.exitCode !== 0) {
    throw new RempartError("machine.install-failed", `apt-get could not install Docker:\n${(result.stdout + result.stderr).trim().split("\n").slice(-6).join("\n")}`, {
      kind: "machine",
      next: `Run: apt-get install ${packages.join(" ")}`,
    });
  }
}
