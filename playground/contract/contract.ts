import { z } from "zod";
import { balancersViewSchema } from "../model/balancerView.ts";
import { clusterObjectKindSchema, clusterViewSchema } from "../model/clusterView.ts";
import { faultSchema } from "../model/errors.ts";
import { exposureSchema } from "../model/exposure.ts";
import { localizedSchema } from "../model/lab.ts";
import { pathObservationSchema, pathPredictionSchema, pathQuestionSchema } from "../model/path.ts";
import { planSchema } from "../model/plan.ts";
import { topologySchema } from "../model/topology.ts";
import { breakagesEvents, breakagesMethods } from "./breakagesContract.ts";
import { comparisonTableSchema } from "./comparisonTable.ts";
import { askedNameSchema, dnsNamesSchema, dnsQuestionSchema, dnsServerSchema, dnsTreeSchema } from "../model/dnsView.ts";
import { tunnelSchema } from "../model/tunnel.ts";
import { classMethods } from "./classContract.ts";
import { packetEvents, packetMethods } from "./packetContract.ts";
import { reportMethods } from "./reportContract.ts";
import { labDetailSchema, labSummarySchema } from "./labDetail.ts";
import { nodeDetailSchema } from "./nodeDetail.ts";
import { checkObservationSchema, labId, type labPhaseSchema, labStatusSchema, type nodeStatusSchema } from "./labStatus.ts";
import { authorEvents, authorMethods } from "./authorContract.ts";
import { method } from "./method.ts";

/**
 * The one contract between any window and the engine: every method with the schema of its parameters and of its result,
 * every event with the schema of its data. Both ends validate. Times are ISO 8601, durations milliseconds, sizes bytes.
 */

const lab = z.object({ lab: labId });
const node = z.object({ lab: labId, node: z.string() });
const nothing = z.object({});

export const progressSchema = z.object({
  /** Which work: "up:06-vpc-build", "setup", "apply:…". */
  task: z.string(),
  step: z.string(),
  label: localizedSchema,
  done: z.number(),
  total: z.number(),
  state: z.enum(["running", "done", "failed", "cancelled"]),
  detail: z.string().optional(),
});

export const networkFileSchema = z.object({
  text: z.string(),
  /** Changes whenever the file does; a write with another one is refused (`input.changed-on-disk`). */
  revision: z.string(),
  faults: z.array(faultSchema),
});

export const diagnosticSchema = z.object({
  id: z.string(),
  title: localizedSchema,
  state: z.enum(["ok", "warning", "failed", "unknown"]),
  detail: localizedSchema,
  advice: localizedSchema.optional(),
  canFix: z.boolean(),
});

export const settingsSchema = z.object({
  language: z.enum(["fr", "en"]).optional(),
  theme: z.enum(["light", "dark", "system"]).default("system"),
  textSize: z.number().min(12).max(24).default(14),
  reduceMotion: z.boolean().default(false),
  copyOnSelect: z.boolean().default(false),
  dockerContext: z.string().optional(),
  registryMirror: z.string().max(300).optional().describe("host, port and path of a registry that is asked instead of the projects' own; see model/registryMirror.ts"),
});

/** Remembered layout of one lab's view: node positions, pane sizes, open tabs; opaque to the engine. */
const layoutSchema = z.record(z.string(), z.unknown());

