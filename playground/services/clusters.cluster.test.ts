import { once } from "node:events";
import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { labelKeys } from "../engine/labels.ts";
import { imageReference, labImageNames } from "../images/catalogue.ts";
import { ensureImages } from "../images/ensureImage.ts";
import { clusterLab, clusterNetworkText } from "../model/testCluster.ts";
import { createHarness, type Harness } from "../testing/labHarness.ts";
import { fabricNode } from "./containerSpecs.ts";
import { LabService } from "./labService.ts";
import { makeClusterSupport } from "./makeClusterSupport.ts";
import { resolvePaths } from "./paths.ts";
import type { RunningLab } from "./runningLab.ts";

const controlPlane = "main-control-plane";
const worker = "main-worker";
const network = clusterNetworkText.replace(/workers: .*/, "workers: [{ private_ip: 10.0.0.101 }]").replace(/images: .*/, 'images: ["sample-app:v1", "curl:1"]');

let harness: Harness;
let service: LabService;
let lab: RunningLab;

/** Two nodes, a page with two pods, and a pod to ask from. */
const start = `
kubectl create deployment web --image=sample-app:v1 --port=8080 --replicas=4
kubectl expose deployment web --type=LoadBalancer --port=80 --target-port=8080
kubectl expose deployment web --name=inside --port=80 --target-port=8080
kubectl run curl --image=curl:1 --overrides='{"spec":{"nodeName":"${controlPlane}","tolerations":[{"operator":"Exists"}]}}'
kubectl rollout status deployment/web --timeout=120s
kubectl wait --for=condition=Ready pod/curl --timeout=120s`;

beforeAll(async () => {
  harness = await createHarness();
  const loaded = { lab: { ...clusterLab, setup: [{ node: controlPlane, user: "root" as const, run: `export KUBECONFIG=/etc/kubernetes/admin.conf; set -e; ${start}` }] }, folder: "/nowhere", ours: true, startNetwork: network, guides: { fr: "", en: "" } };
  service = new LabService({
    paths: { ...resolvePaths(), labs: harness.labsFolder, scope: harness.scope },
    labs: { list: async () => [loaded], get: async () => loaded, add: async () => loaded },
    engine: async () => harness.engine,
    imageReference,
    knownImages: labImageNames,
    ensureImages,
    hasTunnelDevice: async () => true,
    clusters: makeClusterSupport,
    live: true,
    emit: () => undefined,
    onMachineEvent: () => undefined,
    checks: async () => [],
  });
  lab = await service.lab(clusterLab.id);
  await lab.up();
});
afterAll(async () => {
  await lab.down(true);
  service.dispose();
  const left = [...(await harness.engine.listContainers({ [labelKeys.scope]: harness.scope })), ...(await harness.engine.listNetworks({ [labelKeys.scope]: harness.scope }))];
  await harness.dispose();
  expect(left).toEqual([]);
});

const sh = async (node: string, line: string): Promise<string> => {
  const result = await lab.exec(node, ["bash", "-c", line], { timeoutMilliseconds: 60_000 });
  return `${result.stdout}${result.stderr}`.trim();
};
const kubectl = (line: string): Promise<string> => sh(controlPlane, `kubectl --kubeconfig /etc/kubernetes/admin.conf ${line}`);
const curl = (node: string, url: string): Promise<string> => sh(node, `curl -sk -m 2 -o /dev/null -w '%{http_code}' ${url}`);
const fromPod = (line: string): Promise<string> => kubectl(`exec curl -- sh -c '${line}'`);
const containers = async (): Promise<string[]> => (await harness.engine.listContainers({ [labelKeys.scope]: harness.scope })).map(({ id }) => id).sort();
const serviceAddress = "203.0.113.129";

async function within(limitMilliseconds: number, condition: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + limitMilliseconds; Date.now() < deadline; ) {
    if (await condition().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`not within ${limitMilliseconds} ms`);
}

