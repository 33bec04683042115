import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { DockerOptions } from "dockerode";
import { RempartError } from "../model/errors.ts";

/** Where a container engine listens and how that was found. */
export interface Endpoint {
  /** "unix:///var/run/docker.sock", "npipe:////./pipe/docker_engine", "tcp://host:2376", "ssh://user@host". */
  readonly address: string;
  /** "DOCKER_HOST", "context NAME", "default", "Docker Desktop", "rootless" or "Rempart". */
  readonly source: string;
  /** The user asked for this one: nothing else is tried in its place. */
  readonly explicit: boolean;
  /** Folder with ca.pem, cert.pem and key.pem, for TLS. */
  readonly certificates?: string;
}

/** What finding an engine reads of the machine; tests give their own. */
export interface EndpointSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: NodeJS.Platform;
  readonly exists: (path: string) => boolean;
  /** Text of a file; throws when it is not there. */
  readonly read: (path: string) => string;
  /** Socket of Rempart's own daemon. */
  readonly privateSocket: string;
}

/** The real machine. */
export function realSurroundings(privateSocket: string): EndpointSurroundings {
  return { environment: process.env, home: homedir(), platform: process.platform, exists: existsSync, read: (path) => readFileSync(path, "utf8"), privateSocket };
}

/**
 * Endpoints to try, first to last, as the Docker command line orders them, then ours. Throws `input.no-such-context` when
 * the context that the user named does not exist.
 */
export function findEndpoints(surroundings: EndpointSurroundings, wantedContext?: string): Endpoint[] {
  const { environment, home, platform } = surroundings;
  const dockerFolder = environment["DOCKER_CONFIG"] ?? join(home, ".docker");
  const host = environment["DOCKER_HOST"];
  if (wantedContext !== undefined && wantedContext !== "default") return [contextEndpoint(surroundings, dockerFolder, wantedContext)];
  if (host !== undefined && host !== "") {
    const certificates = environment["DOCKER_TLS_VERIFY"] === undefined ? undefined : (environment["DOCKER_CERT_PATH"] ?? dockerFolder);
    return [{ address: host, source: "DOCKER_HOST", explicit: true, ...(certificates === undefined ? {} : { certificates }) }];
  }
  const named = wantedContext ?? environment["DOCKER_CONTEXT"] ?? currentContext(surroundings, dockerFolder);
  if (named !== undefined && named !== "" && named !== "default") return [contextEndpoint(surroundings, dockerFolder, named)];

  const found: Endpoint[] = [];
  const add = (address: string, source: string): void => {
    if (!found.some((endpoint) => endpoint.address === address)) found.push({ address, source, explicit: false });
  };
  if (platform === "win32") {
    add("npipe:////./pipe/docker_engine", "default");
    add("npipe:////./pipe/dockerDesktopLinuxEngine", "Docker Desktop");
    return found;
  }
  add("unix:///var/run/docker.sock", "default");
  for (const path of [join(home, ".docker", "run", "docker.sock"), join(home, ".docker", "desktop", "docker.sock")]) {
    if (surroundings.exists(path)) add(`unix://${path}`, "Docker Desktop");
  }
  const runtime = environment["XDG_RUNTIME_DIR"];
  if (runtime !== undefined && surroundings.exists(join(runtime, "docker.sock"))) add(`unix://${join(runtime, "docker.sock")}`, "rootless");
  add(`unix://${surroundings.privateSocket}`, "Rempart");
  return found;
}

function currentContext(surroundings: EndpointSurroundings, dockerFolder: string): string | undefined {
  try {
    const config: unknown = JSON.parse(surroundings.read(join(dockerFolder, "config.json")));
    const name = typeof config === "object" && config !== null && "currentContext" in config ? config.currentContext : undefined;
    return typeof name === "string" ? name : undefined;
  } catch {
    return undefined;
  }
}

/** Docker keeps each context in a folder named by the digest of its name. */
function contextEndpoint(surroundings: EndpointSurroundings, dockerFolder: string, name: string): Endpoint {
  const digest = createHash("sha256").update(name).digest("hex");
  try {
    const meta: unknown = JSON.parse(surroundings.read(join(dockerFolder, "contexts", "meta", digest, "meta.json")));
    const host = hostOf(meta);
    if (host === undefined) throw new Error("the context names no Docker host");
    const certificates = join(dockerFolder, "contexts", "tls", digest, "docker");
    return { address: host, source: `context ${name}`, explicit: true, ...(surroundings.exists(certificates) ? { certificates } : {}) };
  } catch (error) {
    throw new RempartError("input.no-such-context", `There is no usable Docker context named ${name}.`, {
      kind: "input",
      next: "See `docker context ls`, or choose another one in the settings.",
      cause: error,
    });
  }
}

function hostOf(meta: unknown): string | undefined {
  if (typeof meta !== "object" || meta === null || !("Endpoints" in meta)) return undefined;
  const endpoints = meta.Endpoints;
  if (typeof endpoints !== "object" || endpoints === null || !("docker" in endpoints)) return undefined;
  const docker = endpoints.docker;
  return typeof docker === "object" && docker !== null && "Host" in docker && typeof docker.Host === "string" && docker.Host !== "" ? docker.Host : undefined;
}

/** Options of the Docker client for an endpoint. Throws `input.docker-host` for an address of an unknown form. */
export function toDockerOptions(endpoint: Endpoint): DockerOptions {
  const { address } = endpoint;
  if (address.startsWith("unix://")) return { socketPath: address.slice("unix://".length) };
  if (address.startsWith("npipe://")) return { socketPath: address.slice("npipe://".length).replaceAll("/", "\\") };
  const match = /^(tcp|https?|ssh):\/\/(?:([^@/]+)@)?([^:/]+|\[[^\]]+\])(?::(\d+))?\/?$/.exec(address);
  if (match === null) {
    throw new RempartError("input.docker-host", `DOCKER_HOST is of an unknown form: ${address}`, { kind: "input", next: "Use unix:///path, tcp://host:port or ssh://user@host." });
  }
  const [, scheme, user, host, port] = match;
  if (host === undefined) throw new RempartError("input.docker-host", `DOCKER_HOST names no host: ${address}`, { kind: "input" });
  if (scheme === "ssh") return { protocol: "ssh", host, port: port ?? 22, ...(user === undefined ? {} : { username: user }) };
  const secure = endpoint.certificates !== undefined || scheme === "https";
  const pem = (name: string): string => readFileSync(join(endpoint.certificates ?? "", name), "utf8");
  return {
    protocol: secure ? "https" : "http",
    host,
    port: port ?? (secure ? 2376 : 2375),
    ...(endpoint.certificates === undefined ? {} : { ca: pem("ca.pem"), cert: pem("cert.pem"), key: pem("key.pem") }),
  };
}