export const methods = {
  ...authorMethods,
  ...packetMethods,
  "system.info": method(nothing, z.object({ version: z.string(), platform: z.string(), engine: z.string().optional(), environmentMirror: z.string().optional(), labsFolder: z.string(), capabilities: z.object({ netem: z.boolean().optional() }), ready: z.boolean() })),
  "system.diagnose": method(nothing, z.object({ diagnostics: z.array(diagnosticSchema) })),
  "system.fix": method(z.object({ id: z.string() }), z.object({ diagnostic: diagnosticSchema })),
  "system.cancel": method(z.object({ task: z.string() }), nothing),
  "settings.get": method(nothing, settingsSchema),
  "settings.set": method(settingsSchema.partial(), settingsSchema),
  "layout.get": method(lab, layoutSchema),
  "layout.set": method(z.object({ lab: labId, layout: layoutSchema }), nothing),

  "labs.list": method(nothing, z.object({ labs: z.array(labSummarySchema) })),
  "labs.get": method(lab, labDetailSchema),
  "labs.add": method(z.object({ folder: z.string() }), labSummarySchema),
  "labs.up": method(lab, labStatusSchema),
  "labs.down": method(z.object({ lab: labId, forget: z.boolean().default(false).describe("also delete the student's files of the lab") }), nothing),
  "labs.status": method(lab, labStatusSchema),
  "labs.reset": method(lab, networkFileSchema),

  "network.read": method(lab, networkFileSchema),
  "network.write": method(z.object({ lab: labId, text: z.string().max(1_000_000), revision: z.string() }), networkFileSchema),
  "network.validate": method(z.object({ lab: labId, text: z.string().max(1_000_000) }), z.object({ faults: z.array(faultSchema) })),
  "network.schema": method(nothing, z.object({ schema: z.record(z.string(), z.unknown()) })),
  "network.plan": method(lab, planSchema),
  "network.apply": method(lab, z.object({ plan: planSchema, milliseconds: z.number() })),

  "topology.get": method(lab, topologySchema),
  "topology.export": method(z.object({ lab: labId, format: z.enum(["mermaid", "dot"]) }), z.object({ text: z.string() })),
  /** Looks into the machines each time: a window asks while somebody sees the picture. */
  "tunnels.get": method(lab, z.object({ tunnels: z.array(tunnelSchema) })),
  /** Scans from a machine with nmap what the lab shows to it; takes seconds. Progress and cancelling go by the task `exposure:LAB`. */
  "exposure.scan": method(z.object({ lab: labId, from: z.string() }), exposureSchema),
  /** The last measurement, until it is cleared or the lab stops. */
  "exposure.get": method(lab, z.object({ exposure: exposureSchema.optional() })),
  "exposure.clear": method(lab, nothing),
  /** Reads what was added to the servers' logs each time: a window asks while somebody sees the list. `epoch` and `sequence` as of the last answer. */
  "dns.questions": method(
    z.object({ lab: labId, epoch: z.string().default(""), sequence: z.number().int().default(0) }),
    z.object({ epoch: z.string(), sequence: z.number(), questions: z.array(dnsQuestionSchema), servers: z.array(dnsServerSchema), example: z.string().meta({ description: "A question that makes sense in this lab, as a command" }) }),
  ),
  /** Asks the name servers, unless that was done a moment ago and none has loaded a zone since. */
  "dns.tree": method(z.object({ lab: labId, again: z.boolean().default(false) }), dnsTreeSchema),
  /** Asks in a machine what the lab's names, and further ones, lead to; its resolver remembers the answers. */
  "dns.names": method(z.object({ lab: labId, node: z.string(), names: z.array(askedNameSchema).max(10).default([]) }), dnsNamesSchema),
  /** Asks the load balancers each time, as `tunnels.get` asks the machines; empty while the lab does not run. */
  "loadBalancers.get": method(lab, balancersViewSchema),
  /** While at least one window watches, what the lab's clusters tell is followed, and each change is an event `cluster.changed`. */
  "clusters.watch": method(z.object({ lab: labId, on: z.boolean() }), z.object({ clusters: z.array(clusterViewSchema) })),
  /** An object of a cluster as YAML, without what only the API server needs. Fails with `cluster.no-object`, `cluster.unreachable`. */
  "clusters.object": method(z.object({ lab: labId, cluster: z.string(), kind: clusterObjectKindSchema, namespace: z.string().optional(), name: z.string() }), z.object({ yaml: z.string() })),
  /** The end of a container's log; `previous`: of its life before the last restart. Fails as `clusters.object` does. */
  "clusters.log": method(z.object({ lab: labId, cluster: z.string(), namespace: z.string(), pod: z.string(), container: z.string(), previous: z.boolean().default(false) }), z.object({ text: z.string() })),
  "nodes.get": method(node, nodeDetailSchema),
  "nodes.log": method(node, z.object({ text: z.string() })),
  "nodes.restart": method(node, nothing),
  "links.impair": method(z.object({ lab: labId, node: z.string(), lossPercent: z.number().min(0).max(100), delayMilliseconds: z.number().min(0).max(5000) }), z.object({ how: z.string() })),

  "path.predict": method(z.object({ lab: labId, question: pathQuestionSchema }), pathPredictionSchema),
  "path.probe": method(z.object({ lab: labId, question: pathQuestionSchema }), z.object({ prediction: pathPredictionSchema, observation: pathObservationSchema, agrees: z.boolean().optional().meta({ description: "Absent where nothing was predicted" }) })),

  "checks.run": method(z.object({ lab: labId, ids: z.array(z.string()).optional() }), z.object({ checks: z.array(checkObservationSchema) })),
  /** While at least one window watches, the checks run continuously. */
  "checks.watch": method(z.object({ lab: labId, on: z.boolean() }), nothing),
  /** The PNG that the check last took, in base64. Fails with `check.no-picture`. */
  "checks.picture": method(z.object({ lab: labId, check: z.string() }), z.object({ png: z.base64(), digest: z.string() })),
  "steps.hint": method(z.object({ lab: labId, step: z.string() }), z.object({ hints: z.array(localizedSchema) })),
  "steps.answer": method(z.object({ lab: labId, question: z.string(), answer: z.string().max(10_000) }), nothing),
  "steps.solve": method(z.object({ lab: labId, step: z.string() }), nothing),

  /** The lab's tables that are filled by measuring; a cell without `measured` waits for one of its sources. Works without an engine. */
  "comparisons.get": method(lab, z.object({ tables: z.array(comparisonTableSchema) })),

  ...reportMethods,
  ...classMethods,

  "terminals.open": method(
    z.object({ lab: labId.optional(), node: z.string().optional().describe("absent: a local shell"), columns: z.number().int().min(2).max(1000), rows: z.number().int().min(1).max(500) }),
    z.object({ terminal: z.string() }),
  ),
  /** Takes a terminal up again after the window was reloaded; `terminal.data` starts with a replay of the last 50 kB. */
  "terminals.attach": method(z.object({ terminal: z.string() }), z.object({ alive: z.boolean() })),
  "terminals.list": method(z.object({ lab: labId.optional() }), z.object({ terminals: z.array(z.object({ terminal: z.string(), lab: z.string().optional(), node: z.string().optional(), alive: z.boolean() })) })),
  "terminals.write": method(z.object({ terminal: z.string(), data: z.string().max(1_000_000) }), nothing),
  "terminals.resize": method(z.object({ terminal: z.string(), columns: z.number().int().min(2).max(1000), rows: z.number().int().min(1).max(500) }), nothing),
  /** The window has drawn so many characters: output pauses at 100,000 unacknowledged ones. */
  "terminals.acknowledge": method(z.object({ terminal: z.string(), characters: z.number().int().min(0) }), nothing),
  "terminals.close": method(z.object({ terminal: z.string() }), nothing),
  ...breakagesMethods,
} as const;