describe("a cluster in a lab", () => {
  it("has its nodes, under the cloud's names, and answers through the API server on this computer", async () => {
    const nodes = await lab.kubernetes(undefined, { api_version: "v1", kind: "Node", label_selector: "" });
    expect(nodes.map((node) => (node as { metadata: { name: string } }).metadata.name).sort()).toEqual([controlPlane, worker]);
    expect(await lab.kubernetes("main", { api_version: "apps/v1", kind: "Deployment", name: "nobody" })).toEqual([]);
    expect(await lab.kubernetes("main", { api_version: "nobody.example/v1", kind: "Nothing", name: "x" })).toEqual([]);
  });

  it("is reached as the network says: the API server, a service's address, a NodePort; not what no group lets in, nor a ClusterIP", async () => {
    expect(await curl("laptop", "https://203.0.113.100:6443/version")).toBe("200");
    expect(await curl("laptop", `http://${serviceAddress}`)).toBe("200");
    const nodePort = await kubectl("get service web -o 'jsonpath={.spec.ports[0].nodePort}'");
    expect(await curl("laptop", `http://203.0.113.100:${nodePort}`)).toBe("200");
    expect(await curl("laptop", "https://203.0.113.100:10250")).toBe("000");
    expect(await curl("laptop", `http://${serviceAddress}:81`)).toBe("000");
    const clusterIp = await kubectl("get service inside -o 'jsonpath={.spec.clusterIP}'");
    expect(await curl("laptop", `http://${clusterIp}`)).toBe("000");
    expect(await fromPod("curl -s -m 2 http://inside")).toContain("Hello");
  });

  it("has pods on both nodes that see each other's own address, and that leave to the lab under their node's", async () => {
    const pods = (await kubectl("get pods -l app=web -o 'jsonpath={range .items[*]}{.status.podIP} {.spec.nodeName}{\"\\n\"}{end}'")).split("\n").map((line) => line.split(" "));
    const own = await kubectl("get pod curl -o 'jsonpath={.status.podIP} {.spec.nodeName}'");
    const far = pods.find(([, node]) => node !== own.split(" ")[1]);
    expect(far).toBeDefined();
    expect(await fromPod(`curl -s -m 2 http://${far?.[0] ?? ""}:8080/client`)).toContain(own.split(" ")[0]);
  });

  it("keeps questions of names to itself: none leaves a node, and what is not the cluster's is not there", async () => {
    const fabric = lab.machines.containerOf(fabricNode);
    const run = async (line: string): Promise<string> => (await harness.engine.exec(fabric, ["bash", "-c", line])).stdout;
    // Pods ask the cluster's own server, wherever it is.
    const filter = "(port 53 or port 5353) and not (src net 10.244.0.0/16 and dst net 10.244.0.0/16)";
    const captures = [controlPlane, worker].flatMap((node) => ["eth0", "vpc0"].map((device) => `nsenter -t ${String(lab.machines.get(node)?.pid)} -n tcpdump -l -n -i ${device} '${filter}' >> /tmp/names 2> /dev/null & echo $! >> /tmp/names.pids`));
    await run(`rm -f /tmp/names*\n${captures.join("\n")}\nsleep 1`);
    const name = `leak-${harness.scope}.example.com`;
    // Whoever looks sees one: this goes from a node to its neighbour.
    const neighbour = (await sh(worker, "ip -4 -o address show eth0")).match(/inet ([\d.]+)/)?.[1] ?? "";
    await sh(controlPlane, `printf '\\x00\\x01\\x01\\x00\\x00\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x06witnes\\x00\\x00\\x01\\x00\\x01' > /dev/udp/${neighbour}/5353`);
    expect(await sh(controlPlane, `timeout 20 getent hosts ${name} || echo none`)).toBe("none");
    expect(await fromPod(`curl -s -m 5 http://${name} || echo none`)).toBe("none");
    const seen = await run("sleep 1; kill $(cat /tmp/names.pids); sleep 0.3; cat /tmp/names");
    expect(seen).toContain("witnes");
    expect(seen).not.toContain(name);
    expect(await fromPod(`dig +noall +comments ${name} | grep -o "status: [A-Z]*"`)).toBe("status: NXDOMAIN");
  });

  it("reaches nothing of this computer, also where that listens to all the world", async () => {
    const server = createServer((_request, response) => response.end("host")).listen(0, "0.0.0.0");
    try {
      await once(server, "listening");
      const address = server.address();
      const port = String(typeof address === "object" && address ? address.port : 0);
      const bridge = `${(await sh(controlPlane, "ip -4 -o address show eth0")).match(/inet (\d+\.\d+\.\d+)\./)?.[1] ?? ""}.1`;
      const read = await fetch(`http://127.0.0.1:${port}`).then((answer) => answer.text());
      expect(read).toBe("host");
      expect(await fromPod(`curl -s -m 2 http://${bridge}:${port} || echo none`)).toBe("none");
      expect(await sh(controlPlane, `curl -s -m 2 http://${bridge}:${port} || echo none`)).toBe("none");
    } finally {
      server.close();
    }
  });

  it("is left alone by a change of a route or a group", async () => {
    const before = await containers();
    await lab.applyNetwork(network.replace("port: 80,", "port: 8000,"));
    expect(await curl("laptop", `http://${serviceAddress}`)).toBe("000");
    await lab.applyNetwork(network);
    expect(await curl("laptop", `http://${serviceAddress}`)).toBe("200");
    expect(await containers()).toEqual(before);
    await lab.workspace.writeNetwork(network.replace("10.244.0.0/16", "10.200.0.0/16"));
    expect((await lab.plan()).changes.map(({ action, kind }) => `${action} ${kind}`)).toEqual(["replace clusters"]);
    await lab.workspace.writeNetwork(network);
  });

  it("is found again whole by another process", async () => {
    const before = await containers();
    const other = harness.lab(lab.loaded);
    await other.resume();
    expect(other.phase).toBe("running");
    expect(await containers()).toEqual(before);
  });

  it.each([worker, controlPlane])("is mended when %s dies", async (node) => {
    await harness.engine.exec(lab.machines.containerOf(node), ["sh", "-c", "systemctl poweroff --force --force"]).catch(() => undefined);
    await within(60_000, async () => lab.machines.get(node)?.running !== true || (lab.restarts.get(node) ?? 0) > 0);
    await within(150_000, async () => !lab.disconnected.has(node) && (await sh(node, "ip route")).includes("dev eth0") && /10\.244\.\d\.0\/24 via/.test(await sh(node, "ip route")));
    await within(150_000, async () => (await curl("laptop", `http://${serviceAddress}`)) === "200" && (await fromPod("curl -s -m 2 http://inside")).includes("Hello"));
  });
});
