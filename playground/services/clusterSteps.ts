import type { ClusterCredentials } from "../cluster/kubeconfig.ts";
import { formatKubeconfig } from "../cluster/kubeconfig.ts";
import { clusterEndpoint } from "../model/clusterEndpoint.ts";
import type { Cloud, Cluster } from "../model/cloud.ts";
import { RempartError } from "../model/errors.ts";
import { interpolate } from "../model/interpolate.ts";
import type { Lab } from "../model/lab.ts";
import type { ClusterSupport } from "./clusterSupport.ts";
import { kubeconfigFile } from "./kubernetesReader.ts";
import type { LabRuntime } from "./labRuntime.ts";
import type { Workspace } from "./workspace.ts";

const setupLimitMilliseconds = 180_000;
const megabyte = 1_000_000;

/**
 * Refuses a cluster where there is not the memory that its lab asks for. Throws `machine.memory-low` with both figures, `machine.no-clusters`
 * where this installation makes none.
 */
export async function requireMemory(lab: Pick<Lab, "id" | "memory_mb">, support: ClusterSupport | undefined): Promise<void> {
  if (!support) throw new RempartError("machine.no-clusters", "This installation of Rempart makes no clusters.", { kind: "machine", kept: "nothing was started or changed" });
  const { available, total } = await support.memory();
  const has = Math.floor((available ?? total) / megabyte);
  if (has >= lab.memory_mb) return;
  const what = available === undefined ? `has ${has} MB of memory in all` : `has ${has} MB of memory to spare`;
  throw new RempartError("machine.memory-low", `Lab ${lab.id} needs ${lab.memory_mb} MB of memory, and the computer of the container engine ${what}.`, {
    kind: "machine",
    kept: "nothing was started or changed",
    next: "close other programs or stop other labs; with Docker Desktop, give it more memory in its settings",
  });
}

/** Writes the kubeconfig of this computer into the lab's folder, and that of each machine of the lab that holds one. The user's own is never touched. */
export async function giveKubeconfigs(cloud: Cloud, { workspace, exec }: { readonly workspace: Pick<Workspace, "write">; readonly exec: LabRuntime["exec"] }, credentialsOf: (cluster: Cluster) => Promise<ClusterCredentials>): Promise<void> {
  const credentials = new Map<string, ClusterCredentials>();
  for (const cluster of cloud.clusters) credentials.set(cluster.name, await credentialsOf(cluster));
  await workspace.write(kubeconfigFile, formatKubeconfig(credentials), 0o600);
  await Promise.all(
    cloud.nodes.map(async ({ name, kubeconfig }) => {
      const cluster = cloud.clusters.find((candidate) => candidate.name === kubeconfig);
      const known = cluster && credentials.get(cluster.name);
      if (!known) return;
      const text = formatKubeconfig(new Map([[cluster.name, { ...known, server: clusterEndpoint(cluster) }]]));
      const script = 'set -e; umask 077; mkdir -p /home/ops/.kube; cat > /home/ops/.kube/config.new; mv /home/ops/.kube/config.new /home/ops/.kube/config; chown -R ops: /home/ops/.kube';
      const result = await exec(name, ["sh", "-c", script], { user: "root", stdin: text });
      if (result.exitCode !== 0) throw new RempartError("lab.setup-failed", `${name} did not take its kubeconfig: ${`${result.stdout}${result.stderr}`.trim()}`, { kept: "the cluster and the network run", next: "start the lab again" });
    }),
  );
}

/** Brings a new cluster to the state that the lab begins with. Throws `lab.setup-failed` with the output of the command that failed. */
export async function runSetup(lab: Pick<Lab, "setup">, cloud: Cloud, exec: LabRuntime["exec"]): Promise<void> {
  for (const { node, user, run } of lab.setup) {
    const home = user === "root" ? "/root" : `/home/${user}`;
    const result = await exec(node, ["bash", "-c", interpolate(run, cloud)], { user, workingDirectory: home, environment: { HOME: home, USER: user, LC_ALL: "C.UTF-8" }, timeoutMilliseconds: setupLimitMilliseconds });
    if (result.exitCode === 0) continue;
    throw new RempartError("lab.setup-failed", `A command that prepares the lab ended with ${result.exitCode} in ${node}: ${`${result.stdout}${result.stderr}`.trim()}`, { kept: "the cluster and the network run", next: "stop the lab and start it again" });
  }
}
