import { type Cloud, type CloudNode, configuredPorts, servicePorts } from "./cloud.ts";
import { RempartError } from "./errors.ts";
import { formatAddress, type IpAddress, prefixContains } from "./ip.ts";
import { addressSeenFrom } from "./namesSeenFrom.ts";
import { nearestName } from "./nearest.ts";
import type { PathHop, PathPrediction, PathQuestion, PathVerdict } from "./path.ts";
import { PathHops } from "./pathHops.ts";
import { type NatState, PathWalk } from "./pathWalk.ts";
import { ephemeralPorts, type Packet, PathWorld, sameAddress, type VpcPort } from "./pathWorld.ts";
import { directNeighbour } from "./physicalPath.ts";
import { nodeId, switchId } from "./topologyIds.ts";

/**
 * Predicts what becomes of a packet, hop by hop: where it goes, which route or rule decides, and whether the answer finds its
 * way back. Ports default to 22 for tcp and 53 for udp.
 *
 * @throws RempartError `input.unknown-node` when `from` is no node, `input.machine-address-unknown` when `to` is a machine without an
 * address in lab.yml, `input.unknown-destination` when `to` is no node, name or address.
 */
export function predictPath(cloud: Cloud, question: PathQuestion): PathPrediction {
  const from = cloud.nodes.find((node) => node.name === question.from);
  if (!from) throw unknownName("input.unknown-node", question.from, cloud.nodes.map((node) => node.name));
  const destination = addressSeenFrom(cloud, from, question.to);
  if (!destination && cloud.nodes.some((node) => node.kind === "machine" && node.name === question.to)) throw addressUnknown(question.to);
  if (!destination) throw unknownName("input.unknown-destination", question.to, Object.keys(cloud.names));
  const prediction = new Prediction(new PathWorld(cloud), question, from, destination);
  const verdict = prediction.run();
  return { question, verdict, hops: prediction.hops };
}

/** A machine whose addresses are given by hand: what it was given is known to nobody but itself. */
function addressUnknown(name: string): RempartError {
  return new RempartError("input.machine-address-unknown", `Rempart does not know the address of ${name}: it was given by hand, in the machine.`, {
    kind: "input",
    next: `Name the address that you gave it; "ip address" on ${name} shows it.`,
  });
}

function unknownName(code: string, name: string, available: readonly string[]): RempartError {
  const nearest = nearestName(name, available);
  return new RempartError(code, `There is no machine, instance or address "${name}" in this lab.`, {
    kind: "input",
    next: `${nearest === undefined ? "" : `Did you mean "${nearest}"? `}There is: ${available.join(", ")}.`,
  });
}

class Prediction {
  readonly hops: PathHop[] = [];
  private readonly forward: PathHops;
  private readonly back: PathHops;
  private readonly forwardWalk: PathWalk;
  private readonly backWalk: PathWalk;
  private readonly port: number | undefined;
  private readonly world: PathWorld;
  private readonly question: PathQuestion;
  private readonly from: CloudNode;
  private readonly destination: IpAddress;

  constructor(world: PathWorld, question: PathQuestion, from: CloudNode, destination: IpAddress) {
    this.world = world;
    this.question = question;
    this.from = from;
    this.destination = destination;
    this.port = question.protocol === "icmp" ? undefined : (question.port ?? (question.protocol === "tcp" ? 22 : 53));
    this.forward = new PathHops("forward", this.hops);
    this.back = new PathHops("return", this.hops);
    // The reply is translated back by what the request left behind.
    const natStates: NatState[] = [];
    this.forwardWalk = new PathWalk(world, this.forward, natStates);
    this.backWalk = new PathWalk(world, this.back, natStates);
  }

  run(): PathVerdict {
    const source = this.from.interfaces.find((candidate) => candidate.address)?.address;
    const { protocol } = this.question;
    const packet: Packet = { protocol, source: source ?? this.destination, destination: this.destination, ports: this.port === undefined ? undefined : { from: this.port, to: this.port } };
    if (this.from.isStopped) return this.stopped(this.from, packet);
    const own = this.from.interfaces.some((candidate) => sameAddress(candidate.address, this.destination));
    if (own || isLoopback(this.destination)) {
      this.forward.write("node", this.from.name, "pass", "local", packet, { values: { node: this.from.name }, elements: [nodeId(this.from.name)] });
      return this.answerOf(this.from, packet).verdict;
    }
    if (this.from.kind === "machine") return this.runPhysical(packet);
    // Nobody is in it who could send anything: whom it asks, it decides by what it is asked.
    if (this.from.kind === "resolver") return this.unknown(packet);
    if (hasTunnel(this.from)) return this.unknown(packet);
    if (!source || this.destination.family !== source.family) return this.unknown(packet);
    this.forward.write("node", this.from.name, "pass", "sent", packet, { values: { node: this.from.name }, elements: [nodeId(this.from.name)] });
    const port = this.world.instancePort(this.from.name);
    const end = port ? this.forwardWalk.fromPort(port, packet) : this.forwardWalk.onInternet(packet);
    if (end.kind === "unknown") return "unknown";
    if (end.kind === "dropped") return "timeout";
    const node = nodeOf(end.at);
    if (!node) return "timeout";
    if (node.isStopped) return this.stopped(node, end.packet);
    if (hasTunnel(node)) return this.unknown(end.packet, node);
    const { verdict, protocol: answerProtocol } = this.answerOf(node, end.packet);
    return this.walkBack(end.at, node, end.packet, answerProtocol, verdict);
  }

