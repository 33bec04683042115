import { existsSync, readFileSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { createRequire } from "node:module";
import { homedir, networkInterfaces, totalmem } from "node:os";
import { hostCommand, type HostResult } from "../engine/hostCommand.ts";
import { findProgram, privateDaemonPaths } from "../engine/localDaemon.ts";

/** The user's own machine, as far as diagnostics look at it; tests give one of their own. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly nodeVersion: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly isRoot: boolean;
  readonly memoryBytes: number;
  /** Socket of the private daemon. */
  readonly privateSocket: string;
  exists(path: string): boolean;
  /** Text of a file, or undefined. */
  read(path: string): string | undefined;
  program(name: string): string | undefined;
  command(program: string, args: readonly string[], options?: { onLine?: (line: string) => void; signal?: AbortSignal; environment?: Readonly<Record<string, string>> }): Promise<HostResult>;
  /** Bytes that this user may still write in the folder's file system. */
  freeBytes(path: string): Promise<number | undefined>;
  /** IPv4 networks of the machine's own interfaces, as CIDR, with the interface's name. */
  networks(): readonly { readonly interface: string; readonly cidr: string }[];
  /** Whether an installed package can be loaded. */
  loads(packageName: string): boolean;
  /** Path of a file of an installed package, or undefined when the package is not there. */
  resolve(request: string): string | undefined;
}

/** The machine that this runs on. */
export function realMachine(): Machine {
  const require = createRequire(import.meta.url);
  return {
    platform: process.platform,
    nodeVersion: process.versions.node,
    environment: process.env,
    home: homedir(),
    isRoot: process.getuid?.() === 0,
    memoryBytes: totalmem(),
    privateSocket: privateDaemonPaths().socket,
    exists: existsSync,
    read: (path) => {
      try {
        return readFileSync(path, "utf8");
      } catch {
        return undefined;
      }
    },
    program: (name) => findProgram(name),
    command: hostCommand,
    freeBytes: async (path) => {
      try {
        const { bavail, bsize } = await statfs(path);
        return bavail * bsize;
      } catch {
        return undefined;
      }
    },
    networks: () =>
      Object.entries(networkInterfaces()).flatMap(([name, addresses]) =>
        (addresses ?? []).flatMap((address) => (address.family === "IPv4" && !address.internal && address.cidr !== null ? [{ interface: name, cidr: address.cidr }] : [])),
      ),
    loads: (packageName) => {
      try {
        require(packageName);
        return true;
      } catch {
        return false;
      }
    },
    resolve: (request) => {
      try {
        return require.resolve(request);
      } catch {
        return undefined;
      }
    },
  };
}
