import type { ContainerEngine, ExecOptions, ExecStream, ExecTerminal, TerminalSize } from "../engine/containerEngine.ts";
import { captureStream } from "../fabric/capture.ts";
import { internetNamespace, natNamespace, vpcNamespace } from "../fabric/names.ts";
import { RempartError } from "../model/errors.ts";
import { fabricNode } from "./containerSpecs.ts";
import type { LabService } from "./labService.ts";
import type { RunningLab } from "./runningLab.ts";

/** Byte streams into a lab's machines, for the command line: commands, shells and captures. */
export class NodeStreams {
  readonly #labs: LabService;
  readonly #engine: () => Promise<ContainerEngine>;

  constructor(labs: LabService, engine: () => Promise<ContainerEngine>) {
    this.#labs = labs;
    this.#engine = engine;
  }

  /** A command with its three streams. Throws `lab.node-not-running`. */
  async exec(lab: string, node: string, command: readonly string[], options?: ExecOptions): Promise<ExecStream> {
    const running = await this.#labs.lab(lab);
    return (await this.#engine()).execStream(running.machines.containerOf(node), command, options && inNode(running, node, options));
  }

  /** A command on a pseudo-terminal. Throws `lab.node-not-running`. */
  async terminal(lab: string, node: string, command: readonly string[], options: ExecOptions & TerminalSize): Promise<ExecTerminal> {
    const running = await this.#labs.lab(lab);
    return (await this.#engine()).execTerminal(running.machines.containerOf(node), command, inNode(running, node, options));
  }

  /** A capture as pcap; see {@link capture}. */
  async capture(lab: string, name: string, interfaceName: string | undefined): Promise<ExecStream> {
    return capture(await this.#engine(), await this.#labs.lab(lab), name, interfaceName);
  }
}

/** In a node of a cluster there is nobody but the administrator. */
function inNode<Options extends ExecOptions>(lab: RunningLab, node: string, options: Options): Options {
  return lab.machines.get(node)?.isGuest === true && options.user === "ops" ? { ...options, user: "root", workingDirectory: "/root", environment: { ...options.environment, HOME: "/root", USER: "root" } } : options;
}

/**
 * Captures at a machine, a VPC's router, a NAT gateway or the lab's Internet (`internet`), as a stream of pcap.
 * Throws `input.unknown-node` and `lab.node-not-running`.
 */
function capture(engine: ContainerEngine, lab: RunningLab, name: string, interfaceName: string | undefined): Promise<ExecStream> {
  const fabric = lab.machines.containerOf(fabricNode);
  const cloud = lab.cloud();
  const node = cloud.nodes.find((candidate) => candidate.name === name);
  if (node) {
    lab.machines.containerOf(name);
    // Of a cluster's node, what the lab sees of it.
    const first = node.kind === "cluster-node" ? node.interfaces[0]?.name : undefined;
    return captureStream(engine, fabric, { pid: lab.machines.pids.get(name) ?? 0 }, interfaceName ?? first ?? "eth0");
  }
  const namespace = name === "internet" ? internetNamespace : cloud.vpcs.some((vpc) => vpc.name === name) ? vpcNamespace(name) : cloud.natGateways.some((gateway) => gateway.name === name) ? natNamespace(name) : undefined;
  if (namespace === undefined) {
    throw new RempartError("input.unknown-node", `lab ${lab.id} has no machine, VPC or NAT gateway '${name}'`, { kind: "input", next: `there is: ${[...cloud.nodes, ...cloud.vpcs, ...cloud.natGateways].map((entry) => entry.name).join(", ")}, internet` });
  }
  return captureStream(engine, fabric, { namespace }, interfaceName ?? "any");
}
