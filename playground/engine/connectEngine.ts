import { RempartError } from "../model/errors.ts";
import type { DockerEngine } from "./dockerEngine.ts";
import { type Endpoint, findEndpoints, realSurroundings } from "./endpoint.ts";
import { hasPrivateDaemon, privateDaemonPaths, startPrivateDaemon } from "./localDaemon.ts";

export interface ConnectOptions {
  /** Name of the Docker context chosen in the settings. */
  readonly context?: string;
  /** With false, a private daemon that does not run is not started (default true). */
  readonly startDaemon?: boolean;
}

/**
 * The engine of this machine: DOCKER_HOST, the Docker context, the default socket, or Rempart's own daemon, which is
 * started again if it was set up before. Throws `machine.engine-unreachable`, `machine.engine-permission`,
 * `machine.chosen-engine-unreachable` (the one that the user named) or `input.no-such-context`.
 */
export async function connectEngine(options: ConnectOptions = {}): Promise<DockerEngine> {
  const paths = privateDaemonPaths();
  const endpoints = findEndpoints(realSurroundings(paths.socket), options.context);
  let denied: RempartError | undefined;
  for (const endpoint of endpoints) {
    try {
      return await open(endpoint);
    } catch (error) {
      if (endpoint.explicit) throw chosenEngineError(endpoint, error);
      if (error instanceof RempartError && error.code === "machine.engine-permission") denied = error;
    }
  }
  const own = endpoints.find((endpoint) => endpoint.source === "Rempart");
  if (own !== undefined && options.startDaemon !== false && hasPrivateDaemon(paths)) {
    await startPrivateDaemon(paths, () => undefined);
    return open(own);
  }
  if (denied !== undefined) throw denied;
  throw new RempartError("machine.engine-unreachable", "No container engine answers on this machine.", {
    kind: "machine",
    next: "Start Docker, or run `rempart doctor --fix`.",
  });
}

/** Nothing else is tried in the place of an engine that the user named, nor started: it would not be the one that is meant. */
function chosenEngineError(endpoint: Endpoint, error: unknown): unknown {
  if (!(error instanceof RempartError) || error.code !== "machine.engine-unreachable") return error;
  return new RempartError("machine.chosen-engine-unreachable", `The engine of ${endpoint.source} (${endpoint.address}) does not answer.`, {
    kind: "machine",
    next: endpoint.source === "DOCKER_HOST" ? "Start that engine, or unset DOCKER_HOST." : "Start that engine, or choose another one (docker context use default).",
    cause: error,
  });
}

async function open(endpoint: Endpoint): Promise<DockerEngine> {
  // Loaded when wanted: the client library takes longer to load than most commands take to run.
  const { DockerEngine } = await import("./dockerEngine.ts");
  const engine = new DockerEngine(endpoint);
  await engine.ping();
  return engine;
}
