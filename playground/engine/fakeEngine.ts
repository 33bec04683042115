import { PassThrough } from "node:stream";
import { RempartError } from "../model/errors.ts";
import type {
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
  NetworkSpec,
  NetworkSummary,
  TerminalSize,
} from "./containerEngine.ts";
import { FakeImages } from "./fakeImages.ts";

/** Answers a command in a container of the fake engine: the whole result, or only its standard output. */
export type FakeCommand = (container: ContainerSummary, command: readonly string[], stdin: string) => ExecResult | string;

interface FakeContainer {
  readonly spec: ContainerSpec;
  readonly id: string;
  state: ContainerSummary["state"];
  pid: number;
  startedAt: string;
}

/**
 * An engine in memory, for unit and window tests: containers with states, labels, process ids and events; images by name;
 * commands answered by a function. Terminals and streams echo what is written to them, and end when told "exit".
 */
export class FakeEngine extends FakeImages implements ContainerEngine {
  /** Every command that was run, as "NAME: COMMAND", oldest first. */
  readonly commands: string[] = [];
  readonly networks = new Map<string, NetworkSummary>();
  readonly #containers = new Map<string, FakeContainer>();
  readonly #listeners = new Set<(event: ContainerEvent) => void>();
  readonly #answer: FakeCommand;
  #next = 1;

  constructor(images: readonly string[] = [], answer: FakeCommand = () => "") {
    super(images);
    this.#answer = answer;
  }

  async info(): Promise<EngineInfo> {
    this.reach();
    return { version: "28.0.0", operatingSystem: "Fake", architecture: "x86_64", endpoint: "fake:", source: "default", isDesktop: false, cgroupVersion: "2", securityOptions: [], memoryBytes: 8e9, cpus: 2 };
  }

