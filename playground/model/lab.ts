import { z } from "zod";
import { comparisonSchema, measureSchema } from "./comparison.ts";
import { dnsExpectSchema, dnsQuestionFields, labDnsSchema } from "./dns.ts";
import { gradingRulesSchema, weightFields } from "./grading.ts";
import { kubernetesExpectSchema, kubernetesObjectSchema } from "./kubernetesCheck.ts";
import { localizedSchema } from "./localized.ts";
import { labSceneSchema } from "./labScene.ts";
import { machineFields } from "./network.ts";
import { addressSchema, cidrSchema, nameSchema } from "./networkBasics.ts";
import { variantsSchema } from "./variants.ts";

export { localizedSchema, type Localized, type Language } from "./localized.ts";

/** A machine on the lab's Internet: it belongs to the lab, not to the student. */
export const internetHostSchema = z.strictObject({ address: addressSchema, forwards: z.boolean().default(false), terminal: z.boolean().default(true), ...machineFields,
  interfaces: z.record(z.string().regex(/^eth[1-9]$/, "eth0 is the interface on the lab's Internet; further ones are eth1 to eth9"), z.strictObject({ switch: nameSchema, address: z.string().optional() })).default({})
    .meta({ description: "Further interfaces, each in a switch: the machine is then the router of a site, and forwards from the start" }),
  carrier: nameSchema.optional().meta({ description: "Host of the lab's Internet through which everything from and to this one passes, as through a provider; it forwards" }),
  kubeconfig: nameSchema.optional().meta({ description: "Cluster of network.yml whose kubeconfig this machine's user ops has as ~/.kube/config, as soon as the cluster is ready" }),
  holds_key_pair: nameSchema.optional().meta({ description: "Key pair of network.yml whose private half this machine has as ~/.ssh/id_ed25519 from its first boot; needs a pair that Rempart makes" }),
});

/** A machine of the physical labs: its interfaces end in switches or links. */
export const machineSchema = z.strictObject({
  interfaces: z.record(z.string().regex(/^eth\d$/), z.strictObject({
    switch: nameSchema.optional(),
    address: z.string().optional(),
    gateway: addressSchema.optional().meta({ description: "The machine's default gateway, of the interface's own network; left out where the student sets the way out" }),
  })).default({}),
  terminal: z.boolean().default(true),
  ...machineFields,
});

const seconds = z.number().positive().max(30);

/** What every check has; the kind adds its own fields. `control` names the positive control of a negative check. */
const checkBase = {
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  title: localizedSchema,
  from: nameSchema.meta({ description: "Node in which the probe runs" }),
  control: z.string().optional(),
  why: localizedSchema.optional().meta({ description: "Shown when the check fails: where to look" }),
  measures: z.array(measureSchema).default([]).meta({ description: "Cells of comparison tables that the check's output fills whenever it passes" }),
  ...weightFields,
};

