import { describe, expect, test } from "vitest";
import type { Cluster } from "../model/cloud.ts";
import { networkSchema } from "../model/network.ts";
import { parseNetworkFile } from "../model/networkFile.ts";
import { resolveCloud } from "../model/resolve.ts";
import { clusterLab, clusterNetworkText } from "../model/testCluster.ts";
import { kindConfig } from "./kindConfig.ts";
import { balancerProgram, dnsScript, networkScript, serviceAddresses } from "./nodeScripts.ts";

const [cluster] = resolveCloud(clusterLab, networkSchema.parse(parseNetworkFile(clusterNetworkText).network)).clusters;
const main = cluster as Cluster;

interface Config {
  readonly networking: Record<string, unknown>;
  readonly nodes: readonly { readonly role: string; readonly kubeadmConfigPatches: readonly string[] }[];
  readonly kubeadmConfigPatches: readonly string[];
  readonly containerdConfigPatches?: readonly string[];
}
const configOf = (ground: Parameters<typeof kindConfig>[3]): Config => JSON.parse(kindConfig("rempart-1-a-main", main, "image", ground)) as Config;
const patchesOf = (config: Config): Record<string, unknown>[] => config.kubeadmConfigPatches.map((patch) => JSON.parse(patch) as Record<string, unknown>);

describe("what kind is told", () => {
  const plain = configOf({ cgroupVersion: "2", hasSysResource: true, hasNetworkPlugin: true });

  test("nodes have the cloud's names, and the API server this computer alone", () => {
    expect(plain.nodes.map(({ role, kubeadmConfigPatches }) => [role, kubeadmConfigPatches.map((patch) => JSON.parse(patch) as unknown)])).toEqual([
      ["control-plane", [{ kind: "InitConfiguration", nodeRegistration: { name: "main-control-plane" } }]],
      ["worker", [{ kind: "JoinConfiguration", nodeRegistration: { name: "main-worker" } }]],
      ["worker", [{ kind: "JoinConfiguration", nodeRegistration: { name: "main-worker2" } }]],
    ]);
    expect(plain.networking).toEqual({ ipFamily: "ipv4", apiServerAddress: "127.0.0.1", podSubnet: "10.244.0.0/16", serviceSubnet: "10.96.0.0/16", disableDefaultCNI: false });
  });
  test("the certificate holds the addresses by which the lab reaches it", () => {
    expect(patchesOf(plain)[0]).toMatchObject({ kind: "ClusterConfiguration", apiServer: { certSANs: ["localhost", "127.0.0.1", "10.0.0.100", "203.0.113.100"] } });
  });
  test("each part of the control plane keeps its memory small", () => {
    const frugal = { extraEnvs: [{ name: "GOGC", value: "50" }] };
    expect(patchesOf(plain)[0]).toMatchObject({ encryptionAlgorithm: "ECDSA-P256", apiServer: frugal, controllerManager: frugal, scheduler: frugal, etcd: { local: frugal } });
  });
  test("an ordinary computer and kind's own image need nothing else", () => {
    expect(patchesOf(plain)[1]).toEqual({ kind: "KubeletConfiguration", imageMaximumGCAge: "0s" });
    expect(plain.containerdConfigPatches).toBeUndefined();
  });
  test("cgroup v1 and a host that keeps CAP_SYS_RESOURCE are told to the kubelet, and to containerd of an image that is not ours", () => {
    const config = configOf({ cgroupVersion: "1", hasSysResource: false, hasNetworkPlugin: true });
    expect(patchesOf(config)[1]).toMatchObject({ failCgroupV1: false, featureGates: { KubeletInUserNamespace: true } });
    expect(config.containerdConfigPatches?.[0]).toContain("restrict_oom_score_adj = true");
    expect(configOf({ cgroupVersion: "1", hasSysResource: false, hasNetworkPlugin: false }).containerdConfigPatches).toBeUndefined();
  });
  test("an image of ours has no network plugin", () => expect(configOf({ cgroupVersion: "2", hasSysResource: true, hasNetworkPlugin: false }).networking["disableDefaultCNI"]).toBe(true));
});

describe("what nodes are set up with", () => {
  const own = { node: "main-control-plane", podCidr: "10.244.0.0/24", address: "100.64.1.2" };
  const other = { node: "main-worker", podCidr: "10.244.1.0/24", address: "100.64.1.3" };

  test("with our plugin: a range for its pods, ways to the others', and a block that leads nowhere else", () => {
    const script = networkScript(main, own, [other], true);
    expect(script).toContain("ip route replace 10.244.1.0/24 via 100.64.1.3 dev eth0");
    expect(script).toContain('"subnet": "10.244.0.0/24"');
    expect(script).toContain("-s 10.244.0.0/16 ! -d 10.244.0.0/16 -o vpc0");
    expect(script).toContain("ip route replace blackhole 203.0.113.128/28");
  });
  test("a worker has no block, and kind's own plugin sees to pods itself", () => {
    const script = networkScript(main, other, [own], false);
    expect(script).not.toContain("blackhole");
    expect(script).not.toContain("via 100.64.1.2");
    expect(script).not.toContain("conflist");
  });
  test("names beyond the cluster: of the VPC's resolver, or of nobody", () => {
    expect(dnsScript(undefined)).toContain("rcode NXDOMAIN");
    expect(dnsScript(undefined)).not.toContain("forward");
    expect(dnsScript("10.0.0.2")).toContain("forward . 10.0.0.2");
    const [, , applied] = dnsScript(undefined).split("\n");
    const { items } = JSON.parse(applied ?? "") as { items: { kind: string; spec?: object }[] };
    expect(items.map(({ kind }) => kind)).toEqual(["ConfigMap", "Deployment"]);
    expect(items[1]?.spec).toEqual({ replicas: 1, template: { spec: { containers: [{ name: "coredns", readinessProbe: { periodSeconds: 1 } }] } } });
  });
  test("addresses of services: the block without its ends", () => {
    const addresses = serviceAddresses(main);
    expect([addresses.length, addresses[0], addresses.at(-1)]).toEqual([14, "203.0.113.129", "203.0.113.142"]);
    expect(serviceAddresses({ loadBalancerPrefix: undefined })).toEqual([]);
    expect(balancerProgram(addresses)).toContain(`--argjson block '${JSON.stringify(addresses)}'`);
  });
});
