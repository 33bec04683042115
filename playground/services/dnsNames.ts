import { parseDig } from "../checks/dig.ts";
import type { Cloud, CloudNode } from "../model/cloud.ts";
import { askedNameSchema, type DnsName, type DnsNames } from "../model/dnsView.ts";
import { RempartError } from "../model/errors.ts";
import { namesSeenFrom } from "../model/namesSeenFrom.ts";
import type { Lab } from "../model/lab.ts";
import { dnsWorld } from "./dnsWorld.ts";
import type { RunningLab } from "./runningLab.ts";

const limitMilliseconds = 20_000;
/** Questions of one look, so that it ends soon. */
const mostQuestions = 60;

interface NameAndType {
  readonly name: string;
  readonly type: string;
}

/** What DNS knows of in a lab: the records of its zones and hosted zones, and any further names. */
export function knownRecords(lab: Pick<Lab, "dns">, cloud: Pick<Cloud, "hostedZones">, further: readonly string[]): NameAndType[] {
  const at = (name: string, zone: string): string => (name === "@" ? zone : zone === "." ? name : `${name}.${zone}`);
  const all = [
    ...further.map((name) => ({ name: name.toLowerCase().replace(/\.$/, ""), type: "A" })),
    ...Object.entries(lab.dns?.zones ?? {}).flatMap(([zone, { records }]) => records.map((record) => ({ name: at(record.name, zone), type: record.type }))),
    ...cloud.hostedZones.flatMap((zone) => zone.records.map((record) => ({ name: at(record.name, zone.domain), type: record.type }))),
  ];
  // An alias is found by asking for the address.
  const asked = all.map(({ name, type }) => ({ name, type: type === "CNAME" ? "A" : type })).filter(({ name }) => askedNameSchema.safeParse(name).success);
  return [...new Map(asked.map((entry) => [`${entry.name} ${entry.type}`, entry])).values()].slice(0, mostQuestions);
}

/** A command that asks for something that the lab has. */
export function exampleQuestion(lab: Pick<Lab, "dns">, cloud: Pick<Cloud, "hostedZones" | "nodes">): string {
  const record = knownRecords(lab, cloud, []).find(({ name, type }) => type === "A" && !name.endsWith("root-servers.net"));
  if (record) return `dig ${record.name}`;
  const zone = configuredZones(cloud)[0];
  return zone === undefined ? "dig www.example.com" : `dig ${zone} NS`;
}

/** Zones in the configuration that a machine's server has from the lab or the network. */
export function configuredZones(cloud: Pick<Cloud, "nodes">): string[] {
  return cloud.nodes.flatMap((node) => node.files.flatMap((file) => (file.path.endsWith(".conf") ? [...file.content.matchAll(/^\s*zone "([^".][^"]*)"/gm)].map((found) => found[1] ?? ".") : [])));
}

/** Script for a machine: its hosts file first, then its resolver, unless that one is silent. */
export function namesScript(hosts: readonly string[], records: readonly NameAndType[]): string {
  return [
    `for name in ${hosts.join(" ")}; do found=$(getent -s files ahostsv4 $name | head -n 1) && [ -n "$found" ] && echo "@hosts $name \${found%% *}"; done`,
    "server=$(sed -n 's/^nameserver *//p' /etc/resolv.conf | head -n 1)",
    'echo "@resolver $server"',
    '[ -n "$server" ] || exit 0',
    "dig +time=1 +tries=1 . SOA > /dev/null 2>&1 || { echo @silent; exit 0; }",
    `timeout 15 dig +time=2 +tries=1 -f <(printf '%s\\n' ${records.map(({ name, type }) => `'${name} ${type}'`).join(" ")})`,
    "true",
  ].join("\n");
}

/** Reads what {@link namesScript} prints. */
export function parseNames(output: string, nodeOf: (address: string) => string | undefined): Pick<DnsNames, "resolver" | "isSilent" | "names"> {
  const owner = (value: string): { node?: string } => {
    const node = nodeOf(value);
    return node === undefined ? {} : { node };
  };
  const hosts = [...output.matchAll(/^@hosts (\S+) (\S+)$/gm)].map(([, name = "", value = ""]): DnsName => ({ name, type: "A", source: "hosts", records: [{ type: "A", value, ...owner(value) }], isAuthoritative: false }));
  const server = /^@resolver (\S+)$/m.exec(output)?.[1];
  const asked = output.split(/^; <<>> DiG /m).slice(1).flatMap((text): DnsName[] => {
    const question = /^;(\S+?)\.?\s+IN\s+([A-Z0-9]+)$/m.exec(text);
    const { status, flags, answer } = parseDig(text);
    if (!question) return [];
    const records = answer.filter((record) => record.type !== "RRSIG").map(({ type, value, ttl }) => ({ type, value, ttl, ...owner(value) }));
    return [{ name: question[1] ?? "", type: question[2] ?? "", source: "resolver", ...(status === undefined ? {} : { code: status }), records, isAuthoritative: flags.includes("aa") }];
  });
  return { ...(server === undefined ? {} : { resolver: { address: server, ...owner(server) } }), isSilent: /^@silent$/m.test(output), names: [...hosts, ...asked] };
}

/**
 * Asks in a machine what the lab's names lead to, really: its resolver remembers the answers afterwards.
 * @throws RempartError `input.unknown-node`, `lab.not-running`, `lab.node-not-running`
 */
export async function namesSeen(lab: RunningLab, name: string, further: readonly string[]): Promise<DnsNames> {
  const cloud = lab.cloud();
  const node: CloudNode | undefined = cloud.nodes.find((candidate) => candidate.name === name);
  if (!node) throw new RempartError("input.unknown-node", `lab ${lab.id} has no machine '${name}'`, { kind: "input" });
  const hosts = [...new Set([...Object.keys(namesSeenFrom(cloud, node)), ...further])].filter((entry) => askedNameSchema.safeParse(entry).success).slice(0, mostQuestions);
  const script = namesScript(hosts, knownRecords(lab.loaded.lab, cloud, further));
  const { stdout } = await lab.exec(name, ["bash", "-s"], { stdin: script, timeoutMilliseconds: limitMilliseconds });
  return { at: new Date().toISOString(), node: name, ...parseNames(stdout, dnsWorld(lab.loaded.lab, cloud).nodeOf) };
}
