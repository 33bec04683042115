import { recordTypeSchema } from "../../playground/model/records.ts";
import { connectionResultSchema, type CheckKind } from "../../playground/model/lab.ts";
import { dnsStatusSchema } from "../../playground/model/dns.ts";
import type { AuthorKey } from "../i18n/authorTexts.ts";

/** How a field of a check is filled in. `long`: a text that needs more room. `lines`: a list, one value a line. `yaml`: a shape of its own. `flag`: yes, no, or left to its default. */
export type FieldForm = "text" | "long" | "script" | "number" | "choice" | "flag" | "lines" | "localized" | "yaml" | "node";

export interface CheckField {
  readonly path: readonly string[];
  readonly form: FieldForm;
  readonly label: AuthorKey;
  readonly options?: readonly string[];
  /** An address of a machine, or a page there, is what one usually writes. */
  readonly suggests?: "address" | "page";
}

const field = (path: string, form: FieldForm, label: AuthorKey, options?: readonly string[]): CheckField => ({ path: path.split("."), form, label, ...(options ? { options } : {}) });
const suggesting = (suggests: "address" | "page", of: CheckField): CheckField => ({ ...of, suggests });
const timeout = field("timeout_seconds", "number", "check.timeout");

/** The fields of each kind of check, in the order of its form; those that all kinds have are not among them. A test compares them with the schemas. */
export const checkFields: Readonly<Record<CheckKind, readonly CheckField[]>> = {
  http: [
    suggesting("page", field("url", "long", "check.url")), field("proxy", "text", "check.proxy"), timeout,
    field("expect.status", "number", "check.status"), field("expect.body", "long", "check.body"), field("expect.result", "choice", "check.result", ["refused", "timeout"]),
  ],
  connect: [suggesting("address", field("to", "long", "check.to")), field("port", "number", "check.port"), timeout, field("expect", "choice", "check.expectResult", connectionResultSchema.options)],
  command: [
    field("run", "script", "check.run"), field("user", "choice", "check.user", ["root", "ops"]), timeout,
    field("expect.exit", "number", "check.exit"), field("expect.matches", "long", "check.matches"), field("expect.lacks", "long", "check.lacks"), field("picture", "yaml", "check.picture"),
  ],
  network: [field("expect", "yaml", "check.facts")],
  route: [field("to", "text", "check.destination"), field("expect.target", "text", "check.target"), field("expect.destination", "text", "check.route")],
  log: [
    field("file", "long", "check.file"), field("trigger.from", "node", "check.triggerFrom"), field("trigger.run", "script", "check.triggerRun"), timeout,
    field("expect.matches", "long", "check.matches"), field("expect.lacks", "long", "check.lacks"),
  ],
  dns: [
    field("name", "long", "check.name"), field("type", "choice", "check.type", [...recordTypeSchema.options, "SOA", "DS", "DNSKEY"]), field("server", "text", "check.server"),
    field("recurse", "flag", "check.recurse"), field("dnssec", "flag", "check.dnssec"), field("checking_disabled", "flag", "check.checkingDisabled"), timeout,
    field("expect.status", "choice", "check.dnsStatus", dnsStatusSchema.options), field("expect.answers", "lines", "check.answers"), field("expect.authority", "lines", "check.authority"),
    field("expect.aa", "flag", "check.aa"), field("expect.ra", "flag", "check.ra"), field("expect.ad", "flag", "check.ad"), field("expect.ttl", "yaml", "check.ttl"), field("expect.result", "choice", "check.result", ["timeout"]),
    field("expect.asked", "lines", "check.asked"), field("expect.asked_as_written_in", "text", "check.askedFile"), field("expect.spared", "node", "check.spared"),
  ],
  kubernetes: [
    field("cluster", "text", "check.cluster"), field("object.api_version", "text", "check.apiVersion"), field("object.kind", "text", "check.objectKind"), field("object.namespace", "text", "check.namespace"),
    field("object.name", "text", "check.objectName"), field("object.label_selector", "text", "check.labels"),
    field("expect.exists", "flag", "check.exists"), field("expect.count", "yaml", "check.count"), field("expect.fields", "yaml", "check.fields"),
  ],
};

/** What a check of a kind begins with: as little as makes it one that can be tried, on the lab's first machine where there is one. */
export function newCheck(kind: CheckKind, address: string | undefined): Readonly<Record<string, unknown>> {
  if (address === undefined) return newChecks[kind];
  return { ...newChecks[kind], ...(kind === "http" ? { url: `http://${address}:8080/` } : {}), ...(kind === "connect" ? { to: address } : {}) };
}

/** What each kind of check begins with in a lab without machines. */
export const newChecks: Readonly<Record<CheckKind, Readonly<Record<string, unknown>>>> = {
  http: { from: "laptop", url: "http://203.0.113.80/", expect: { status: 200 } },
  connect: { from: "laptop", to: "203.0.113.80", port: 80, expect: "open" },
  command: { from: "laptop", run: "hostname", expect: { exit: 0 } },
  network: { expect: [{ value: "${vpcs.main.cidr_block}", equals: "10.0.0.0/16" }] },
  route: { from: "instance", to: "203.0.113.80", expect: { destination: "0.0.0.0/0" } },
  log: { from: "instance", file: "/var/log/app/access.log", expect: { matches: "GET /" } },
  dns: { from: "laptop", name: "www.example.com", type: "A", expect: { status: "NOERROR" } },
  kubernetes: { object: { api_version: "v1", kind: "Service", name: "web" }, expect: { exists: true } },
};
