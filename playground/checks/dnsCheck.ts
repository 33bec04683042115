import { formatAddress } from "../model/ip.ts";
import type { Localized } from "../model/lab.ts";
import type { LabRuntime } from "../services/labRuntime.ts";
import type { CheckOf, CheckProbe, Seen } from "./checkKind.ts";
import { type DigAnswer, parseDig, withoutDot } from "./dig.ts";
import { execInNode } from "./execInNode.ts";
import { aloneAtResolver, listenToServers, type ServerEar } from "./queryLogs.ts";

/** Longer than a second, so that a TTL in whole seconds has fallen. */
const pauseForTtl = "1.2";

type DnsCheck = CheckOf<"dns">;

interface Exchange {
  readonly answer: DigAnswer;
  readonly output: string;
}

/** Asks with dig from inside the node; judges status, flags and sections, and what the name servers' query logs say of the question. */
export const dnsCheck: CheckProbe<"dns"> = async (check, runtime) => {
  const { asked, asked_as_written_in: written, spared } = check.expect;
  const resolver = nodeAt(runtime, check.server);
  const command = digCommand(check);
  if (asked === undefined && written === undefined && spared === undefined) {
    const exchange = await dig(check, runtime);
    return seen(dnsFaults(check, exchange.answer).length === 0, command.join(" "), exchange.output, describe(exchange.answer));
  }
  if (resolver === undefined) throw new Error("the check names no resolver of this lab");
  return spared === undefined ? askedInOrder(check, runtime, resolver, command.join(" ")) : sparedQuestion(check, runtime, resolver, spared, command.join(" "));
};

/** The resolver forgets the name's top-level domain, is asked, and the other servers' logs tell whom it asked in turn. */
async function askedInOrder(check: DnsCheck, runtime: LabRuntime, resolver: string, command: string): Promise<Seen> {
  const { asked, asked_as_written_in: path } = check.expect;
  const written = path === undefined ? undefined : await execInNode(runtime, check.from, ["cat", path], check.timeout_seconds);
  if (written !== undefined && written.exitCode !== 0) {
    return seen(false, `cat ${path ?? ""}`, written.stderr, { fr: `${path ?? ""} n’existe pas encore`, en: `${path ?? ""} is not there yet` });
  }
  const { ears, exchange, heard } = await aloneAtResolver(runtime, resolver, check.timeout_seconds, async () => {
    const listening = await listenToServers(runtime, resolver, check.timeout_seconds);
    await execInNode(runtime, resolver, forgetCommand(runtime, resolver, check.name.split(".").at(-1) ?? check.name), check.timeout_seconds);
    const said = await dig(check, runtime);
    return { ears: listening, exchange: said, heard: await walkOf(listening, check) };
  });
  const order = heard.map((server) => server.node);
  const addresses = heard.map((server) => server.address);
  const guessed = written?.stdout.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  const passed =
    dnsFaults(check, exchange.answer).length === 0 &&
    (asked === undefined || same(order, asked)) &&
    (guessed === undefined || (addresses.length > 0 && same(guessed, addresses)));
  const lines = heard.map((server) => `${new Date(server.at).toISOString()}  ${server.node} (${server.address})`).join("\n");
  const list = order.length === 0 ? { fr: "n’a demandé à personne", en: "asked nobody" } : { fr: `a demandé à ${order.join(", puis ")}`, en: `asked ${order.join(", then ")}` };
  // Whoever has to find the order is not told it.
  const summary: Localized = guessed === undefined || passed
    ? { fr: `le résolveur ${list.fr}`, en: `the resolver ${list.en}` }
    : { fr: `les journaux des serveurs disent autre chose que les ${guessed.length} lignes écrites`, en: `the servers' logs say something else than the ${guessed.length} lines written` };
  const evidence = guessed === undefined || passed ? `${exchange.output}\n\n${lines}` : `${guessed.join("\n")}\n\n${exchange.output}`;
  return seen(passed, `${command}   # ${check.from}\nsudo tail /var/log/named/query.log   # ${ears.map((ear) => ear.node).join(", ")}`, evidence, summary);
}

/** What makes a resolver forget a name and all below it. */
function forgetCommand(runtime: LabRuntime, resolver: string, name: string): string[] {
  const runsUnbound = runtime.cloud().nodes.find((node) => node.name === resolver)?.services.includes("resolver") ?? false;
  return runsUnbound ? ["unbound-control", "flush_zone", name] : ["rndc", "flushtree", name];
}

async function walkOf(ears: readonly ServerEar[], check: DnsCheck): Promise<{ node: string; address: string; at: number }[]> {
  const heard = await Promise.all(ears.map(async (ear) => (await ear.heard()).filter((query) => query.name === check.name && query.type === check.type).map(({ at }) => ({ node: ear.node, address: ear.address, at }))));
  return heard.flat().sort((a, b) => a.at - b.at);
}