export const events = {
  ...authorEvents,
  ...packetEvents,
  progress: progressSchema,
  /** Phase, nodes, findings or outputs of a lab changed. */
  "lab.status": labStatusSchema,
  /** The picture itself changed (after an apply). */
  "lab.topology": z.object({ lab: labId }),
  /** What a scan found is there, or was cleared. */
  "lab.exposure": z.object({ lab: labId }),
  /** A cluster that is watched is another than it was: all of it, as it is now. */
  "cluster.changed": z.object({ lab: labId, cluster: clusterViewSchema }),
  "check.updated": z.object({ lab: labId, check: checkObservationSchema }),
  "network.changed": z.object({ lab: labId, revision: z.string() }),
  "terminal.data": z.object({ terminal: z.string(), data: z.string(), replay: z.boolean().default(false) }),
  "terminal.exit": z.object({ terminal: z.string(), reason: z.string() }),
  ...breakagesEvents,
} as const;

export type Methods = typeof methods;
export type MethodName = keyof Methods;
/** What a caller passes (defaults may be left out) and what a handler receives (defaults filled in). */
export type Params<Name extends MethodName> = z.input<Methods[Name]["params"]>;
export type ParsedParams<Name extends MethodName> = z.output<Methods[Name]["params"]>;
export type Result<Name extends MethodName> = z.output<Methods[Name]["result"]>;
export type Events = typeof events;
export type EventName = keyof Events;
export type EventData<Name extends EventName> = z.output<Events[Name]>;

export type LabPhase = z.infer<typeof labPhaseSchema>;
export type LabSummary = z.infer<typeof labSummarySchema>;
export type LabDetail = z.infer<typeof labDetailSchema>;
export type LabStatus = z.infer<typeof labStatusSchema>;
export type NodeStatus = z.infer<typeof nodeStatusSchema>;
export type NodeDetail = z.infer<typeof nodeDetailSchema>;
export type CheckObservation = z.infer<typeof checkObservationSchema>;
export type Progress = z.infer<typeof progressSchema>;
export type Diagnostic = z.infer<typeof diagnosticSchema>;
export type NetworkFile = z.infer<typeof networkFileSchema>;
export type Settings = z.infer<typeof settingsSchema>;

/** What a window needs: typed calls and typed events. Implemented by `client.ts` over any transport. */
export interface RempartClient {
  call<Name extends MethodName>(method: Name, params: Params<Name>): Promise<Result<Name>>;
  /** Returns the function that stops listening. */
  on<Name extends EventName>(event: Name, listener: (data: EventData<Name>) => void): () => void;
  close(): void;
}

/** What the engine's side implements: one handler per method; the dispatcher validates both ways. */
export type Handlers = { [Name in MethodName]: (params: ParsedParams<Name>, caller: Caller) => Promise<z.input<Methods[Name]["result"]>> };
/** Who calls: events go only to those connected; `signal` aborts when the window goes away. */
export interface Caller {
  readonly id: string;
  emit<Name extends EventName>(event: Name, data: z.input<Events[Name]>): void;
  readonly signal: AbortSignal;
}
