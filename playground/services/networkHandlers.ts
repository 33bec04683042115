import type { Handlers, NetworkFile } from "../contract/contract.ts";
import { linkId } from "../fabric/names.ts";
import { buildTopology } from "../model/buildTopology.ts";
import { RempartError } from "../model/errors.ts";
import { exportDot } from "../model/exportDot.ts";
import { exportMermaid } from "../model/exportMermaid.ts";
import { networkJsonSchema } from "../model/jsonSchema.ts";
import { predictPath } from "../model/packetPath.ts";
import { planNetwork } from "../model/planDiff.ts";
import { resolveCloud } from "../model/resolve.ts";
import { tunnelEdges } from "../model/tunnel.ts";
import { faultsError, readNetwork } from "./labFaults.ts";
import { pictureOf, type LabHandlerParts } from "./labHandlers.ts";
import { nodeDetail } from "./nodeDetail.ts";
import { probePath } from "./pathProbe.ts";
import type { RunningLab } from "./runningLab.ts";
import type { TunnelWatch } from "./tunnels.ts";
import { Workspace } from "./workspace.ts";

type Served =
  | "network.read" | "network.write" | "network.validate" | "network.schema" | "network.plan" | "network.apply"
  | "topology.get" | "topology.export" | "nodes.get" | "nodes.log" | "nodes.restart" | "links.impair" | "path.predict" | "path.probe";

/** The student's network: file, plan, picture, machines and paths. Reading, planning and predicting work without an engine. */
export function networkHandlers(parts: LabHandlerParts, engineOf: () => Promise<{ logs(id: string): Promise<string>; restartContainer(id: string): Promise<void> }>, tunnels: Pick<TunnelWatch, "look">): Pick<Handlers, Served> {
  const { registry, labs, grading } = parts;
  const fileOf = async (lab: string): Promise<{ workspace: Workspace; loaded: Awaited<ReturnType<typeof registry.get>> }> => {
    const loaded = await registry.get(lab);
    const workspace = new Workspace(parts.labsFolder, lab);
    await workspace.prepare(loaded);
    return { workspace, loaded };
  };
  const validate = async (lab: string, text: string): Promise<NetworkFile["faults"]> => readNetwork((await registry.get(lab)).lab, text, parts.knownImages).faults;

  return {
    "network.read": async ({ lab }) => {
      const { workspace } = await fileOf(lab);
      const { text, revision } = await workspace.readNetwork();
      return { text, revision, faults: await validate(lab, text) };
    },
    "network.write": async ({ lab, text, revision }) => {
      const { workspace } = await fileOf(lab);
      const written = await workspace.writeNetwork(text, revision);
      parts.onNetworkChanged(lab, written);
      return { text, revision: written, faults: await validate(lab, text) };
    },
    "network.validate": async ({ lab, text }) => ({ faults: await validate(lab, text) }),
    "network.schema": () => Promise.resolve({ schema: networkJsonSchema() }),
    "network.plan": async ({ lab }) => {
      const { workspace, loaded } = await fileOf(lab);
      const { text } = await workspace.readNetwork();
      const { network, faults } = readNetwork(loaded.lab, text, parts.knownImages);
      if (!network || faults.length > 0) throw faultsError("network.yml", faults);
      const running = await labs.lab(lab).catch(ignoreMissingEngine);
      return planNetwork(loaded.lab, running?.applied, resolveCloud(loaded.lab, network));
    },
    "network.apply": async ({ lab }) => {
      const begun = performance.now();
      const plan = await (await labs.lab(lab)).apply();
      grading.labChanged(lab);
      return { plan, milliseconds: Math.round(performance.now() - begun) };
    },
    "topology.get": async ({ lab }) => {
      await labs.lab(lab).catch(ignoreMissingEngine);
      return buildTopology(await pictureOf(parts, await registry.get(lab)));
    },
    "topology.export": async ({ lab, format }) => {
      const opened = await labs.lab(lab).catch(ignoreMissingEngine);
      const picture = buildTopology(await pictureOf(parts, await registry.get(lab)));
      // What cannot be observed is left out of the picture; it is no reason to have none.
      const seen = opened === undefined ? [] : await tunnels.look(opened).catch(() => []);
      const topology = { ...picture, edges: [...picture.edges, ...tunnelEdges(seen)] };
      return { text: format === "mermaid" ? exportMermaid(topology) : exportDot(topology) };
    },
    "nodes.get": async ({ lab, node }) => {
      const running = await labs.lab(lab);
      const status = await labs.status(lab);
      return nodeDetail(running, node, status.nodes.find((entry) => entry.name === node)?.memoryBytes);
    },
    "nodes.log": async ({ lab, node }) => ({ text: await (await engineOf()).logs((await labs.lab(lab)).machines.containerOf(node)) }),
    "nodes.restart": async ({ lab, node }) => {
      const running = await labs.lab(lab);
      // One that was switched off on purpose is started, and so mended.
      if (running.machines.isHeld(node)) return parts.startAgain(running, node);
      await (await engineOf()).restartContainer(running.machines.containerOf(node));
      await running.machines.refresh(node);
      await running.repairWiring();
      return {};
    },
    "links.impair": async ({ lab, node, lossPercent, delayMilliseconds }) => {
      const running = await labs.lab(lab);
      const link = linkOf(running, node);
      await parts.cableSet(running, node);
      return { how: await running.impair(link, { lossPercent, delayMilliseconds }) };
    },
    "path.predict": async ({ lab, question }) => {
      await labs.lab(lab).catch(ignoreMissingEngine);
      return predictPath(await pictureOf(parts, await registry.get(lab)), question);
    },
    "path.probe": async ({ lab, question }) => {
      const running = await labs.lab(lab);
      const prediction = predictPath(running.shown ?? running.cloud(), question);
      const observation = await probePath(running, question);
      // Where nothing was predicted, nothing agrees and nothing differs.
      return { prediction, observation, ...(prediction.verdict === "unknown" ? {} : { agrees: prediction.verdict === observation.verdict }) };
    },
  };
}

function ignoreMissingEngine(error: unknown): undefined {
  if (error instanceof RempartError && error.kind === "machine") return undefined;
  throw error;
}

/** The id of the cable of a machine's first interface. Throws `input.unknown-node` and `lab.node-not-running`. */
function linkOf(lab: RunningLab, name: string): string {
  const entry = lab.cloud().nodes.find((node) => node.name === name)?.interfaces[0];
  if (!entry || (entry.attachment.kind !== "subnet" && entry.attachment.kind !== "internet")) {
    throw new RempartError("input.unknown-node", `'${name}' has no cable to a VPC or to the Internet`, { kind: "input" });
  }
  lab.machines.containerOf(name);
  return linkId(name, entry.name);
}