export const connectionResultSchema = z.enum(["open", "refused", "timeout"]);
export const httpCheckSchema = z.strictObject({
  kind: z.literal("http"),
  ...checkBase,
  url: z.string().regex(/^https?:\/\//),
  proxy: z.string().optional(),
  timeout_seconds: seconds.default(3),
  expect: z.strictObject({
    status: z.number().int().optional(),
    body: z.string().optional().meta({ description: "Text that the body must contain" }),
    result: z.enum(["refused", "timeout"]).optional(),
  }),
});
export const connectCheckSchema = z.strictObject({
  kind: z.literal("connect"),
  ...checkBase,
  to: z.string(),
  port: z.number().int().min(1).max(65535),
  timeout_seconds: seconds.default(3),
  expect: connectionResultSchema,
});
export const commandCheckSchema = z.strictObject({
  kind: z.literal("command"),
  ...checkBase,
  run: z.string().meta({ description: "Shell command; ${instances.NAME.private_ip} and the like are replaced" }),
  user: z.enum(["root", "ops"]).default("root"),
  timeout_seconds: seconds.default(5),
  picture: z
    .strictObject({ file: z.string().regex(/^\/[^\0\n]*$/), caption: localizedSchema })
    .optional()
    .meta({ description: "PNG that the command leaves in the node (at most 300 kB): shown beneath the check, and kept as evidence" }),
  expect: z.strictObject({
    exit: z.number().int().optional(),
    matches: z.string().optional(),
    lacks: z.string().optional(),
  }),
});
/** Judges the applied network itself; `from` is then the node that the fact is about. */
export const networkCheckSchema = z.strictObject({
  kind: z.literal("network"),
  ...checkBase,
  from: nameSchema.optional(),
  expect: z
    .array(z.strictObject({ value: z.string().meta({ description: "For example ${subnets.foo-public.cidr_block}" }), equals: z.string() }))
    .min(1),
});
/** The route that the VPC's router picks in the table of the node's subnet, read from the running system. */
export const routeCheckSchema = z.strictObject({
  kind: z.literal("route"),
  ...checkBase,
  to: addressSchema,
  expect: z.strictObject({ target: z.string().optional(), destination: cidrSchema.optional() }),
});
export const logCheckSchema = z.strictObject({
  kind: z.literal("log"),
  ...checkBase,
  file: z.string(),
  trigger: z.strictObject({ from: nameSchema, run: z.string() }).optional().meta({ description: "Command run first, so that the log has something to show" }),
  timeout_seconds: seconds.default(5),
  expect: z.strictObject({ matches: z.string().optional(), lacks: z.string().optional() }),
});
/** One question with dig, judged by its answer, and by what the servers' query logs say of it. */
export const dnsCheckSchema = z.strictObject({ kind: z.literal("dns"), ...checkBase, ...dnsQuestionFields, timeout_seconds: seconds.default(5), expect: dnsExpectSchema });
/** An object of a cluster, or those with some labels, as the cluster's API server has them; no node is asked. */
export const kubernetesCheckSchema = z.strictObject({
  kind: z.literal("kubernetes"),
  ...checkBase,
  from: nameSchema.optional(),
  cluster: nameSchema.optional().meta({ description: "Needed only where the lab has several" }),
  object: kubernetesObjectSchema,
  expect: kubernetesExpectSchema,
});
export const checkSchema = z.discriminatedUnion("kind", [
  httpCheckSchema,
  connectCheckSchema,
  commandCheckSchema,
  networkCheckSchema,
  routeCheckSchema,
  logCheckSchema,
  dnsCheckSchema,
  kubernetesCheckSchema,
]);
export type Check = z.infer<typeof checkSchema>;
export type CheckKind = Check["kind"];

const commandSchema = z.strictObject({ node: nameSchema, user: z.enum(["root", "ops"]).default("ops"), run: z.string() });
const solveFields = {
  network: z.string().optional().meta({ description: "Path in the lab's folder of the network.yml that solves the step" }),
  commands: z.array(commandSchema).default([]),
};

export const stepSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/).meta({ description: "Also the heading of the step in the guides: '## title {#id}'" }),
  title: localizedSchema,
  checks: z.array(z.string()).default([]),
  hints: z.array(localizedSchema).default([]),
  questions: z.array(z.strictObject({ id: z.string(), text: localizedSchema })).default([]),
  solve: z
    .strictObject({
      rounds: z.array(z.strictObject(solveFields)).default([]).meta({ description: "What comes before, one after the other: for a step in which things are broken to be found" }),
      ...solveFields,
    })
    .optional(),
});
export type Step = z.infer<typeof stepSchema>;

/** A fault that a lab prepares: made by commands in its machines, and taken back by others. */
const breakageSchema = z.strictObject({
  title: localizedSchema,
  check: z.string().meta({ description: "The check that fails then; the fault is injected only while it passes" }),
  commands: z.array(commandSchema).min(1),
  undo: z.array(commandSchema).min(1).meta({ description: "Takes the fault back; does nothing where the student has mended it" }),
});

