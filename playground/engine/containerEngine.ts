import type { Readable, Duplex } from "node:stream";

/**
 * What Rempart wants of a container engine. The engine may be on another machine: nothing here assumes a shared file
 * system, and everything that must survive is in labels. Implemented by `dockerEngine.ts` and, for tests, `fakeEngine.ts`.
 */
export interface ContainerEngine {
  /** Asks the engine who it is; throws RempartError `machine.engine-unreachable`. */
  info(): Promise<EngineInfo>;
  /** Containers that carry all the labels, running or not. */
  listContainers(labels: Readonly<Record<string, string>>): Promise<ContainerSummary[]>;
  /** Throws `machine.image-missing` when the image is not there, `engine.name-taken` when the name is. */
  createContainer(spec: ContainerSpec): Promise<string>;
  startContainer(id: string): Promise<void>;
  /** Undefined when there is no such container. */
  inspectContainer(id: string): Promise<ContainerState | undefined>;
  /** Removes the container with its anonymous volumes, running or not; a container already gone is no error. */
  removeContainer(id: string): Promise<void>;
  restartContainer(id: string): Promise<void>;
  /** Ends a container at once, as a power cut does; one that does not run is left as it is. */
  stopContainer(id: string): Promise<void>;
  /** Runs a command to its end. `stdin` is written and closed. Throws `engine.exec-timeout` after `timeoutMilliseconds`. */
  exec(id: string, command: readonly string[], options?: ExecOptions): Promise<ExecResult>;
  /** A command that goes on: stdin, stdout and stderr as streams. */
  execStream(id: string, command: readonly string[], options?: ExecOptions): Promise<ExecStream>;
  /** A command on a pseudo-terminal. */
  execTerminal(id: string, command: readonly string[], options: ExecOptions & TerminalSize): Promise<ExecTerminal>;
  /** What the container's first process printed. */
  logs(id: string): Promise<string>;
  /** Events of containers with all the labels, until the signal aborts. */
  events(labels: Readonly<Record<string, string>>, onEvent: (event: ContainerEvent) => void, signal: AbortSignal): Promise<void>;
  /** Resident memory in bytes of each running container that carries the labels. */
  memory(ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Makes a bridge of its own for a cluster's nodes: nothing of it is translated on its way out, and ports that they publish are this computer's alone. Throws `engine.name-taken`. */
  createNetwork(spec: NetworkSpec): Promise<void>;
  listNetworks(labels: Readonly<Record<string, string>>): Promise<NetworkSummary[]>;
  /** A network already gone is no error. */
  removeNetwork(name: string): Promise<void>;
  imageExists(reference: string): Promise<boolean>;
  /** Bytes of an image with all its layers; undefined when it is not there. */
  imageSize(reference: string): Promise<number | undefined>;
  listImages(label: string): Promise<ImageSummary[]>;
  /** Throws `machine.registry-unreachable` when no registry answers. */
  pullImage(reference: string, onProgress: (line: string) => void, signal?: AbortSignal): Promise<void>;
  /** Builds from a tar stream of the context. */
  buildImage(context: Readable, options: BuildOptions, onProgress: (line: string) => void, signal?: AbortSignal): Promise<void>;
  /** Makes an image from the tar of a root file system. */
  importImage(rootfs: Readable, reference: string): Promise<void>;
  loadImages(archive: Readable, onProgress: (line: string) => void): Promise<void>;
  saveImages(references: readonly string[]): Promise<Readable>;
  /** Gives an image a second name. */
  tagImage(reference: string, name: string): Promise<void>;
  removeImage(reference: string): Promise<void>;
  /** Removes images with the label that have no name and that nothing uses: what is left of a build in stages. */
  removeUnnamedImages(label: string): Promise<void>;
}

export interface EngineInfo {
  readonly version: string;
  readonly operatingSystem: string;
  readonly architecture: string;
  /** "unix:///var/run/docker.sock", "tcp://…": where it was found, and how (`DOCKER_HOST`, a context's name, or "default"). */
  readonly endpoint: string;
  readonly source: string;
  /** Folder with the certificates that its endpoint is spoken to with. */
  readonly certificates?: string;
  readonly isDesktop: boolean;
  /** "1" or "2". */
  readonly cgroupVersion: string;
  readonly securityOptions: readonly string[];
  readonly memoryBytes: number;
  readonly cpus: number;
}
export interface ContainerSummary {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly state: "created" | "running" | "exited" | "dead" | "paused" | "restarting" | "removing";
}
export interface ContainerState extends ContainerSummary {
  /** Process id in the engine's own process namespace; 0 when not running. */
  readonly pid: number;
  readonly startedAt: string;
  readonly exitCode: number;
  /** Ports of this computer by the container's own TCP port, of those that it publishes. */
  readonly publishedPorts?: Readonly<Record<number, number>>;
}
export interface ContainerSpec {
  readonly name: string;
  readonly image: string;
  readonly hostname?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  /** Docker network; Rempart only ever uses "none". */
  readonly network: "none";
  readonly dropCapabilities?: readonly string[];
  readonly addCapabilities?: readonly string[];
  readonly securityOptions?: readonly string[];
  readonly hostPidNamespace?: boolean;
  readonly memoryBytes?: number;
  readonly pidsLimit?: number;
  readonly sysctls?: Readonly<Record<string, string>>;
  readonly devices?: readonly string[];
  /** With `no`, nothing restarts by itself: Rempart's host repairs. */
  readonly restart?: "no" | "always";
}
export interface NetworkSpec {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** CIDR blocks to try, first to last: those that overlap another network of the engine are passed over. */
  readonly subnets: readonly string[];
}
export interface NetworkSummary {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}
export interface ExecOptions {
  readonly user?: string;
  readonly stdin?: string;
  /** In place of `stdin`, for what is too large to hold: read to its end, no faster than the command takes it. Of {@link ContainerEngine.exec} alone. */
  readonly input?: Readable;
  readonly environment?: Readonly<Record<string, string>>;
  readonly workingDirectory?: string;
  readonly timeoutMilliseconds?: number;
}
export interface ExecResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}
export interface ExecStream {
  readonly stdin: { write(data: string | Uint8Array): void; end(): void };
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Resolves with the exit code when the command ends. */
  readonly ended: Promise<number>;
  close(): void;
}
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}
export interface ExecTerminal {
  readonly stream: Duplex;
  resize(size: TerminalSize): Promise<void>;
  readonly ended: Promise<number>;
  close(): void;
}
export interface ContainerEvent {
  readonly action: "create" | "start" | "die" | "destroy" | "oom" | "other";
  readonly id: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly timeMilliseconds: number;
}
export interface ImageSummary {
  readonly reference: string;
  readonly bytes: number;
  readonly labels: Readonly<Record<string, string>>;
}
export interface BuildOptions {
  readonly reference: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly buildArguments?: Readonly<Record<string, string>>;
  readonly network?: "host" | "default";
}
