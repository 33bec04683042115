import type { ContainerEngine, TerminalSize } from "../engine/containerEngine.ts";
import { RempartError } from "../model/errors.ts";
import type { PodTerminal } from "../model/podTerminal.ts";
import { clusterNodes } from "./clusterViews.ts";
import { openTerminal } from "./nodeTerminal.ts";
import type { PseudoTerminal } from "./pseudoTerminal.ts";
import type { RunningLab } from "./runningLab.ts";

/** Where kubeadm leaves the administrator's kubeconfig in the control plane. */
const adminKubeconfig = "/etc/kubernetes/admin.conf";

/** Small images have only sh; an image made from nothing has none, which kubectl then says. */
const shell = ["sh", "-c", "command -v bash >/dev/null && exec bash; exec sh"] as const;

/**
 * A shell in a container of a pod, by the kubectl of the cluster's control plane: it goes through the engine as every other terminal does,
 * wherever the engine is. Throws `cluster.not-running`, `lab.node-not-running`, and what the engine throws.
 */
export async function openPodShell(engine: ContainerEngine, lab: RunningLab, { cluster, namespace, pod, container }: PodTerminal, size: TerminalSize): Promise<PseudoTerminal> {
  const nodes = clusterNodes(lab, cluster);
  const controlPlane = nodes.find((node) => node.name.includes("control-plane")) ?? nodes[0];
  if (controlPlane === undefined) throw new RempartError("cluster.not-running", `lab ${lab.id} has no cluster '${cluster}' that runs`, { kind: "input", next: "start the lab first" });
  const command = ["kubectl", `--kubeconfig=${adminKubeconfig}`, "exec", "-it", `--namespace=${namespace}`, pod, ...(container === undefined ? [] : [`--container=${container}`]), "--", ...shell];
  return openTerminal(engine, lab.machines.containerOf(controlPlane.name), command, { user: "root" }, size);
}