/** What the suite does to a solved lab, or takes back, as the machine's owner unless told otherwise. */
const mistakeCommandSchema = z.strictObject({ node: nameSchema, user: z.enum(["root", "ops"]).default("root"), run: z.string() });

export const groupSchema = z.enum(["physical", "dns", "private-networks", "access", "services", "cluster", "mesh", "whole"]);

/** `lab.yml`: everything about a lab but the student's `network.yml` and the guides. */
export const labSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{1,40}$/),
  title: localizedSchema,
  summary: localizedSchema,
  group: groupSchema,
  minutes: z.number().int().positive(),
  memory_mb: z.number().int().positive(),
  builds_on: z.array(z.string()).default([]),
  variants: variantsSchema.default({}).meta({ description: "Values that a student's seed chooses; <<name>> or <<name.key>> stands for them in every file of the lab" }),
  internet: z.strictObject({ cidr_block: cidrSchema.default("203.0.113.0/24"), hosts: z.record(nameSchema, internetHostSchema).default({}) }).optional(),
  dns: labDnsSchema.optional(),
  machines: z.record(nameSchema, machineSchema).default({}),
  switches: z.array(nameSchema).default([]),
  links: z.array(z.strictObject({ from: z.string(), to: z.string() })).default([]).meta({ description: "Cables between 'machine:eth0' and 'machine:eth0'" }),
  names: z.record(z.string().regex(/^[a-z0-9.-]+$/), addressSchema).default({}).meta({ description: "Names that every machine of the lab resolves, by the lab alone" }),
  no_terminal: z.array(nameSchema).default([]).meta({ description: "Instances in which the student gets no terminal" }),
  setup: z.array(commandSchema).default([]).meta({ description: "Commands run one after the other whenever clusters of the lab were just made and are ready: the state that the lab begins with" }),
  checks: z.array(checkSchema).default([]),
  steps: z.array(stepSchema).default([]),
  breakages: z.record(nameSchema, breakageSchema).default({}).meta({ description: "Faults of the lab's own that 'rempart break' and drills may inject while it runs: what the general ones cannot break, such as a certificate" }),
  covers: z.record(z.string().regex(/^[a-z0-9][a-z0-9-]*$/), z.array(z.string()).min(1)).default({}).meta({ description: "Items of the course (assets/course.yml) and the checks that stand for each" }),
  comparisons: z.record(nameSchema, comparisonSchema).default({}).meta({ description: "Tables that the student fills by measuring, in this lab and in others" }),
  grading: gradingRulesSchema.prefault({}),
  scenes: z.array(labSceneSchema).default([]).meta({ description: "Scenes of the projector mode, beside those that the picture suggests by itself" }),
  /** What the suite proves: which checks fail at the start, and in each broken variant (a folder under broken/). */
  start_fails: z.array(z.string()).default([]),
  broken: z.record(nameSchema, z.strictObject({
    title: localizedSchema,
    fails: z.array(z.string()).min(1),
    network: z.string().optional(),
    commands: z.array(mistakeCommandSchema).default([]),
    undo: z.array(mistakeCommandSchema).default([]).meta({ description: "Takes back what the commands did, the last solution's network applied again; where nothing is said, all commands of the solution do" }),
  })).default({}),
});
export type Lab = z.infer<typeof labSchema>;

/** Paths of the networks that a lab names beside its start: of each solution with its rounds, and of each broken variant. */
export function networksNamedBy({ steps, broken }: Pick<Lab, "steps" | "broken">): string[] {
  const solutions = steps.flatMap((step) => (step.solve ? [...step.solve.rounds, step.solve] : []));
  return [...new Set([...solutions, ...Object.values(broken)].flatMap(({ network }) => network ?? []))];
}
