import { createHash } from "node:crypto";
import type { ContainerSpec } from "../engine/containerEngine.ts";
import { containerName, labelKeys, labLabels } from "../engine/labels.ts";
import type { Cloud, CloudNode, NetworkInterface } from "../model/cloud.ts";
import { formatAddress } from "../model/ip.ts";
import type { DeviceName } from "../model/network.ts";

/** Reserved node name of the container that holds the lab's wiring; no resource can have it (names start with a letter). */
export const fabricNode = "_net";

/** What a machine may use at most; an idle one holds 1 to 3 MB. */
const nodeMemoryBytes = 512 * 1024 * 1024;

const devicePaths: Readonly<Record<DeviceName, string>> = { tun: "/dev/net/tun" };

export interface SpecContext {
  readonly scope: string;
  /** The student's folder of the lab, kept in a label so that a lab can be found again from its containers. */
  readonly folder: string;
  readonly imageReference: (image: string) => string;
  /** OpenSSH lines by key pair name. */
  readonly publicKeys: ReadonlyMap<string, string>;
  /** Private keys by key pair name, of the pairs that Rempart made. */
  readonly privateKeys: ReadonlyMap<string, string>;
}

/** The containers that a cloud wants of us: one per machine but those of clusters, keyed by node name, with a digest that tells whether to replace it. */
export function containerSpecs(cloud: Cloud, context: SpecContext): Map<string, ContainerSpec> {
  return new Map(cloud.nodes.filter((node) => node.kind !== "cluster-node").map((node) => [node.name, nodeSpec(cloud.lab, node, context)]));
}

function nodeSpec(lab: string, node: CloudNode, context: SpecContext): ContainerSpec {
  const key = node.keyPair ? context.publicKeys.get(node.keyPair) : undefined;
  const held = node.holdsKeyPair ? context.privateKeys.get(node.holdsKeyPair) : undefined;
  const spec: ContainerSpec = {
    name: containerName(context.scope, lab, node.name),
    image: context.imageReference(node.image),
    hostname: node.name,
    labels: { ...labLabels(context.scope, lab), [labelKeys.part]: "node", [labelKeys.node]: node.name, [labelKeys.folder]: context.folder },
    environment: {
      REMPART_NODE: node.name,
      REMPART_SERVICES: node.services.join(" "),
      ...(key ? { REMPART_AUTHORIZED_KEYS: key } : {}),
      ...(held ? { REMPART_PRIVATE_KEY: Buffer.from(held).toString("base64") } : {}),
      ...(node.userData ? { REMPART_USER_DATA: Buffer.from(node.userData).toString("base64") } : {}),
      ...(node.files.length > 0 ? { REMPART_FILES: Buffer.from(JSON.stringify(node.files)).toString("base64") } : {}),
    },
    network: "none",
    dropCapabilities: ["MKNOD"],
    addCapabilities: node.capabilities,
    ...(node.devices.length === 0 ? {} : { devices: node.devices.map((device) => devicePaths[device]) }),
    memoryBytes: nodeMemoryBytes,
    pidsLimit: 512,
    sysctls: {
      // IPv4 only, so that a capture shows what the student did and no neighbour discovery.
      "net.ipv6.conf.all.disable_ipv6": "1",
      "net.ipv6.conf.default.disable_ipv6": "1",
      // A machine whose cable is made again says so: a router that asked for it a moment too early would wait a second before it asks again.
      "net.ipv4.conf.all.arp_notify": "1",
      // Linux tells one closed UDP port a second to each who asks: the same question would be refused now, and met with silence while checks run.
      "net.ipv4.icmp_ratelimit": "0",
      "net.ipv4.ip_forward": forwards(node) ? "1" : "0",
    },
    restart: "no",
  };
  return withDigest(spec, [node.id, ...node.interfaces.map(placeOf)].join());
}

/**
 * A router of the physical labs, and a machine that sets its own network, forwards only when the student says so; the router of a site
 * behind the Internet, and a host of the Internet that carries others' packets, have done so since long before the lab begins.
 */
const forwards = (node: CloudNode): boolean =>
  (node.kind === "internet-host" && (node.interfaces.length > 1 || !node.sourceDestCheck)) || (node.kind !== "machine" && !node.sourceDestCheck && !node.capabilities.includes("NET_ADMIN"));

/** In AWS an instance stays in its subnet with its address for life: another place means another machine. */
function placeOf(entry: NetworkInterface): string {
  return entry.attachment.kind === "subnet" && entry.address ? `${entry.attachment.subnet} ${formatAddress(entry.address)}` : "";
}

/** The container in which all of the lab's wiring lives. It sees the engine's processes so that it can enter their network namespaces. */
export function fabricSpec(lab: string, context: SpecContext): ContainerSpec {
  return withDigest({
    name: containerName(context.scope, lab, "net"),
    image: context.imageReference("instance"),
    hostname: "net",
    labels: { ...labLabels(context.scope, lab), [labelKeys.part]: "fabric", [labelKeys.node]: fabricNode, [labelKeys.folder]: context.folder },
    entrypoint: ["tini", "-g", "--"],
    command: ["sleep", "infinity"],
    network: "none",
    addCapabilities: ["NET_ADMIN", "SYS_ADMIN", "SYS_PTRACE"],
    // systempaths: ip_forward is set per namespace; AppArmor's default profile forbids the mounts of `ip netns`; SELinux its own.
    securityOptions: ["systempaths=unconfined", "apparmor=unconfined", "label=disable"],
    hostPidNamespace: true,
    restart: "no",
  });
}

function withDigest(spec: ContainerSpec, identity = ""): ContainerSpec {
  const digest = createHash("sha1").update(identity).update(JSON.stringify(spec)).digest("hex").slice(0, 16);
  return { ...spec, labels: { ...spec.labels, [labelKeys.digest]: digest } };
}

/** The digest in a specification's or container's labels. */
export function digestOf(labels: Readonly<Record<string, string>>): string | undefined {
  return labels[labelKeys.digest];
}
