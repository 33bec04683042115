import type { Cluster } from "../model/cloud.ts";
import { formatAddress, formatPrefix } from "../model/ip.ts";

/** What of the engine's computer and of the node image decides how a cluster is made. */
export interface ClusterGround {
  /** Of the engine's computer: "1" or "2". */
  readonly cgroupVersion: string;
  /** Whether containers can have CAP_SYS_RESOURCE; some hosts keep it from all. */
  readonly hasSysResource: boolean;
  /** Whether the node image brings kind's own network plugin, as a pulled one does; one that we built has none. */
  readonly hasNetworkPlugin: boolean;
}

/** The configuration for `kind create cluster`; JSON is YAML. */
export function kindConfig(name: string, cluster: Cluster, image: string, ground: ClusterGround): string {
  const [controlPlane] = cluster.members;
  const names = ["localhost", "127.0.0.1", ...(controlPlane ? [formatAddress(controlPlane.address), ...(controlPlane.publicAddress ? [formatAddress(controlPlane.publicAddress)] : [])] : [])];
  const patches = [patch("ClusterConfiguration", { encryptionAlgorithm: quickKeys, apiServer: { certSANs: names, ...frugal }, controllerManager: frugal, scheduler: frugal, etcd: { local: frugal } }), patch("KubeletConfiguration", kubeletConfig(ground))];
  const config = {
    kind: "Cluster",
    apiVersion: "kind.x-k8s.io/v1alpha4",
    name,
    networking: {
      ipFamily: "ipv4",
      // This computer alone, at a port that Docker chooses.
      apiServerAddress: "127.0.0.1",
      podSubnet: formatPrefix(cluster.podPrefix),
      serviceSubnet: formatPrefix(cluster.servicePrefix),
      disableDefaultCNI: !ground.hasNetworkPlugin,
    },
    kubeadmConfigPatches: patches,
    ...(ground.hasSysResource || !ground.hasNetworkPlugin ? {} : { containerdConfigPatches: [restrictOomScores] }),
    // Without it, a node would be called after its container, whose name says to which installation and lab it belongs.
    nodes: cluster.members.map(({ node, role }) => ({ role, image, kubeadmConfigPatches: [patch(role === "control-plane" ? "InitConfiguration" : "JoinConfiguration", { nodeRegistration: { name: node } })] })),
  };
  return `${JSON.stringify(config, undefined, 2)}\n`;
}

/**
 * Go's collector comes twice as often as by itself: with Istio's resources, the API server alone would keep 200 MB that nobody uses, and a laptop of 8 GB
 * has better use for them. The variable is Go's own: https://pkg.go.dev/runtime#hdr-Environment_Variables
 */
const frugal = { extraEnvs: [{ name: "GOGC", value: "50" }] };

/** A dozen RSA keys, kubeadm's default, are seconds of work of one core while all else waits: https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/ */
const quickKeys = "ECDSA-P256";

const patch = (kind: string, values: Readonly<Record<string, unknown>>): string => JSON.stringify({ kind, ...values });

/** Who lacks CAP_SYS_RESOURCE cannot protect a process from the kernel's out-of-memory killer. */
const restrictOomScores = `[plugins."io.containerd.grpc.v1.cri"]\n  restrict_oom_score_adj = true\n[plugins."io.containerd.cri.v1.runtime"]\n  restrict_oom_score_adj = true\n`;

function kubeletConfig({ cgroupVersion, hasSysResource }: ClusterGround): Record<string, unknown> {
  return {
    // From 1.35 on the kubelet refuses cgroup v1 unless told otherwise.
    ...(cgroupVersion === "1" ? { failCgroupV1: false } : {}),
    // Without it, the kubelet insists on settings of the kernel that it may not write.
    ...(hasSysResource ? {} : { featureGates: { KubeletInUserNamespace: true } }),
    // What a lab needs is there: nothing is thrown away to make room.
    imageMaximumGCAge: "0s",
  };
}
