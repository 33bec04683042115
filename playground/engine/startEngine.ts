import { RempartError } from "../model/errors.ts";
import { connectEngine, type ConnectOptions } from "./connectEngine.ts";
import type { DockerEngine } from "./dockerEngine.ts";
import { hostCommand } from "./hostCommand.ts";
import { findProgram, privateDaemonPaths, startPrivateDaemon } from "./localDaemon.ts";

/**
 * Connects to the machine's engine and starts one where none runs: the system's own where systemd manages it, else
 * Rempart's. Throws what {@link connectEngine} and {@link startPrivateDaemon} throw.
 */
export async function startEngine(onProgress: (line: string) => void, options: ConnectOptions = {}): Promise<DockerEngine> {
  const found = await connectEngine(options).catch((error: unknown) => {
    if (error instanceof RempartError && error.code !== "machine.engine-unreachable") throw error;
    return undefined;
  });
  if (found !== undefined) return found;
  const systemctl = findProgram("systemctl");
  if (systemctl !== undefined && (await hostCommand(systemctl, ["is-enabled", "docker"])).exitCode === 0) {
    onProgress("starting the system's Docker");
    await hostCommand(systemctl, ["start", "docker"]);
    const started = await connectEngine(options).catch(() => undefined);
    if (started !== undefined) return started;
  }
  await startPrivateDaemon(privateDaemonPaths(), onProgress);
  return connectEngine(options);
}