  async listContainers(labels: Readonly<Record<string, string>>): Promise<ContainerSummary[]> {
    this.reach();
    return [...this.#containers.values()].filter((container) => carries(container.spec.labels, labels)).map(summaryOf);
  }

  async createContainer(spec: ContainerSpec): Promise<string> {
    this.reach();
    if (!this.images.has(spec.image)) throw new RempartError("machine.image-missing", `no such image: ${spec.image}`, { kind: "machine" });
    if ([...this.#containers.values()].some((container) => container.spec.name === spec.name)) throw new RempartError("engine.name-taken", `name taken: ${spec.name}`);
    const id = `fake${String(this.#next).padStart(8, "0")}`;
    this.#next += 1;
    const container: FakeContainer = { spec, id, state: "created", pid: 0, startedAt: "" };
    this.#containers.set(id, container);
    this.#tell(container, "create");
    return id;
  }

  async startContainer(id: string): Promise<void> {
    const container = this.#get(id);
    if (container.state === "running") return;
    container.state = "running";
    container.pid = 1000 + this.#next;
    this.#next += 1;
    container.startedAt = new Date().toISOString();
    this.#tell(container, "start");
  }

  async inspectContainer(id: string): Promise<ContainerState | undefined> {
    this.reach();
    const container = this.#find(id);
    return container && { ...summaryOf(container), pid: container.pid, startedAt: container.startedAt, exitCode: container.state === "exited" ? 137 : 0, publishedPorts: { 6443: 40_000 } };
  }

  async removeContainer(id: string): Promise<void> {
    this.reach();
    const container = this.#find(id);
    if (container === undefined) return;
    if (container.state === "running") this.kill(id);
    this.#containers.delete(container.id);
    this.#tell(container, "destroy");
  }

  async restartContainer(id: string): Promise<void> {
    this.kill(id);
    await this.startContainer(id);
  }

  async stopContainer(id: string): Promise<void> {
    if (this.#find(id)?.state === "running") this.kill(id);
  }

  /** The container's first process dies, as when the machine's owner kills it. */
  kill(id: string): void {
    const container = this.#get(id);
    container.state = "exited";
    container.pid = 0;
    this.#tell(container, "die");
  }

  async exec(id: string, command: readonly string[], options: ExecOptions = {}): Promise<ExecResult> {
    const container = this.#running(id);
    this.commands.push(`${container.spec.name}: ${command.join(" ")}`);
    const result = this.#answer(summaryOf(container), command, options.stdin ?? "");
    return typeof result === "string" ? { exitCode: 0, stdout: result, stderr: "" } : result;
  }

  /** A command that goes on gets each line of its standard input answered as a command of its own. */
  async execStream(id: string, command: readonly string[], options: ExecOptions = {}): Promise<ExecStream> {
    const container = this.#running(id);
    this.commands.push(`${container.spec.name}: ${command.join(" ")}`);
    const stdout = new PassThrough();
    const stderr = new PassThrough();
    const end = (): void => {
      stdout.end();
      stderr.end();
    };
    const receive = (data: string): void => {
      const result = this.#answer(summaryOf(container), command, data);
      stdout.write(typeof result === "string" ? result : result.stdout);
      if (typeof result !== "string") stderr.write(result.stderr);
    };
    if (options.stdin !== undefined) receive(options.stdin);
    const ended = new Promise<number>((resolve) => stdout.once("finish", () => resolve(0)));
    return { stdin: { write: (data) => receive(typeof data === "string" ? data : Buffer.from(data).toString()), end }, stdout, stderr, ended, close: end };
  }

  async execTerminal(id: string, command: readonly string[], options: ExecOptions & TerminalSize): Promise<ExecTerminal> {
    const container = this.#running(id);
    this.commands.push(`${container.spec.name}: ${command.join(" ")} (${String(options.columns)}x${String(options.rows)})`);
    const stream = new PassThrough();
    stream.on("data", (data: Buffer) => {
      if (data.toString().includes("exit")) stream.end();
    });
    const ended = new Promise<number>((resolve) => stream.once("close", () => resolve(0)));
    return { stream, resize: async () => undefined, ended, close: () => void stream.destroy() };
  }

  async logs(id: string): Promise<string> {
    return `boot of ${this.#get(id).spec.hostname ?? id}\n`;
  }

  async events(labels: Readonly<Record<string, string>>, onEvent: (event: ContainerEvent) => void, signal: AbortSignal): Promise<void> {
    this.reach();
    if (signal.aborted) return;
    const listener = (event: ContainerEvent): void => {
      if (carries(event.labels, labels)) onEvent(event);
    };
    this.#listeners.add(listener);
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
    this.#listeners.delete(listener);
  }

  async memory(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return new Map(ids.filter((id) => this.#find(id)?.state === "running").map((id) => [id, 2_000_000]));
  }

  async createNetwork({ name, labels }: NetworkSpec): Promise<void> {
    this.reach();
    if (this.networks.has(name)) throw new RempartError("engine.name-taken", `name taken: ${name}`);
    this.networks.set(name, { name, labels });
  }

  async listNetworks(labels: Readonly<Record<string, string>>): Promise<NetworkSummary[]> {
    this.reach();
    return [...this.networks.values()].filter((network) => carries(network.labels, labels));
  }

  async removeNetwork(name: string): Promise<void> {
    this.reach();
    this.networks.delete(name);
  }

  #find(id: string): FakeContainer | undefined {
    return this.#containers.get(id) ?? [...this.#containers.values()].find((container) => container.spec.name === id);
  }

  #get(id: string): FakeContainer {
    this.reach();
    const container = this.#find(id);
    if (container === undefined) throw new RempartError("engine.not-found", `no such container: ${id}`);
    return container;
  }

  #running(id: string): FakeContainer {
    const container = this.#get(id);
    if (container.state !== "running") throw new RempartError("engine.conflict", `container ${id} is not running`);
    return container;
  }

  #tell(container: FakeContainer, action: ContainerEvent["action"]): void {
    for (const listener of this.#listeners) listener({ action, id: container.id, labels: container.spec.labels, timeMilliseconds: Date.now() });
  }
}

function carries(labels: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([name, value]) => labels[name] === value);
}

function summaryOf(container: FakeContainer): ContainerSummary {
  return { id: container.id, name: container.spec.name, image: container.spec.image, labels: container.spec.labels, state: container.state };
}
