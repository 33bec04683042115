import { Readable } from "node:stream";
import Docker from "dockerode";
import type {
  BuildOptions,
  ContainerEngine,
  ContainerEvent,
  ContainerSpec,
  ContainerState,
  ContainerSummary,
  EngineInfo,
  ExecOptions,
  ExecResult,
  ExecStream,
  ExecTerminal,
  ImageSummary,
  NetworkSpec,
  NetworkSummary,
  TerminalSize,
} from "./containerEngine.ts";
import { toCreateOptions } from "./dockerContainerSpec.ts";
import { guarded, isMissing, statusOf } from "./dockerErrors.ts";
import { followEvents } from "./dockerEvents.ts";
import { DockerExec } from "./dockerExec.ts";
import { DockerImages } from "./dockerImages.ts";
import { createNetwork, listNetworks, removeNetwork } from "./dockerNetworks.ts";
import { residentBytes } from "./dockerMemory.ts";
import { type Endpoint, toDockerOptions } from "./endpoint.ts";
import { demultiplex, readText } from "./streams.ts";

const states: readonly ContainerSummary["state"][] = ["created", "running", "exited", "dead", "paused", "restarting", "removing"];

/** The container engine over the Docker API. Every error is a RempartError. */
export class DockerEngine implements ContainerEngine {
  readonly #docker: Docker;
  readonly #endpoint: Endpoint;
  readonly #exec: DockerExec;
  readonly #images: DockerImages;
  #info: Promise<EngineInfo> | undefined;

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint;
    this.#docker = new Docker(toDockerOptions(endpoint));
    this.#exec = new DockerExec(this.#docker);
    this.#images = new DockerImages(this.#docker);
  }

  /** Throws `machine.engine-unreachable` or `machine.engine-permission`; cheaper than {@link info}. */
  async ping(): Promise<void> {
    await guarded("answer", () => this.#docker.ping());
  }

  async info(): Promise<EngineInfo> {
    return guarded("answer", async () => {
      const info = (await this.#docker.info()) as DockerInfo;
      return {
        version: info.ServerVersion,
        operatingSystem: info.OperatingSystem,
        architecture: info.Architecture,
        endpoint: this.#endpoint.address,
        source: this.#endpoint.source,
        ...(this.#endpoint.certificates === undefined ? {} : { certificates: this.#endpoint.certificates }),
        isDesktop: /docker desktop/i.test(info.OperatingSystem),
        cgroupVersion: info.CgroupVersion ?? "1",
        securityOptions: info.SecurityOptions ?? [],
        memoryBytes: info.MemTotal,
        cpus: info.NCPU,
      };
    });
  }

  async listContainers(labels: Readonly<Record<string, string>>): Promise<ContainerSummary[]> {
    return guarded("list containers", async () => {
      const label = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
      const containers = await this.#docker.listContainers({ all: true, filters: { label } });
      return containers.map((container) => ({
        id: container.Id,
        name: (container.Names[0] ?? "").replace(/^\//, ""),
        image: container.Image,
        labels: container.Labels,
        state: toState(container.State),
      }));
    });
  }

  async createContainer(spec: ContainerSpec): Promise<string> {
    // The same as long as this engine runs; who could not be asked is asked again.
    this.#info ??= this.info();
    const engine = await this.#info.catch((error: unknown) => {
      this.#info = undefined;
      throw error;
    });
    return guarded("create a container", async () => (await this.#docker.createContainer(toCreateOptions(spec, engine))).id);
  }

  async startContainer(id: string): Promise<void> {
    await guarded("start a container", () => ignoring([304], () => this.#docker.getContainer(id).start()));
  }

  async inspectContainer(id: string): Promise<ContainerState | undefined> {
    return guarded("inspect a container", async () => {
      try {
        const container = await this.#docker.getContainer(id).inspect();
        return {
          id: container.Id,
          name: container.Name.replace(/^\//, ""),
          image: container.Config.Image,
          labels: container.Config.Labels ?? {},
          state: toState(container.State.Status),
          pid: container.State.Pid,
          startedAt: container.State.StartedAt,
          exitCode: container.State.ExitCode,
          publishedPorts: publishedPorts(container.NetworkSettings.Ports),
        };
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    });
  }

  /** A removal already under way counts as done once the container is gone. */
  async removeContainer(id: string): Promise<void> {
    await guarded("remove a container", async () => {
      for (let attempt = 0; ; attempt += 1) {
        try {
          await this.#docker.getContainer(id).remove({ force: true, v: true });
          return;
        } catch (error) {
          if (isMissing(error)) return;
          if (statusOf(error) !== 409 || attempt >= 50) throw error;
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      }
    });
  }

  async restartContainer(id: string): Promise<void> {
    await guarded("restart a container", () => this.#docker.getContainer(id).restart({ t: 2 }));
  }

  async stopContainer(id: string): Promise<void> {
    await guarded("stop a container", () => ignoring([304, 404], () => this.#docker.getContainer(id).stop({ t: 0 })));
  }

  exec(id: string, command: readonly string[], options: ExecOptions = {}): Promise<ExecResult> {
    return this.#exec.run(id, command, options);
  }

  execStream(id: string, command: readonly string[], options: ExecOptions = {}): Promise<ExecStream> {
    return this.#exec.stream(id, command, options);
  }

  execTerminal(id: string, command: readonly string[], options: ExecOptions & TerminalSize): Promise<ExecTerminal> {
    return this.#exec.terminal(id, command, options);
  }

  async logs(id: string): Promise<string> {
    return guarded("read a log", async () => {
      const log = await this.#docker.getContainer(id).logs({ stdout: true, stderr: true, follow: false });
      const { stdout, stderr } = demultiplex(Readable.from([log]));
      // Both are read at once, or a full one would hold the other back.
      const [output, errors] = await Promise.all([readText(stdout), readText(stderr)]);
      return output + errors;
    });
  }

  events(labels: Readonly<Record<string, string>>, onEvent: (event: ContainerEvent) => void, signal: AbortSignal): Promise<void> {
    return followEvents(this.#docker, labels, onEvent, signal);
  }

  async memory(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return guarded("read memory", () => residentBytes(this.#docker, ids));
  }

  createNetwork(spec: NetworkSpec): Promise<void> {
    return createNetwork(this.#docker, spec);
  }

  listNetworks(labels: Readonly<Record<string, string>>): Promise<NetworkSummary[]> {
    return listNetworks(this.#docker, labels);
  }

  removeNetwork(name: string): Promise<void> {
    return removeNetwork(this.#docker, name);
  }

  async imageExists(reference: string): Promise<boolean> {
    return (await this.#images.size(reference)) !== undefined;
  }

  imageSize(reference: string): Promise<number | undefined> {
    return this.#images.size(reference);
  }

  listImages(label: string): Promise<ImageSummary[]> {
    return this.#images.list(label);
  }

  pullImage(reference: string, onProgress: (line: string) => void, signal?: AbortSignal): Promise<void> {
    return this.#images.pull(reference, onProgress, signal);
  }

  buildImage(context: Readable, options: BuildOptions, onProgress: (line: string) => void, signal?: AbortSignal): Promise<void> {
    return this.#images.build(context, options, onProgress, signal);
  }

  importImage(rootfs: Readable, reference: string): Promise<void> {
    return this.#images.import(rootfs, reference);
  }

  loadImages(archive: Readable, onProgress: (line: string) => void): Promise<void> {
    return this.#images.load(archive, onProgress);
  }

  saveImages(references: readonly string[]): Promise<Readable> {
    return this.#images.save(references);
  }

  tagImage(reference: string, name: string): Promise<void> {
    return this.#images.tag(reference, name);
  }

  removeImage(reference: string): Promise<void> {
    return this.#images.remove(reference);
  }

  removeUnnamedImages(label: string): Promise<void> {
    return this.#images.removeUnnamed(label);
  }
}

interface DockerInfo {
  readonly ServerVersion: string;
  readonly OperatingSystem: string;
  readonly Architecture: string;
  readonly CgroupVersion?: string;
  readonly SecurityOptions: string[] | null;
  readonly MemTotal: number;
  readonly NCPU: number;
}

function publishedPorts(ports: Readonly<Record<string, readonly { readonly HostPort: string }[] | null>> | null | undefined): Record<number, number> {
  return Object.fromEntries(Object.entries(ports ?? {}).flatMap(([port, bindings]) => (port.endsWith("/tcp") && bindings?.[0] ? [[Number(port.slice(0, -4)), Number(bindings[0].HostPort)]] : [])));
}

function toState(state: string): ContainerSummary["state"] {
  return states.find((known) => known === state) ?? "dead";
}

async function ignoring(statuses: readonly number[], work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const status = statusOf(error);
    if (status === undefined || !statuses.includes(status)) throw error;
  }
}
