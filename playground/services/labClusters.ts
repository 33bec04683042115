import { failed, KindCluster, removeCluster } from "../cluster/kindCluster.ts";
import type { ClusterGround } from "../cluster/kindConfig.ts";
import { labelKeys, labLabels } from "../engine/labels.ts";
import type { Cloud, Cluster } from "../model/cloud.ts";
import { formatAddress } from "../model/ip.ts";
import { fabricNode } from "./containerSpecs.ts";
import { giveKubeconfigs, requireMemory, runSetup } from "./clusterSteps.ts";
import type { ConvergenceParts } from "./convergence.ts";
import type { TellProgress } from "./runningLabParts.ts";
import type { Machine } from "./machines.ts";

/** Clusters that are being brought up beside the rest of a lab. */
export interface ClusterWork {
  /** All nodes have booted: the lab's cables can be put into them. */
  readonly joinable: Promise<void>;
  /** They are ready; names of those that were made. */
  readonly ready: Promise<readonly string[]>;
}

type Parts = Pick<ConvergenceParts, "loaded" | "workspace" | "machines" | "exec" | "options">;

/** The Kubernetes clusters of one lab: makes those that are wanted, removes those that are not, and sets up nodes that came back. */
export class LabClusters {
  readonly #parts: Parts;
  /** Clusters known to be whole, by name: their digest and which runs of which containers were set up. */
  readonly #whole = new Map<string, { readonly digest: string; readonly runs: string; images: readonly string[] }>();
  #ground: (ClusterGround & { readonly image: string }) | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** True when the clusters of the cloud run as wanted, and no other is there: nothing to ask the engine for. */
  matches(cloud: Cloud): boolean {
    const nodes = cloud.clusters.flatMap(({ members }) => members.map(({ node }) => node));
    const guests = this.#parts.machines.guests;
    if (guests.length !== nodes.length || !guests.every((guest) => guest.running && nodes.includes(guest.node))) return false;
    return cloud.clusters.every((cluster) => {
      const known = this.#whole.get(cluster.name);
      return known?.runs === this.#runsOf(cluster) && known.digest === this.#kind(cluster)?.digest && cluster.images.every((image) => known.images.includes(image));
    });
  }

