import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { connectCluster, type ClusterApi } from "../cluster/clusterApi.ts";
import { ClusterWatch } from "../cluster/clusterWatch.ts";
import { buildTopology } from "../model/buildTopology.ts";
import type { ClusterView } from "../model/clusterView.ts";
import { RempartError } from "../model/errors.ts";
import type { TopologyNode } from "../model/topology.ts";
import type { RunningLab } from "./runningLab.ts";

/** Whether a cluster that was not there yet has come, or another one is there. */
const lookMilliseconds = 1000;

/** What is needed of a lab to find its clusters. */
export type ClusterLab = Pick<RunningLab, "id" | "applied"> & { readonly workspace: { readonly folder: string } };

interface Watched {
  readonly lab: ClusterLab;
  watchers: number;
  readonly clusters: Map<string, { readonly kubeconfig: string; readonly watch: ClusterWatch }>;
  readonly timer: NodeJS.Timeout;
}

interface ClusterViewsOptions {
  /** Tells every window. */
  emit(lab: string, cluster: ClusterView): void;
  /** Connects to the API server of a cluster; another one in tests. */
  readonly connect?: (kubeconfig: string, cluster: string) => ClusterApi;
}

/** Follows the clusters of a lab while at least one window looks at it, and never by itself. */
export class ClusterViews {
  readonly #options: ClusterViewsOptions;
  readonly #connect: (kubeconfig: string, cluster: string) => ClusterApi;
  readonly #watched = new Map<string, Watched>();

  constructor(options: ClusterViewsOptions) {
    this.#options = options;
    this.#connect = options.connect ?? ((kubeconfig, cluster) => connectCluster(kubeconfig, contextOf(cluster)));
  }

  /** Every `true` wants its `false`. Returns what is known already. */
  async watch(lab: ClusterLab, on: boolean): Promise<ClusterView[]> {
    const known = this.#watched.get(lab.id);
    if (!on) {
      if (known !== undefined && --known.watchers <= 0) this.#end(known);
      return [];
    }
    if (known?.lab === lab) {
      known.watchers += 1;
      return this.#views(known);
    }
    if (known !== undefined) this.#end(known);
    const timer = setInterval(() => void this.#look(made).catch(() => undefined), lookMilliseconds);
    timer.unref();
    const made: Watched = { lab, watchers: 1 + (known?.watchers ?? 0), clusters: new Map(), timer };
    this.#watched.set(lab.id, made);
    await this.#look(made);
    return this.#views(made);
  }

  /** What is known of the clusters of a lab that is watched already. */
  async views(lab: ClusterLab): Promise<ClusterView[]> {
    const known = this.#watched.get(lab.id);
    if (known === undefined) return [];
    if (known.lab === lab) return this.#views(known);
    // The lab was started anew meanwhile: those who watched it watch it on.
    const made = await this.watch(lab, true);
    const now = this.#watched.get(lab.id);
    if (now !== undefined) now.watchers -= 1;
    return made;
  }

  /** The API of a cluster of the lab, for single questions. Throws `cluster.not-running`. */
  async api(lab: ClusterLab, cluster: string): Promise<ClusterApi> {
    const kubeconfig = clusterNodes(lab, cluster).length === 0 ? undefined : await kubeconfigOf(lab);
    if (kubeconfig === undefined) throw new RempartError("cluster.not-running", `lab ${lab.id} has no cluster '${cluster}' that runs`, { kind: "input", next: "start the lab first" });
    return this.#connect(kubeconfig, cluster);
  }

  dispose(): void {
    for (const watched of [...this.#watched.values()]) this.#end(watched);
  }

  #views(watched: Watched): ClusterView[] {
    return [...watched.clusters.values()].map(({ watch }) => watch.view());
  }

  #end(watched: Watched): void {
    clearInterval(watched.timer);
    for (const { watch } of watched.clusters.values()) watch.stop();
    watched.clusters.clear();
    this.#watched.delete(watched.lab.id);
  }

  /** Begins to follow clusters that have come, and ends with those that have gone. A new kubeconfig is a new cluster. */
  async #look(watched: Watched): Promise<void> {
    const { lab } = watched;
    const kubeconfig = await kubeconfigOf(lab);
    if (this.#watched.get(lab.id) !== watched) return;
    const wanted = kubeconfig === undefined || lab.applied === undefined ? new Set<string>() : new Set(clusterNodes(lab).flatMap((node) => node.cluster ?? []));
    for (const [name, known] of watched.clusters) {
      if (wanted.has(name) && known.kubeconfig === kubeconfig) continue;
      known.watch.stop();
      watched.clusters.delete(name);
    }
    for (const name of wanted) {
      if (watched.clusters.has(name) || kubeconfig === undefined) continue;
      const machines = clusterNodes(lab, name).map((node) => ({ node: node.name, ...(node.address === undefined ? {} : { address: node.address }) }));
      const watch = new ClusterWatch({ name, api: this.#connect(kubeconfig, name), machines, onChange: (view) => this.#options.emit(lab.id, view) });
      watched.clusters.set(name, { kubeconfig, watch });
      watch.start();
    }
  }
}

/** As kind names the context of a cluster. */
export const contextOf = (cluster: string): string => `kind-${cluster}`;

/** The machines that are nodes of the lab's clusters, or of one of them. */
export function clusterNodes(lab: Pick<ClusterLab, "applied">, cluster?: string): TopologyNode[] {
  return lab.applied === undefined ? [] : buildTopology(lab.applied).nodes.filter((node) => node.kind === "cluster-node" && (cluster === undefined || node.cluster === cluster));
}

/** Undefined while there is none: the file comes with the first cluster and goes with the last. */
const kubeconfigOf = (lab: ClusterLab): Promise<string | undefined> => readFile(join(lab.workspace.folder, "kubeconfig"), "utf8").catch(() => undefined);