  private walkBack(at: VpcPort | CloudNode, node: CloudNode, request: Packet, protocol: Packet["protocol"], verdict: PathVerdict): PathVerdict {
    const answer: Packet = { protocol, source: request.destination, destination: request.source, ports: protocol === "icmp" ? undefined : ephemeralPorts };
    this.back.write("node", node.name, "pass", "answered", answer, { values: { node: node.name }, elements: [nodeId(node.name)] });
    const end = "subnet" in at ? this.backWalk.fromPort(at, answer) : at.kind === "resolver" ? this.backWalk.fromResolver(at, answer) : this.backWalk.onInternet(answer);
    if (end.kind === "unknown") return "unknown";
    if (end.kind === "dropped") return "timeout";
    const receiver = nodeOf(end.at);
    const details = { values: { node: receiver?.name ?? this.from.name }, elements: [nodeId(receiver?.name ?? this.from.name)] };
    if (receiver?.name !== this.from.name || !sameAddress(end.packet.source, this.destination)) {
      this.back.write("node", receiver?.name ?? this.from.name, "drop", "answer-not-expected", end.packet, details);
      return "timeout";
    }
    this.back.write("node", this.from.name, "deliver", "answer-received", end.packet, details);
    return verdict;
  }

  /** What the node does with a packet that has reached it: the answer's verdict and protocol. */
  private answerOf(node: CloudNode, packet: Packet): { verdict: PathVerdict; protocol: Packet["protocol"] } {
    const { protocol } = packet;
    const values = { node: node.name, protocol, port: String(this.port ?? "") };
    const elements = [nodeId(node.name)];
    if (isOfCluster(node, packet.destination, this.port)) {
      this.forward.write("service", node.name, "deliver", "cluster-decides", packet, { values: { ...values, cluster: node.cluster ?? "" }, elements });
      return { verdict: "unknown", protocol };
    }
    if (protocol === "icmp" || this.port === undefined) {
      this.forward.write("service", node.name, "deliver", "echo", packet, { values, elements });
      return { verdict: "open", protocol };
    }
    if (protocol === "tcp" && node.listens.includes(this.port)) {
      this.forward.write("service", node.name, "deliver", "listening", packet, { values, elements });
      return { verdict: "open", protocol };
    }
    // Name servers answer on both; the table has the TCP ports alone.
    if (protocol === "udp" && this.port === 53 && node.services.some((service) => service === "dns" || service === "resolver")) {
      this.forward.write("service", node.name, "deliver", "listening", packet, { values, elements });
      return { verdict: "open", protocol };
    }
    const ofServices = node.services.flatMap((service) => servicePorts[service]);
    const isConfigured = protocol === "tcp" && node.services.flatMap((service) => configuredPorts[service] ?? []).includes(this.port);
    // Declared ports are tcp ports; what user data starts may well answer udp on the same number, as a name server does.
    const mayAnswer = protocol === "udp" && node.listens.includes(this.port) && !ofServices.includes(this.port);
    if (isConfigured || mayAnswer) {
      this.forward.write("service", node.name, "deliver", "listener-unknown", packet, { values, elements });
      return { verdict: "unknown", protocol };
    }
    this.forward.write("service", node.name, "refuse", "not-listening", packet, { values, elements });
    // TCP says no with a reset; for UDP it is ICMP "port unreachable" that has to find the way back.
    return { verdict: "refused", protocol: protocol === "udp" ? "icmp" : protocol };
  }

  private runPhysical(packet: Packet): PathVerdict {
    const neighbour = directNeighbour(this.world.cloud, this.from, this.destination);
    if (!neighbour) return this.unknown(packet);
    const { node, medium } = neighbour;
    this.forward.write("switch", medium, "pass", "same-switch", packet, {
      values: { node: this.from.name, other: node.name, medium },
      elements: [nodeId(this.from.name), ...(this.world.cloud.switches.includes(medium) ? [switchId(medium)] : []), nodeId(node.name)],
    });
    return this.answerOf(node, packet).verdict;
  }

  private stopped(node: CloudNode, packet: Packet): PathVerdict {
    this.forward.write("node", node.name, "drop", "machine-stopped", packet, { values: { node: node.name }, elements: [nodeId(node.name)] });
    return "timeout";
  }

  /** `at`: the machine that decides by itself what happens next. */
  private unknown(packet: Packet, at = this.from): PathVerdict {
    this.forward.write("node", at.name, "pass", hasTunnel(at) ? "own-tunnel" : "beyond-model", packet, { values: { node: at.name }, elements: [nodeId(at.name)] });
    return "unknown";
  }
}

/** Which packets go into a tunnel, and which answers, is set inside the machine that has it. What is dropped on the way to it is known all the same. */
const hasTunnel = (node: CloudNode): boolean => node.devices.includes("tun");

/** Ports that Kubernetes gives to services of the type NodePort (--service-node-port-range). */
const serviceNodePorts = { from: 30_000, to: 32_767 };

/** What a node of a cluster hands on to a pod, or not, as the services say that are in the cluster at that moment. */
function isOfCluster(node: CloudNode, destination: IpAddress, port: number | undefined): boolean {
  if (node.carries && prefixContains(node.carries, destination)) return true;
  return node.kind === "cluster-node" && port !== undefined && port >= serviceNodePorts.from && port <= serviceNodePorts.to;
}

function nodeOf(at: VpcPort | CloudNode): CloudNode | undefined {
  if (!("subnet" in at)) return at;
  return at.kind === "instance" ? at.node : undefined;
}

function isLoopback(address: IpAddress): boolean {
  return address.family === 4 ? address.value >> 24n === 127n : formatAddress(address) === "::1";
}
