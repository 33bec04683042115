import { createRoot } from "react-dom/client";
import "@fontsource-variable/inter/index.css";
import "@fontsource-variable/jetbrains-mono/index.css";
import "../theme/base.css";
import labText from "../../assets/labs/07-route-tables-gateways/lab.yml?raw";
import networkText from "../../assets/labs/07-route-tables-gateways/network.yml?raw";
import type { LabStatus, RempartClient } from "../../playground/contract/contract.ts";
import { buildTopology } from "../../playground/model/buildTopology.ts";
import type { Cloud } from "../../playground/model/cloud.ts";
import { parseLabFile } from "../../playground/model/labFile.ts";
import { parseNetworkFile } from "../../playground/model/networkFile.ts";
import { predictPath } from "../../playground/model/packetPath.ts";
import { resolveCloud } from "../../playground/model/resolve.ts";
import type { Topology } from "../../playground/model/topology.ts";
import { chooseValues, fillValues, variantsOf } from "../../playground/model/variants.ts";
import { App } from "../App.tsx";
import { createStores, StoresProvider } from "../state/stores.tsx";
import { generateTopology, physicalTopology } from "../../playground/picture/topologySamples.ts";
import { createFakeClient } from "./fakeHost.ts";
import { fakeDetail } from "./fakeLab.ts";

/**
 * The window over the real lab 07 (its picture and its predictions come from the model), or over a generated picture:
 * `?nodes=500`, `?physical`. For work on the topology and for its frame-rate bench; never part of the product.
 */
const query = new URLSearchParams(location.search);
const values = chooseValues(variantsOf(labText), undefined);
const { lab } = parseLabFile(fillValues(labText, values));
const { network } = parseNetworkFile(fillValues(networkText, values));
if (lab === undefined || network === undefined) throw new Error("lab 07 does not parse");
const cloud: Cloud = resolveCloud(lab, network);
const wanted = Number(query.get("nodes") ?? 0);
const topology: Topology = query.has("physical")
  ? physicalTopology(2, 5, 1)
  : wanted > 0
    ? generateTopology({ vpcs: 5, zones: 2, publicSubnets: 1, privateSubnets: 1, instances: Math.round(wanted / 20) - 1, hosts: 14, nameLength: 9 })
    : buildTopology(cloud);
const states = ["running", "running", "running", "running", "running", "starting", "running", "disconnected", "running", "stopped"] as const;
const fingerprints = "ci-info: no authorized SSH keys fingerprints found for user admin.\n-----BEGIN SSH HOST KEY FINGERPRINTS-----\n256 SHA256:4t2iEZfDSKrNHVeBGbzvSwFr5Q0x3vjHq1tB6j2m0Kk root@bastion (ECDSA)\n256 SHA256:xU8kZbGv0yWdA6c8Yc0m5q1nJ9G0m9Qe2rT7o1pLq3E root@bastion (ED25519)\n-----END SSH HOST KEY FINGERPRINTS-----\n";
const phase = query.has("stopped") ? ("stopped" as const) : ("running" as const);

const fake = createFakeClient({
  pace: 100,
  overrides: {
    "topology.get": async () => topology,
    "labs.status": async (params) => ({
      lab: params.lab, phase, memoryBytes: 214 * 1024 * 1024, findings: [], checks: [], outputs: {}, folder: "/home/student/rempart/07",
      nodes: topology.nodes.filter((node) => node.terminal).map((node, index) => ({ name: node.name, state: phase === "stopped" ? "absent" : query.has("states") ? (states[index % states.length] ?? "running") : "running", restarts: 0 })),
    }),
    "nodes.log": async () => ({ text: `[    0.000000] Linux version 6.1.0\n[    1.204410] systemd[1]: Reached target network.target\n${fingerprints}Debian GNU/Linux 12 bastion ttyS0\n` }),
    "path.predict": async ({ question }) => predictPath(cloud, question),
    "path.probe": async ({ question }) => {
      const prediction = predictPath(cloud, question);
      return { prediction, observation: { verdict: prediction.verdict === "unknown" ? "open" : prediction.verdict, command: "nc -zvw3", output: "timed out", milliseconds: 3001 }, ...(prediction.verdict === "unknown" ? {} : { agrees: true }) };
    },
    "topology.export": async ({ format }) => ({ text: format }),
  },
});
const statusListeners: ((status: LabStatus) => void)[] = [];
const client: RempartClient = {
  ...fake,
  on(event, listener) {
    if (event === "lab.status") statusListeners.push(listener as unknown as (status: LabStatus) => void);
    return fake.on(event, listener);
  },
};
/** For the bench: what the engine's event does when a machine's state changes. */
async function setNodeState(name: string, state: LabStatus["nodes"][number]["state"]): Promise<void> {
  const status = await fake.call("labs.status", { lab: fakeDetail.id });
  const nodes = status.nodes.map((node) => (node.name === name ? { ...node, state } : node));
  for (const listener of statusListeners) listener({ ...status, nodes });
}
Object.assign(window, { setNodeState });
location.hash = `#/lab/${fakeDetail.id}`;
const stores = createStores(client, { get: () => location.hash, set: (hash) => void (location.hash = hash) });
window.addEventListener("hashchange", () => stores.app.getState().followAddress());
const theme = query.get("theme");
void client.call("settings.set", { theme: theme === "dark" ? "dark" : "light", language: query.get("language") === "en" ? "en" : "fr" });
const root = document.getElementById("root");
if (root !== null) createRoot(root).render(<StoresProvider stores={stores}><App /></StoresProvider>);
