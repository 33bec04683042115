import { z } from "zod";
import type { CheckObservation, Diagnostic, Handlers, LabPhase, LabStatus, Settings } from "../../playground/contract/contract.ts";
import { RempartError, type Fault } from "../../playground/model/errors.ts";
import { networkSchema } from "../../playground/model/network.ts";
import { planSchema, type Plan } from "../../playground/model/plan.ts";
import type { Emit } from "./fakeHost.ts";
import type { Exposure } from "../../playground/model/exposure.ts";
import { fakeComparison, fakeExposure, fakeTunnels } from "./fakeObservations.ts";
import { fakeClassTable } from "./fakeClass.ts";
import { fakeClusterDetail, fakeClusterLab, fakeClusterTopology, fakeClusterView, fakePolicyYaml } from "./fakeCluster.ts";
import { createFakeReports } from "./fakeReports.ts";
import { fakeStudio } from "./fakeStudio.ts";
import { fakeNames, fakeQuestions, fakeTree } from "./fakeDns.ts";
import { fakeBreakages } from "./fakeBreakages.ts";
import { fakeChecks, fakeDetail, fakeDiagnostics, fakeHints, fakeLabs, fakeNetwork, fakeTopology, natRoute } from "./fakeLab.ts";

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The handlers of the fake host. Only what the window asks in daily use is there. */
export function createFakeHandlers(emit: Emit, pace: number): Partial<Handlers> {
  let phase: LabPhase = "running";
  let text = fakeNetwork;
  let applied = fakeNetwork.replace(natRoute, "");
  let revision = 1;
  let settings: Settings = { theme: "system", textSize: 14, reduceMotion: false, copyOnSelect: false };
  let checks: CheckObservation[] = fakeChecks.map((check) => ({ ...check }));
  let cancelled = false;
  let diagnostics: Diagnostic[] = fakeDiagnostics;
  let opened = 1;
  let exposure: Exposure | undefined;
  const layouts = new Map<string, Record<string, unknown>>();
  const answers = new Map<string, string>();
  const topology = fakeTopology;

  const file = () => ({ text, revision: String(revision), faults: faultsOf(text) });
  const status = (): LabStatus => ({
    lab: fakeDetail.id,
    phase,
    nodes: topology.nodes.filter((node) => node.terminal).map((node) => ({ name: node.name, state: phase === "running" || phase === "applying" ? ("running" as const) : ("absent" as const), restarts: 0, memoryBytes: 23_800_000 })),
    memoryBytes: phase === "running" ? 214 * 1024 * 1024 : 0,
    findings: [],
    checks: phase === "running" ? checks : [],
    outputs: { bastion_ip: "203.0.113.10", nat_ip: "203.0.113.30" },
    folder: "/home/student/rempart/07-route-tables-gateways",
    hasDns: true,
  });
  const setPhase = (next: LabPhase) => {
    phase = next;
    emit("lab.status", status());
  };
  const plan = (): Plan =>
    text.includes(natRoute) === applied.includes(natRoute) && text === applied
      ? { changes: [], create: 0, change: 0, replace: 0, destroy: 0 }
      : {
          changes: [
            { action: "change", kind: "route_tables", name: "foo-private", id: "rtb-0a51", attributes: [{ path: "routes[1]", after: "0.0.0.0/0 → nat-foo", forcesReplacement: false }] },
          ],
          create: 0,
          change: 1,
          replace: 0,
          destroy: 0,
        };
  const work = async (task: string, steps: readonly [fr: string, en: string][]) => {
    cancelled = false;
    for (const [index, [fr, en]] of steps.entries()) {
      if (cancelled) {
        emit("progress", { task, step: String(index), label: { fr, en }, done: index, total: steps.length, state: "cancelled" });
        throw new RempartError("cancelled", "cancelled");
      }
      emit("progress", { task, step: String(index), label: { fr, en }, done: index, total: steps.length, state: "running", detail: `${index + 1}: ${en}` });
      await wait(pace);
    }
    const [fr, en] = steps.at(-1) ?? ["", ""];
    emit("progress", { task, step: "end", label: { fr, en }, done: steps.length, total: steps.length, state: "done" });
  };

  return {
    "system.info": async () => ({ version: "0.1.0", platform: "linux-x64", engine: "Docker 20.10.24", labsFolder: "/home/student/rempart", capabilities: { netem: false }, ready: true }),
    "system.diagnose": async () => ({ diagnostics }),
    "system.fix": async ({ id }) => {
      await work("setup", [["Lecture des paquets", "Reading packages"], ["Construction de l’image « instance »", "Building the image “instance”"], ["Contrôle de l’image", "Checking the image"]]);
      diagnostics = diagnostics.map((one) => (one.id === id ? { ...one, state: "ok" as const, advice: undefined } : one));
      const fixed = diagnostics.find((one) => one.id === id);
      if (!fixed) throw new RempartError("input.unknown-diagnostic", id);
      return { diagnostic: fixed };
    },
    "system.cancel": async () => {
      cancelled = true;
      return {};
    },
    "settings.get": async () => settings,
    "settings.set": async (patch) => (settings = { ...settings, ...patch }),
    "layout.get": async ({ lab }) => layouts.get(lab) ?? {},
    "layout.set": async ({ lab, layout }) => {
      layouts.set(lab, layout);
      return {};
    },
    "labs.list": async () => ({ labs: [...fakeLabs, fakeClusterLab].map((lab) => (lab.id === fakeDetail.id ? { ...lab, phase } : lab)) }),
    "labs.get": async ({ lab }) => {
      if (lab === fakeClusterLab.id) return { ...fakeClusterLab, ...fakeClusterDetail, ours: true };
      const summary = fakeLabs.find((one) => one.id === lab);
      if (!summary) throw new RempartError("input.unknown-lab", `There is no lab ${lab}.`, { next: "rempart labs" });
      const detail = lab === fakeDetail.id ? fakeDetail : { ...fakeDetail, ...summary };
      return {
        ...detail,
        steps: detail.steps.map((step, index) => ({
          ...step,
          hints: index === 2 ? fakeHints.slice(0, opened) : [],
          questions: step.questions.map((question) => ({ ...question, answer: answers.get(question.id) ?? "" })),
        })),
      };
    },
    "class.last": async () => ({}),
    "class.grade": async ({ folder }) => fakeClassTable(folder),
    "class.export": async ({ format }) => ({ name: `class.${format}`, mediaType: "text/csv", data: "" }),
    "labs.add": async () => {
      throw new RempartError("input.no-lab", "Ce dossier n’a pas de lab.yml.", { kept: "la bibliothèque est inchangée", next: "indiquez le dossier qui contient lab.yml" });
    },
    "labs.up": async () => {
      setPhase("starting");
      try {
        await work(`up:${fakeDetail.id}`, [["Vérification du lab", "Checking the lab"], ["Création de 9 machines", "Creating 9 machines"], ["Câblage du réseau", "Wiring the network"], ["Démarrage des services", "Starting services"]]);
      } catch (error) {
        setPhase("stopped");
        throw error;
      }
      setPhase("running");
      return status();
    },
    "labs.down": async () => {
      setPhase("stopping");
      await wait(pace);
      setPhase("stopped");
      return {};
    },
    "labs.status": async ({ lab }) => (lab === fakeClusterLab.id ? { ...status(), lab, phase: "running" as const, checks: [], nodes: fakeClusterTopology.nodes.filter((node) => node.terminal).map((node) => ({ name: node.name, state: "running" as const, restarts: 0 })) } : lab === fakeDetail.id ? status() : { ...status(), lab, phase: "stopped" as const, nodes: [], checks: [], memoryBytes: 0 }),
    "labs.reset": async () => {
      text = fakeNetwork.replace(natRoute, "");
      revision += 1;
      return file();
    },
    "network.read": async () => file(),
    "network.write": async (params) => {
      if (params.revision !== String(revision)) throw new RempartError("input.changed-on-disk", "network.yml changed on disk");
      text = params.text;
      revision += 1;
      return file();
    },
    "network.validate": async (params) => ({ faults: faultsOf(params.text) }),
    "network.schema": async () => ({ schema: z.toJSONSchema(networkSchema, { io: "input", unrepresentable: "any" }) }),
    "network.plan": async () => planSchema.parse(plan()),
    "network.apply": async () => {
      const done = plan();
      setPhase("applying");
      await wait(Math.min(pace, 60));
      applied = text;
      if (exposure !== undefined) exposure = { ...exposure, isStale: true };
      checks = checks.map((check) => (check.id === "nat-exit" ? { ...check, state: "passed" as const, summary: { fr: "200 en 4 ms, whoami a vu 203.0.113.30", en: "200 in 4 ms, whoami saw 203.0.113.30" } } : check));
      setPhase("running");
      emit("lab.topology", { lab: fakeDetail.id });
      return { plan: done, milliseconds: 48 };
    },
    "topology.get": async ({ lab }) => (lab === fakeClusterLab.id ? fakeClusterTopology : topology),
    "clusters.watch": async ({ lab, on }) => ({ clusters: on && lab === fakeClusterLab.id ? [fakeClusterView] : [] }),
    "clusters.object": async () => ({ yaml: fakePolicyYaml }),
    "clusters.log": async ({ pod }) => ({ text: `${pod} listens on 8080\nGET / 200\n` }),
    "comparisons.get": async ({ lab }) => ({ tables: lab === fakeDetail.id ? [fakeComparison] : [] }),
    "dns.questions": async ({ epoch }) => ({ epoch: "fake", sequence: 1, questions: epoch === "fake" ? [] : fakeQuestions, servers: [{ node: "resolver", kind: "resolver", hasLog: true }], example: "dig www.example.com" }),
    "dns.tree": async () => fakeTree,
    "dns.names": async ({ node }) => fakeNames(node),
    "tunnels.get": async ({ lab }) => ({ tunnels: lab === fakeDetail.id && phase === "running" ? fakeTunnels : [] }),
    "loadBalancers.get": async () => ({ loadBalancers: [], targetGroups: [] }),
    "exposure.get": async () => (exposure === undefined ? {} : { exposure }),
    "exposure.scan": async ({ lab, from }) => {
      for (const done of [0, 50]) {
        emit("progress", { task: `exposure:${lab}`, step: "scan", label: { fr: "Scan", en: "Scan" }, done, total: 100, state: "running", detail: from });
        await wait(pace);
      }
      emit("progress", { task: `exposure:${lab}`, step: "scan", label: { fr: "Scan", en: "Scan" }, done: 100, total: 100, state: "done", detail: from });
      return (exposure = fakeExposure(from));
    },
    "exposure.clear": async () => {
      exposure = undefined;
      return {};
    },
    "checks.run": async () => ({ checks }),
    "checks.watch": async () => ({}),
    "steps.hint": async () => {
      opened = Math.min(opened + 1, fakeHints.length);
      return { hints: fakeHints.slice(0, opened) };
    },
    "steps.answer": async ({ question, answer }) => {
      answers.set(question, answer);
      return {};
    },
    "steps.solve": async () => {
      applied = text;
      return {};
    },
    "terminals.list": async () => ({ terminals: [] }),
    "terminals.open": async ({ node }) => {
      const terminal = `fake-${node ?? "local"}`;
      setTimeout(() => emit("terminal.data", { terminal, data: `\x1b[32m${node ? `ops@${node}` : "etudiant"}\x1b[0m:\x1b[34m~\x1b[0m$ `, replay: false }), 50);
      return { terminal };
    },
    "terminals.attach": async () => ({ alive: true }),
    "terminals.write": async ({ terminal, data }) => {
      emit("terminal.data", { terminal, data: data.replace(/\r/g, "\r\n$ "), replay: false });
      return {};
    },
    "terminals.resize": async () => ({}),
    "terminals.acknowledge": async () => ({}),
    "terminals.close": async () => ({}),
    "nodes.get": async ({ node }) => ({ name: node, id: `i-${node}`, kind: "instance", role: "server", state: "running" as const, interfaces: [{ id: "eni-0a51", name: "eth0", address: "10.0.80.20", observed: ["10.0.80.20/21"] }], routeTable: { name: "foo-private", subnet: "foo-private", routes: [{ destination: "10.0.0.0/16", target: "local", state: "active" as const }, { destination: "10.1.0.0/16", target: "foo-bar", state: "active" as const }, { destination: "0.0.0.0/0", target: "nat-foo", state: "planned" as const }], observedAt: new Date().toISOString() }, securityGroups: [], services: ["ssh", "app"], memoryBytes: 2_100_000, terminal: true }),
    "nodes.log": async () => ({ text: "" }),
    ...fakeBreakages(emit, fakeDetail.id),
    ...createFakeReports(),
    ...fakeStudio(emit, Math.min(pace, 60)),
    "path.predict": async ({ question }) => ({ question, verdict: "timeout" as const, hops: [] }),
  };
}

/** A stand-in for the engine's validation: only tabs and an unknown top-level key are faults here. */
function faultsOf(text: string): Fault[] {
  const known = Object.keys(networkSchema.shape);
  return text.split("\n").flatMap((line, index): Fault[] => {
    const key = /^([a-z_]+):/.exec(line)?.[1];
    if (line.includes("\t")) return [{ code: "yaml.tab", path: "", line: index + 1, column: line.indexOf("\t") + 1, message: "YAML n’accepte pas les tabulations" }];
    if (key && !known.includes(key)) return [{ code: "network.unknown-key", path: key, line: index + 1, column: 1, message: `clé inconnue : ${key}`, hint: "vpcs, subnets, route_tables…" }];
    return [];
  });
}
