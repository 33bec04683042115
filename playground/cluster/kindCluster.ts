import { createHash } from "node:crypto";
import { PassThrough, type Readable } from "node:stream";
import type { ContainerEngine, ContainerSummary, ExecOptions, ExecResult } from "../engine/containerEngine.ts";
import { labelKeys, labLabels } from "../engine/labels.ts";
import { identityAttributes } from "../model/clusterAttributes.ts";
import type { Cluster } from "../model/cloud.ts";
import { RempartError } from "../model/errors.ts";
import { kindName, networkBlocks } from "./clusterNames.ts";
import { type ClusterCredentials, readCredentials } from "./kubeconfig.ts";
import { type ClusterGround, kindConfig } from "./kindConfig.ts";
import type { RunKind } from "./runKind.ts";
import { balancerScript, dnsScript, kubectl, networkScript, type NodePlace, serviceAddresses } from "./nodeScripts.ts";

/** File in the control plane that says of which making the cluster is whole. */
const markFile = "/kind/rempart";
const pauseMilliseconds = 100;
const bootLimitMilliseconds = 120_000;
const readyLimitSeconds = 240;
const awaitContainerd = "until ctr version > /dev/null 2>&1; do sleep 0.1; done";

export interface KindClusterParts {
  readonly engine: ContainerEngine;
  readonly scope: string;
  readonly lab: string;
  /** Of the lab, for the label by which a lab is found again. */
  readonly folder: string;
  /** Docker reference of the node image. */
  readonly image: string;
  readonly ground: ClusterGround;
  readonly runKind: RunKind;
}

/** One cluster at the container engine: made by kind, set up by us. */
export class KindCluster {
  readonly cluster: Cluster;
  readonly name: string;
  readonly #parts: KindClusterParts;

  constructor(cluster: Cluster, parts: KindClusterParts) {
    this.cluster = cluster;
    this.name = kindName(parts.scope, parts.lab, cluster.name);
    this.#parts = parts;
  }

