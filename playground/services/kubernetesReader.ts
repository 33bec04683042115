import { contextOf } from "../cluster/kubeconfig.ts";
import { KubernetesApi } from "../cluster/kubernetesApi.ts";
import type { Cloud } from "../model/cloud.ts";
import { RempartError } from "../model/errors.ts";
import type { KubernetesObject } from "../model/kubernetesCheck.ts";
import type { Workspace } from "./workspace.ts";

/** File in the student's folder of a lab with the kubeconfig of its clusters, for this computer. */
export const kubeconfigFile = "kubeconfig";

/** Reads objects of a lab's clusters through their API servers. */
export class KubernetesReader {
  readonly #workspace: Pick<Workspace, "read">;
  /** By cluster; made anew when the kubeconfig is another. */
  readonly #apis = new Map<string, { readonly text: string; readonly api: KubernetesApi }>();

  constructor(workspace: Pick<Workspace, "read">) {
    this.#workspace = workspace;
  }

  /** Throws as `LabRuntime.kubernetes`. */
  async read(cloud: Cloud, name: string | undefined, object: KubernetesObject): Promise<readonly unknown[]> {
    return (await this.api(cloud, name)).read(object);
  }

  /** The API server of a cluster of the lab; of the only one, when no name is given. Throws `lab.cluster-not-ready`. */
  async api(cloud: Cloud, name: string | undefined): Promise<KubernetesApi> {
    const cluster = cloud.clusters.find((candidate) => name === undefined || candidate.name === name);
    const text = await this.#workspace.read(kubeconfigFile);
    if (!cluster || text === undefined) throw new RempartError("lab.cluster-not-ready", `Lab ${cloud.lab} has no cluster${name === undefined ? "" : ` '${name}'`} that is ready.`, { kind: "input", next: "apply network.yml, or start the lab" });
    const known = this.#apis.get(cluster.name);
    if (known?.text === text) return known.api;
    const api = new KubernetesApi(text, contextOf(cluster.name));
    this.#apis.set(cluster.name, { text, api });
    return api;
  }
}