  /** Before clusters are made: refuses, with nothing touched, where this computer has not the memory, and brings the engine to where it can have them. Throws `machine.memory-low`, `machine.no-clusters`. */
  async makeReady(cloud: Cloud): Promise<void> {
    if (cloud.clusters.length === 0 || this.#parts.machines.guests.length > 0) return;
    await requireMemory(this.#parts.loaded.lab, this.#parts.options.clusters);
    // Before anything of the lab runs: commands that are under way in containers would be cut off.
    await this.#parts.options.clusters?.prepareEngine();
  }

  /** Images of the catalogue that the cloud's clusters need. */
  imagesOf(cloud: Cloud): string[] {
    return [...new Set(cloud.clusters.flatMap(({ images }) => images))];
  }

  /** Begins to bring the clusters up; the lab's wiring container runs. */
  begin(cloud: Cloud, tell: TellProgress, signal: AbortSignal = new AbortController().signal): ClusterWork {
    const prepared = this.#prepare(cloud, tell);
    const stop = new AbortController();
    const either = AbortSignal.any([signal, stop.signal]);
    const joined = cloud.clusters.map(() => deferred());
    const brought = Promise.all(
      cloud.clusters.map(async (cluster, index) => {
        const join = joined[index] ?? deferred();
        try {
          await prepared;
          return await this.#bring(cluster, cloud, tell, join.resolve, either);
        } catch (error) {
          stop.abort(error);
          join.reject(error);
          throw error;
        }
      }),
    );
    const joinable = Promise.all([prepared, ...joined.map(({ promise }) => promise)]).then(() => undefined);
    const ready = brought.then((made) => cloud.clusters.flatMap(({ name }, index) => (made[index] ? [name] : [])));
    for (const promise of [joinable, ready]) promise.catch(() => undefined);
    return { joinable, ready };
  }

  /** What comes when clusters are ready and wired: kubeconfigs, and what the lab begins with where a cluster is new. */
  async finish(cloud: Cloud, made: readonly string[]): Promise<void> {
    if (cloud.clusters.length === 0) return;
    await giveKubeconfigs(cloud, this.#parts, (cluster) => this.#require(cluster).credentials());
    if (made.length > 0) await runSetup(this.#parts.loaded.lab, cloud, this.#parts.exec);
  }

  /** Takes up the clusters of a lab that an earlier process started. Returns false when one is not whole. */
  async recognize(cloud: Cloud): Promise<boolean> {
    if (cloud.clusters.length === 0) return true;
    const { options, machines } = this.#parts;
    await this.#findGround();
    for (const cluster of cloud.clusters) {
      const kind = this.#kind(cluster);
      const members = cluster.members.map(({ node }) => machines.get(node));
      if (!kind || !options.clusters || members.some((machine) => machine?.running !== true || machine.digest !== kind.digest) || !(await kind.isWhole())) return false;
      const missing = await kind.missingImages(cluster.images.map(options.clusters.nameInNodes));
      // Its nodes may have booted while nobody looked: `reconnect` finds out.
      this.#whole.set(cluster.name, { digest: kind.digest, runs: options.live ? "" : this.#runsOf(cluster), images: missing.length === 0 ? cluster.images : [] });
    }
    return true;
  }

  /** Sets up nodes that have booted again since they were set up. */
  async reconnect(cloud: Cloud): Promise<void> {
    await this.#findGround();
    for (const cluster of cloud.clusters) {
      const runs = this.#runsOf(cluster);
      const known = this.#whole.get(cluster.name);
      if (!known || known.runs === runs || runs.includes("stopped")) continue;
      const kind = this.#require(cluster);
      await kind.connect();
      this.#whole.set(cluster.name, { digest: kind.digest, runs, images: known.images });
    }
  }

  /** Removes every cluster of the lab, also those of which nothing is known here. */
  async removeAll(): Promise<void> {
    this.#whole.clear();
    await removeCluster(this.#parts.options.engine, this.#parts.options.scope, this.#parts.loaded.lab.id);
  }

  /** Brings the engine to where it can have clusters, looks at what it is, and takes away clusters that nobody wants or that are others now. */
  async #prepare(cloud: Cloud, tell: TellProgress): Promise<void> {
    const { options, loaded, machines } = this.#parts;
    if (cloud.clusters.length > 0) await this.#findGround();
    const wanted = new Map(cloud.clusters.map((cluster) => [cluster.name, this.#kind(cluster)?.digest]));
    const networks = await options.engine.listNetworks({ ...labLabels(options.scope, loaded.lab.id), [labelKeys.part]: "cluster" });
    for (const { labels } of networks) {
      const name = labels[labelKeys.cluster] ?? "";
      if (wanted.get(name) === labels[labelKeys.digest]) continue;
      tell("cluster", 0, 1, "running", name);
      this.#whole.delete(name);
      await removeCluster(options.engine, options.scope, loaded.lab.id, name);
    }
    await machines.adopt();
  }

  /** Returns whether the cluster was made. */
  async #bring(cluster: Cluster, cloud: Cloud, tell: TellProgress, onJoinable: () => void, signal: AbortSignal): Promise<boolean> {
    const kind = this.#require(cluster);
    const say = (detail: string): void => tell("cluster", 0, 1, "running", `${cluster.name}: ${detail}`);
    const stood = await kind.isThere();
    if (stood) await kind.start(signal);
    const isOld = stood && (await kind.isWhole());
    if (isOld) {
      onJoinable();
      await this.#loadImages(kind, cluster);
    } else {
      // What an interrupted start left cannot be gone on with: kubeadm has its steps behind it, or not.
      await kind.remove();
      try {
        let images: Promise<void> | undefined;
        const onBooted = (): void => {
          onJoinable();
          images = kind.unpack().then(() => this.#loadImages(kind, cluster));
          images.catch(() => undefined);
        };
        await kind.create(say, onBooted, signal);
        await Promise.all([images, kind.furnish(resolverOf(cloud, cluster))]);
        signal.throwIfAborted();
      } catch (error) {
        await kind.remove().catch(() => undefined);
        throw error;
      }
    }
    say("network");
    await this.#parts.machines.adopt();
    const runs = this.#runsOf(cluster);
    await kind.connect();
    say("ready?");
    await kind.ready();
    if (!isOld) await kind.mark();
    this.#whole.set(cluster.name, { digest: kind.digest, runs, images: cluster.images });
    return !isOld;
  }

  async #loadImages(kind: KindCluster, cluster: Cluster): Promise<void> {
    const support = this.#parts.options.clusters;
    if (!support || cluster.images.length === 0) return;
    const missing = await kind.missingImages(cluster.images.map(support.nameInNodes));
    const names = cluster.images.filter((image) => missing.includes(support.nameInNodes(image)));
    if (names.length > 0) await kind.load(await support.podImages(names));
  }

  async #findGround(): Promise<void> {
    const { options, exec } = this.#parts;
    if (this.#ground || !options.clusters) return;
    const [info, status, { reference, hasNetworkPlugin }] = await Promise.all([options.engine.info(), exec(fabricNode, ["cat", "/proc/1/status"]), options.clusters.nodeImage()]);
    const bounding = /^CapBnd:\s*([0-9a-f]+)$/m.exec(status.stdout)?.[1] ?? "0";
    const sysResource = 24n;
    this.#ground = { image: reference, cgroupVersion: info.cgroupVersion, hasNetworkPlugin, hasSysResource: ((BigInt(`0x${bounding}`) >> sysResource) & 1n) === 1n };
  }

  #kind(cluster: Cluster, ground = this.#ground): KindCluster | undefined {
    const { options, loaded } = this.#parts;
    if (!options.clusters || !ground) return undefined;
    return new KindCluster(cluster, { engine: options.engine, scope: options.scope, lab: loaded.lab.id, folder: loaded.folder, image: ground.image, ground, runKind: options.clusters.runKind });
  }

  #require(cluster: Cluster): KindCluster {
    const kind = this.#kind(cluster);
    if (!kind) throw failed(cluster.name, "this installation makes no clusters");
    return kind;
  }

  /** Which runs of which containers a cluster's nodes are. */
  #runsOf(cluster: Cluster): string {
    const runOf = (machine: Machine | undefined): string => (machine?.running ? `${machine.container} ${machine.startedAt}` : "stopped");
    return cluster.members.map(({ node }) => runOf(this.#parts.machines.get(node))).join();
  }
}

/** The VPC's own resolver, where it has one: the only server of names beyond the cluster that its pods may ask. */
function resolverOf(cloud: Cloud, cluster: Cluster): string | undefined {
  const node = cloud.nodes.find((candidate) => candidate.cluster === cluster.name);
  return node?.resolver && formatAddress(node.resolver);
}

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void; readonly reject: (error: unknown) => void } {
  let resolve: () => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<void>((onDone, onError) => {
    resolve = onDone;
    reject = onError;
  });
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
