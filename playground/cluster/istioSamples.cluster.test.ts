import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pinnedModule } from "../images/buildProgram.ts";
import { cacheFolder } from "../images/cacheFolder.ts";
import { ensureImages } from "../images/ensureImage.ts";
import { clusterLab, clusterNetworkText } from "../model/testCluster.ts";
import type { RunningLab } from "../services/runningLab.ts";
import { createHarness, type Harness } from "../testing/labHarness.ts";

/**
 * Istio's own samples, from the folder that the laptop of a lab has, applied as they are; and manifests as Kubernetes' documentation has them. Of bookinfo, the
 * rules alone are proven: its services are of other languages and their images come from a registry, so they are declared here and never run.
 */
const podImages = ["istio/pilot:1.31.0", "istio/proxyv2:1.31.0", "mccutchen/go-httpbin:v2.15.0", "curlimages/curl:8.16.0", "registry.istio.io/release/tcp-echo-server:1.3", "sample-app:v1", "sample-app:v2", "curl:1"];
const samples = "/usr/share/istio/samples";
const manifests = join(import.meta.dirname, "testManifests");
const gateway = "203.0.113.129";

const network = clusterNetworkText.replace(/workers: .*\n/, "workers: []\n").replace(/images: .*/, `images: [${podImages.map((image) => `"${image}"`).join(", ")}]`);
const start = [
  // With the gateway that samples have their visitors come in by.
  "istioctl install --set profile=default -y",
  "kubectl label namespace default istio-injection=enabled",
  `cd ${samples} && kubectl apply -f httpbin/httpbin.yaml -f curl/curl.yaml -f tcp-echo/tcp-echo.yaml`,
  "kubectl create namespace legacy && kubectl apply -n legacy -f curl/curl.yaml",
  "for name in httpbin curl tcp-echo; do kubectl rollout status deployment/$name --timeout=150s; done; kubectl rollout status -n legacy deployment/curl --timeout=60s",
];

let harness: Harness;
let lab: RunningLab;

beforeAll(async () => {
  harness = await createHarness();
  await ensureImages(harness.engine, ["kubernetes-node", "cluster-access", ...podImages], () => undefined);
  const { internet } = clusterLab;
  const laptop = internet?.hosts["laptop"];
  if (!internet || !laptop) throw new Error("the lab of clusters has no laptop");
  lab = harness.lab({
    lab: { ...clusterLab, internet: { ...internet, hosts: { laptop: { ...laptop, image: "cluster-access" } } }, setup: [{ node: "laptop", user: "ops", run: `set -e; ${start.join("; ")}` }] },
    folder: "/nowhere",
    ours: true,
    startNetwork: network,
    guides: { fr: "", en: "" },
  });
  await lab.up();
}, 600_000);
afterAll(async () => {
  await lab.down(true);
  await harness.dispose();
});

/** What a command on the laptop says, in the folder of the samples; throws when it fails. */
async function laptop(line: string, stdin?: string): Promise<string> {
  const result = await lab.exec("laptop", ["bash", "-c", line], {
    user: "ops",
    workingDirectory: samples,
    environment: { HOME: "/home/ops", LC_ALL: "C.UTF-8" },
    timeoutMilliseconds: 90_000,
    ...(stdin === undefined ? {} : { stdin }),
  });
  if (result.exitCode !== 0) throw new Error(`${line}: exit ${String(result.exitCode)}: ${result.stdout}${result.stderr}`);
  return `${result.stdout}${result.stderr}`.trim();
}
const fromCurl = (line: string, namespace = "default"): Promise<string> => laptop(`kubectl exec -n ${namespace} deployment/curl -c curl -- sh -c '${line}; exit 0'`);
const code = (request: string, namespace?: string): Promise<string> => fromCurl(`curl -s -m 9 -o /dev/null -w "%{http_code}" ${request}`, namespace);
const apply = (yaml: string): Promise<string> => laptop("kubectl apply -f -", yaml);