  /** Two clusters with the same digest are the same: attributes that cannot be changed, and the image. */
  get digest(): string {
    return createHash("sha1").update(JSON.stringify([this.#parts.image, this.cluster.id, identityAttributes(this.cluster).map(({ path, value }) => [path, value])])).digest("hex").slice(0, 16);
  }

  /** The containers that there are of it, running or not. */
  async containers(): Promise<ContainerSummary[]> {
    return this.#parts.engine.listContainers({ ...labLabels(this.#parts.scope, this.#parts.lab), [labelKeys.cluster]: this.cluster.name });
  }

  /** True when every node's container is there and was made for the cluster as it is wanted. */
  async isThere(): Promise<boolean> {
    const { engine, scope, lab } = this.#parts;
    const [networks, containers] = await Promise.all([engine.listNetworks({ ...labLabels(scope, lab), [labelKeys.cluster]: this.cluster.name, [labelKeys.digest]: this.digest }), this.containers()]);
    const isUsable = (node: string): boolean => containers.some(({ labels, state }) => labels[labelKeys.node] === node && state !== "dead" && state !== "removing");
    return networks.length > 0 && this.cluster.members.every(({ node }) => isUsable(node));
  }

  /** True when the making of the cluster came to its end; its control plane runs. */
  async isWhole(): Promise<boolean> {
    const result = await this.#exec(this.#controlPlane, ["cat", markFile]).catch(() => undefined);
    return result?.exitCode === 0 && result.stdout.trim() === this.digest;
  }

  /**
   * Makes the cluster: `onJoinable` once all nodes have booted and the lab's cables can be put into them; the promise ends when kind has
   * done its part. Throws `lab.cluster-failed` with kind's words, and the signal's reason.
   */
  async create(onLine: (line: string) => void, onJoinable: () => void, signal: AbortSignal): Promise<void> {
    const { engine, scope, lab, folder, image, ground, runKind } = this.#parts;
    const labels = { ...labLabels(scope, lab), [labelKeys.cluster]: this.cluster.name, [labelKeys.folder]: folder };
    await engine.createNetwork({ name: this.name, labels: { ...labels, [labelKeys.part]: "cluster", [labelKeys.digest]: this.digest }, subnets: networkBlocks(this.name) });
    const ended = new AbortController();
    const either = AbortSignal.any([signal, ended.signal]);
    const booted = this.booted(either).then(onJoinable, (error: unknown) => {
      if (!either.aborted) throw error;
    });
    try {
      const making = runKind(
        { name: this.name, image, config: kindConfig(this.name, this.cluster, image, ground), labels: { ...labels, [labelKeys.part]: "cluster-node", [labelKeys.digest]: this.digest }, prefix: this.name.slice(0, -this.cluster.name.length) },
        onLine,
        signal,
      );
      await Promise.all([making, booted]);
    } finally {
      ended.abort();
      await booted.catch(() => undefined);
    }
  }

  /** Waits until systemd runs in every node: before that, kind's own script still looks at the node's routes. Throws `lab.cluster-failed`. */
  async booted(signal: AbortSignal): Promise<void> {
    const deadline = Date.now() + bootLimitMilliseconds;
    const waiting = new Set(this.cluster.members.map(({ node }) => node));
    while (waiting.size > 0) {
      signal.throwIfAborted();
      if (Date.now() > deadline) throw failed(this.cluster.name, `${[...waiting].join(", ")} did not boot`);
      for (const { id, state, labels } of await this.containers()) {
        const node = labels[labelKeys.node] ?? "";
        if (!waiting.has(node) || state !== "running") continue;
        const first = await this.#parts.engine.exec(id, ["cat", "/proc/1/comm"]).catch(() => undefined);
        if (first?.stdout.trim() === "systemd") waiting.delete(node);
      }
      if (waiting.size > 0) await pause();
    }
  }

  /** Starts nodes that stand still, the control plane first: the others look for it. */
  async start(signal: AbortSignal): Promise<void> {
    const containers = await this.containers();
    for (const { node } of this.cluster.members) {
      const found = containers.find(({ labels }) => labels[labelKeys.node] === node);
      if (found && found.state !== "running") await this.#parts.engine.startContainer(found.id);
    }
    await this.booted(signal);
  }

  /** Brings images into every node: an archive as `ctr` imports it, with the names that pods use. Throws `lab.cluster-failed`. */
  async load(archive: Readable): Promise<void> {
    // By itself, ctr would hand the archive on to containerd in pieces of 32 KiB, which takes twice as long as reading it. Each image is unpacked here, once:
    // left to the pods, those that start at the same time would all unpack the same.
    const script = ["set -e", awaitContainerd, "ctr --namespace k8s.io images import --local - > /dev/null"].join("; ");
    // One archive for all: it goes as fast as the slowest node takes it.
    const inputs = this.cluster.members.map(({ node }) => ({ node, input: new PassThrough() }));
    archive.on("error", (error) => inputs.forEach(({ input }) => input.destroy(error)));
    for (const { input } of inputs) archive.pipe(input);
    await Promise.all(inputs.map(async ({ node, input }) => this.#require(node, await this.#exec(node, ["sh", "-c", script], { input }))));
  }

  /**
   * Unpacks the control plane in its node, before the kubelet wants it: of our node image its four parts are one layer, which containerd would unpack
   * for each of them, at the same time. A node image of kind's has an image for each. Whoever fails here is no worse off than without.
   */
  async unpack(): Promise<void> {
    if (this.#parts.ground.hasNetworkPlugin) return;
    const digest = "$(ctr --namespace k8s.io images list | sed -n 's/^registry.k8s.io.kube-apiserver:.* \\(sha256:[0-9a-f]*\\) .*/\\1/p')";
    await this.#exec(this.#controlPlane, ["sh", "-c", `${awaitContainerd}; ctr --namespace k8s.io snapshots unpack ${digest} > /dev/null 2>&1`]).catch(() => undefined);
  }

  /** Which of the images (as the nodes name them) a node does not have. */
  async missingImages(names: readonly string[]): Promise<string[]> {
    if (names.length === 0) return [];
    const script = `${awaitContainerd}; ctr --namespace k8s.io images list -q`;
    const lists = await Promise.all(this.cluster.members.map(async ({ node }) => (await this.#exec(node, ["sh", "-c", script])).stdout.split("\n")));
    return names.filter((name) => lists.some((list) => !list.includes(name)));
  }

  /** What a cluster needs once, after kind: names, addresses of services. Throws `lab.cluster-failed`. */
  async furnish(resolver: string | undefined): Promise<void> {
    await this.#script(this.#controlPlane, dnsScript(resolver));
    const addresses = serviceAddresses(this.cluster);
    if (addresses.length > 0) await this.#script(this.#controlPlane, balancerScript(addresses));
  }

  /** What nodes need whenever they have booted: see `networkScript`. Throws `lab.cluster-failed`. */
  async connect(): Promise<void> {
    const places = await this.#places();
    await Promise.all(places.map((own) => this.#script(own.node, networkScript(this.cluster, own, places.filter((other) => other !== own), !this.#parts.ground.hasNetworkPlugin))));
  }

  /** Waits until every node and the cluster's name server are ready. Throws `lab.cluster-failed` with what is not. */
  async ready(): Promise<void> {
    const seconds = String(readyLimitSeconds);
    const script = ["set -e", `${kubectl} wait --for=condition=Ready nodes --all --timeout=${seconds}s`, `${kubectl} -n kube-system rollout status deployment/coredns --timeout=${seconds}s`, ""].join("\n");
    await this.#script(this.#controlPlane, script);
  }

  /** From now on it is whole; see {@link isWhole}. */
  async mark(): Promise<void> {
    await this.#script(this.#controlPlane, `echo ${this.digest} > ${markFile}\n`);
  }

  /** Who its API server is and how its administrator proves it, as reached from this computer. Throws `lab.cluster-failed`. */
  async credentials(): Promise<ClusterCredentials> {
    const [text, port] = await Promise.all([this.#exec(this.#controlPlane, ["cat", "/etc/kubernetes/admin.conf"]), this.#publishedPort()]);
    const found = text.exitCode === 0 ? readCredentials(text.stdout) : undefined;
    if (!found || port === undefined) throw failed(this.cluster.name, "its API server's address or certificate cannot be read");
    return { ...found, server: `https://127.0.0.1:${port}` };
  }

  /** Removes every container and the network. What is gone already is no error. */
  async remove(): Promise<void> {
    const { engine, scope, lab } = this.#parts;
    await removeCluster(engine, scope, lab, this.cluster.name);
  }

  get #controlPlane(): string {
    return this.cluster.members[0]?.node ?? "";
  }

  async #publishedPort(): Promise<number | undefined> {
    const container = (await this.containers()).find(({ labels }) => labels[labelKeys.node] === this.#controlPlane);
    const state = container && (await this.#parts.engine.inspectContainer(container.id));
    return state?.publishedPorts?.[6443];
  }

  /** Kubernetes gives each node its range of pods when it joins; Docker gave it an address before. */
  async #places(): Promise<NodePlace[]> {
    const template = '{range .items[*]}{.metadata.name} {.spec.podCIDR} {.status.addresses[?(@.type=="InternalIP")].address}{"\\n"}{end}';
    const deadline = Date.now() + readyLimitSeconds * 1000;
    for (;;) {
      const result = await this.#exec(this.#controlPlane, [...kubectl.split(" "), "get", "nodes", "-o", `jsonpath=${template}`]);
      const places = result.stdout.split("\n").flatMap((line): NodePlace[] => {
        const [node, podCidr, address] = line.split(" ");
        return node && podCidr && address ? [{ node, podCidr, address }] : [];
      });
      if (places.length === this.cluster.members.length) return places;
      if (Date.now() > deadline) throw failed(this.cluster.name, `only ${places.length} of ${this.cluster.members.length} nodes have joined: ${result.stderr.trim()}`);
      await pause(5);
    }
  }

  async #script(node: string, script: string): Promise<void> {
    this.#require(node, await this.#exec(node, ["bash", "-s"], { stdin: script, timeoutMilliseconds: (readyLimitSeconds + 30) * 1000 }));
  }

  #require(node: string, result: ExecResult): void {
    if (result.exitCode !== 0) throw failed(this.cluster.name, `${node}: ${`${result.stdout}${result.stderr}`.trim().split("\n").slice(-6).join("\n")}`);
  }

  async #exec(node: string, command: readonly string[], options?: ExecOptions): Promise<ExecResult> {
    const container = (await this.containers()).find(({ labels, state }) => labels[labelKeys.node] === node && state === "running");
    if (!container) throw failed(this.cluster.name, `${node} does not run`);
    return this.#parts.engine.exec(container.id, command, options);
  }
}

/** Removes what there is of a cluster of a lab; of all of them, without a name. */
export async function removeCluster(engine: ContainerEngine, scope: string, lab: string, cluster?: string): Promise<void> {
  const labels = { ...labLabels(scope, lab), ...(cluster === undefined ? {} : { [labelKeys.cluster]: cluster }) };
  const containers = await engine.listContainers({ ...labels, [labelKeys.part]: "cluster-node" });
  await Promise.all(containers.map(({ id }) => engine.removeContainer(id)));
  const networks = await engine.listNetworks({ ...labels, [labelKeys.part]: "cluster" });
  await Promise.all(networks.map(({ name }) => engine.removeNetwork(name)));
}

const pause = (times = 1): Promise<void> => new Promise((resolve) => setTimeout(resolve, pauseMilliseconds * times));

/** The error of a cluster that could not be made, or does not become ready. */
export function failed(cluster: string, why: string): RempartError {
  return new RempartError("lab.cluster-failed", `The cluster ${cluster} did not come up: ${why}`, {
    kept: "the rest of the lab, and your files",
    next: "start the lab again: what is half made is made anew; if it fails again, see whether the computer has the memory that the lab asks for",
  });
}