/** Two questions, more than a second apart: the second has a lower TTL, and the authoritative server has not heard of it. */
async function sparedQuestion(check: DnsCheck, runtime: LabRuntime, resolver: string, spared: string, command: string): Promise<Seen> {
  const first = await dig(check, runtime);
  const ear = (await listenToServers(runtime, resolver, check.timeout_seconds)).find((candidate) => candidate.node === spared);
  await execInNode(runtime, check.from, ["sleep", pauseForTtl], check.timeout_seconds);
  const second = await dig(check, runtime);
  const questions = (await ear?.heard())?.filter((query) => query.name === check.name).length;
  const before = first.answer.answer[0]?.ttl;
  const after = second.answer.answer[0]?.ttl;
  const passed = dnsFaults(check, second.answer).length === 0 && questions === 0 && before !== undefined && after !== undefined && after < before;
  const ttl = `TTL ${before ?? "—"} → ${after ?? "—"}`;
  const summary = {
    fr: `${ttl} ; ${spared} a entendu ${questions ?? "—"} question${questions !== undefined && questions > 1 ? "s" : ""}`,
    en: `${ttl}; ${spared} heard ${questions ?? "—"} question${questions === 1 ? "" : "s"}`,
  };
  return seen(passed, `${command}; sleep ${pauseForTtl}; ${command}`, `${first.output}\n\n${second.output}`, summary);
}

async function dig(check: DnsCheck, runtime: LabRuntime): Promise<Exchange> {
  const result = await execInNode(runtime, check.from, digCommand(check), check.timeout_seconds);
  return { answer: parseDig(result.stdout), output: `${result.stdout}${result.stderr}`.trim() };
}

function digCommand(check: DnsCheck): string[] {
  return [
    "dig",
    ...(check.server === undefined ? [] : [`@${check.server}`]),
    check.name,
    ...(check.type === "A" ? [] : [check.type]),
    ...(check.recurse ? [] : ["+norecurse"]),
    ...(check.dnssec ? ["+dnssec"] : []),
    ...(check.checking_disabled ? ["+cdflag"] : []),
    `+time=${Math.ceil(check.timeout_seconds)}`,
    "+tries=1",
  ];
}

/** What of an answer is not as the check expects, as names of the expectations. */
export function dnsFaults({ expect, type }: DnsCheck, { status, flags, answer, authority }: DigAnswer): string[] {
  const records = answer.filter((record) => record.type === type);
  const servers = authority.filter((record) => record.type === "NS");
  const ttls = answer.map((record) => record.ttl);
  const wrong: Record<string, boolean> = {
    result: (expect.result === "timeout") !== (status === undefined),
    status: expect.status !== undefined && status !== expect.status,
    answers: expect.answers !== undefined && !same([...records.map((record) => record.value)].sort(), expect.answers.map(withoutDot).sort()),
    authority: expect.authority !== undefined && !same(servers.map((record) => record.value).sort(), expect.authority.map(withoutDot).sort()),
    ttl: expect.ttl !== undefined && (ttls.length === 0 || ttls.some((ttl) => ttl < (expect.ttl?.min ?? 0) || ttl > (expect.ttl?.max ?? Infinity))),
  };
  for (const flag of ["aa", "ra", "ad"] as const) wrong[flag] = expect[flag] !== undefined && flags.includes(flag) !== expect[flag];
  return Object.keys(wrong).filter((key) => wrong[key]);
}

function describe({ status, flags, answer, authority }: DigAnswer): Localized {
  if (status === undefined) return { fr: "aucune réponse", en: "no answer" };
  const values = answer.map((record) => record.value).join(", ");
  const servers = authority.filter((record) => record.type === "NS").map((record) => `${record.name} → ${record.value}`).join(", ");
  const marks = flags.filter((flag) => ["aa", "ra", "ad"].includes(flag)).join(" ");
  const said = values === "" ? servers : values;
  const tail = `${marks === "" ? "" : ` (${marks})`}`;
  return { fr: `${status}${tail}${said === "" ? ", rien de plus" : ` : ${said}`}`, en: `${status}${tail}${said === "" ? ", nothing more" : `: ${said}`}` };
}

/** The machine that has the address asked, or the lab's resolver. */
function nodeAt(runtime: LabRuntime, server: string | undefined): string | undefined {
  if (server === undefined) return runtime.loaded.lab.dns?.resolver;
  return runtime.cloud().nodes.find((node) => node.interfaces.some((entry) => entry.address && formatAddress(entry.address) === server))?.name;
}

const same = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((value, index) => value === b[index]);
const seen = (passed: boolean, command: string, output: string, summary: Localized): Seen => ({ passed, command, output, summary });