/** A rule takes a few seconds to arrive: until it does, then once more. A command that fails meanwhile, as where no gateway listens yet, says why. */
async function becomes(command: () => Promise<string>, expected: string | RegExp): Promise<void> {
  const ask = (): Promise<string> => command().catch((error: unknown) => String(error));
  const fits = (text: string): boolean => (typeof expected === "string" ? text === expected : expected.test(text));
  for (const deadline = Date.now() + 40_000; Date.now() < deadline; ) {
    if (fits(await ask()) && fits(await ask())) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  if (typeof expected === "string") expect(await ask()).toBe(expected);
  else expect(await ask()).toMatch(expected);
}

it("the laptop's samples are those of the pinned module, byte by byte", async () => {
  const module = await pinnedModule(cacheFolder(), "istioctl", "istio.io/istio", () => undefined);
  for (const file of ["httpbin/httpbin.yaml", "httpbin/httpbin-gateway.yaml", "curl/curl.yaml", "tcp-echo/tcp-echo.yaml", "bookinfo/platform/kube/bookinfo.yaml", "bookinfo/networking/virtual-service-reviews-90-10.yaml"]) {
    expect(`${await laptop(`cat ${file}`)}\n`, file).toBe(`${(await readFile(join(module, "samples", file), "utf8")).trim()}\n`);
  }
});

describe("httpbin and curl", () => {
  it("answer as httpbin's own page of instructions says", async () => {
    expect(await fromCurl("curl --silent httpbin:8000/html")).toContain("Herman Melville - Moby-Dick");
    expect(await fromCurl("curl --silent --head httpbin:8000/status/500")).toMatch(/^HTTP\/1\.1 500 /);
    const [status = "", seconds = "0"] = (await fromCurl('curl -s -o /dev/null -w "%{http_code} %{time_total}" httpbin:8000/delay/5')).split(" ");
    expect([status, Number(seconds) >= 5]).toEqual(["200", true]);
  });

  it("know each other by their certificates, as Istio's task on mutual TLS shows; who has no sidecar is let in until STRICT cuts him off", async () => {
    expect(await fromCurl("curl -s httpbin:8000/headers")).toContain("URI=spiffe://cluster.local/ns/default/sa/curl");
    expect(await fromCurl("curl -s httpbin.default:8000/headers", "legacy")).not.toContain("spiffe://");
    await apply("apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: { name: default }\nspec: { mtls: { mode: STRICT } }\n");
    await becomes(() => code("httpbin.default:8000/ip", "legacy"), "000");
    expect(await code("httpbin:8000/ip")).toBe("200");
    await laptop("kubectl delete peerauthentication default");
  });

  it("are denied and allowed by method and by path, as in Istio's task on denying", async () => {
    const deny = (rule: string): string => `apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: deny }\nspec:\n  selector: { matchLabels: { app: httpbin } }\n  action: DENY\n  rules: [${rule}]\n`;
    await apply(deny('{ to: [{ operation: { methods: ["GET"] } }] }'));
    await becomes(() => code("httpbin:8000/get"), "403");
    expect(await code("-X POST httpbin:8000/post")).toBe("200");
    await apply(deny('{ to: [{ operation: { methods: ["GET"] } }], when: [{ key: "request.headers[x-token]", notValues: ["admin"] }] }'));
    await becomes(() => code('-H "x-token: admin" httpbin:8000/get'), "200");
    expect(await code('-H "x-token: guest" httpbin:8000/get')).toBe("403");
    await laptop("kubectl delete authorizationpolicy deny");
    await becomes(() => code("httpbin:8000/get"), "200");
  });

  it("are reached from outside through the gateway of the sample, with its address of the lab's range", async () => {
    expect(await laptop("kubectl get -n istio-system service istio-ingressgateway -o 'jsonpath={.status.loadBalancer.ingress[0].ip}'")).toBe(gateway);
    await laptop("kubectl apply -f httpbin/httpbin-gateway.yaml");
    const visit = (path: string): Promise<string> => laptop(`curl -s -m 9 -o /dev/null -w '%{http_code}' http://${gateway}${path}`);
    await becomes(() => visit("/status/418"), "418");
    expect(await visit("/ip")).toBe("200");
    await laptop("kubectl delete -f httpbin/httpbin-gateway.yaml");
    await becomes(() => visit("/ip"), /^404$|exit 7: 000$/);
  });
});

describe("tcp-echo", () => {
  const echo = (port: number): Promise<string> => fromCurl(`echo "port ${String(port)}" | timeout 3 nc tcp-echo ${String(port)} 2>&1 || true`);
  it("echoes by TCP, and is allowed port by port, as in Istio's task on TCP", async () => {
    expect([await echo(9000), await echo(9001)]).toEqual(["hello port 9000", "hello port 9001"]);
    await apply("apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: tcp-policy }\nspec:\n  selector: { matchLabels: { app: tcp-echo } }\n  action: ALLOW\n  rules: [{ to: [{ operation: { ports: [\"9000\"] } }] }]\n");
    await becomes(() => echo(9001).then((said) => (said.includes("hello") ? "hello" : "cut")), "cut");
    expect(await echo(9000)).toBe("hello port 9000");
  });
});

describe("the rules of bookinfo, whose services do not run here", () => {
  const rules = "bookinfo/networking";
  /** Where a caller's sidecar sends requests for the reviews: subsets with their weights, for each route in turn. */
  const reviews = async (): Promise<string> => {
    const tables = JSON.parse(await laptop("istioctl proxy-config routes deployment/curl.bookinfo --name 9080 -o json")) as { virtualHosts: { name: string; routes: { match: { headers?: unknown[] }; route?: { cluster?: string; weightedClusters?: { clusters: { name: string; weight: number }[] } } }[] }[] }[];
    const host = tables.flatMap(({ virtualHosts }) => virtualHosts).find(({ name }) => name.startsWith("reviews."));
    const subset = (cluster = ""): string => cluster.split("|")[2] ?? "";
    return (host?.routes ?? []).map(({ match, route }) => (match.headers ? "jason " : "") + (route?.weightedClusters ? route.weightedClusters.clusters.map(({ name, weight }) => `${subset(name)} ${String(weight)}`).join(" ") : subset(route?.cluster))).join(", ");
  };

  beforeAll(async () => {
    await laptop("kubectl create namespace bookinfo && kubectl label namespace bookinfo istio-injection=enabled && kubectl apply -n bookinfo -f curl/curl.yaml -f bookinfo/platform/kube/bookinfo.yaml");
    await laptop("kubectl scale -n bookinfo deployment -l 'app!=curl' --replicas=0 && kubectl scale -n bookinfo deployment productpage-v1 details-v1 ratings-v1 reviews-v1 reviews-v2 reviews-v3 --replicas=0 && kubectl scale -n bookinfo deployment curl --replicas=1");
    await laptop("kubectl rollout status -n bookinfo deployment/curl --timeout=80s");
  });

  it("are all accepted by the API server and by istiod", async () => {
    const refused = await laptop(`for file in ${rules}/*.yaml bookinfo/policy/*.yaml; do kubectl apply -n bookinfo --dry-run=server -f $file > /tmp/said 2>&1 || kubectl apply --dry-run=server -f $file > /tmp/said 2>&1 || { echo "$file"; cat /tmp/said; }; done`);
    expect(refused).toBe("");
  });

  it("lead each request where their names say", async () => {
    await laptop(`kubectl apply -n bookinfo -f ${rules}/destination-rule-all-mtls.yaml -f ${rules}/virtual-service-all-v1.yaml`);
    await becomes(reviews, "v1");
    // IST0173 says that a subset has no pods, which is so here.
    expect(await laptop("istioctl analyze -n bookinfo 2>&1 || true")).not.toMatch(/^Error \[(?!IST0173)/m);
    for (const [file, expected] of [["reviews-90-10", "v1 90 v2 10"], ["reviews-50-v3", "v1 50 v3 50"], ["reviews-test-v2", "jason v2, v1"], ["reviews-v3", "v3"]]) {
      await laptop(`kubectl apply -n bookinfo -f ${rules}/virtual-service-${String(file)}.yaml`);
      await becomes(reviews, String(expected));
    }
    // The check can fail: a version that no rule names is found.
    await apply("apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: reviews, namespace: bookinfo }\nspec:\n  hosts: [reviews]\n  http: [{ route: [{ destination: { host: reviews, subset: v9 } }] }]\n");
    expect(await laptop("istioctl analyze -n bookinfo 2>&1 || true")).toMatch(/Error \[IST0101\].*v9/);
  });

  it("inject the faults that they promise into the requests of jason alone", async () => {
    const ratings = (header: string): Promise<string> => fromCurl(`curl -s -m 20 -w " %{http_code} %{time_total}" ${header} http://ratings:9080/ratings/0`, "bookinfo");
    const jason = '-H "end-user: jason"';
    await laptop(`kubectl apply -n bookinfo -f ${rules}/virtual-service-ratings-test-abort.yaml`);
    await becomes(() => ratings(jason).then((said) => said.replace(/ [\d.]+$/, "")), "fault filter abort 500");
    expect(await ratings("")).toMatch(/ 503 /);
    await laptop(`kubectl apply -n bookinfo -f ${rules}/virtual-service-ratings-test-delay.yaml`);
    await becomes(() => ratings(jason), / 503 7\.\d+$/);
    expect(await ratings("")).toMatch(/ 503 0\.\d+$/);
  });
});

describe("manifests as Kubernetes' documentation has them", () => {
  const read = (file: string): Promise<string> => readFile(join(manifests, file), "utf8");
  it("a Deployment behind a Service has an address of the lab's range, and rolls to another version and back without a failed visit", async () => {
    await apply(await read("web.yaml"));
    await laptop("kubectl rollout status deployment/web --timeout=60s");
    const address = await laptop("kubectl get service web -o 'jsonpath={.status.loadBalancer.ingress[0].ip}'");
    expect(address).toMatch(/^203\.0\.113\.1[34]\d$/);
    const page = (): Promise<string> => laptop(`curl -s -m 5 http://${address}`);
    const before = await page();
    const visits = laptop(`for i in $(seq 60); do curl -s -m 5 -o /dev/null -w '%{http_code}\\n' http://${address}; sleep 0.2; done | sort | uniq -c`);
    await laptop("kubectl set image deployment/web web=sample-app:v2 && kubectl rollout status deployment/web --timeout=60s");
    expect(await visits).toMatch(/^60 200$/);
    // A pod of the old version may be on its way out still, and be found for a moment; then nobody reads it any more.
    await becomes(() => laptop(`for i in $(seq 10); do curl -s -m 5 http://${address}; echo; done | grep -c 'Fundamentals of DevOps!' || true`), "10");
    await laptop("kubectl rollout undo deployment/web && kubectl rollout status deployment/web --timeout=60s");
    await becomes(page, before);
  });

  it("an Ingress leads by name and path, through Istio's gateway", async () => {
    await apply(await read("ingress.yaml"));
    await becomes(() => laptop(`curl -s -m 5 -o /dev/null -w '%{http_code}' -H 'Host: web.example.com' http://${gateway}/`), "200");
    expect(await laptop(`curl -s -m 5 -o /dev/null -w '%{http_code}' -H 'Host: other.example.com' http://${gateway}/`)).toBe("404");
    expect(await laptop(`curl -s -m 5 -o /dev/null -w '%{http_code}' -H 'Host: web.example.com' http://${gateway}/status/418`)).toBe("418");
  });

  it("a NetworkPolicy is kept by the API server, and stops nothing: a node that was built here has a plain network plugin, which enforces none", async () => {
    expect(await apply(await read("networkPolicy.yaml"))).toContain("networkpolicy.networking.k8s.io/web-for-nobody created");
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(await code("http://web")).toBe("200");
  });
});
