import type { DnsAsk, DnsOutcome, DnsParty, DnsQuestion } from "../model/dnsView.ts";
import { isWithin } from "../model/dnsFiles.ts";
import { wholeSecond, type AnswerEntry, type DnsLogEntry, type FailureEntry } from "./dnsLogs.ts";

/** What the logs' addresses and machines mean in the lab. */
export interface DnsWorld {
  nodeOf(address: string): string | undefined;
  addressOf(node: string): string;
  /** Whether a machine searches for others. */
  isResolver(node: string): boolean;
  /** Whether a server has a zone of its own for a name. */
  isAuthority(node: string, name: string): boolean;
  /** Whether a resolver was seen searching for a name before the oldest of the entries. */
  hasSearched(node: string, name: string): boolean;
  /** Whether Rempart itself asked this; called for each question in the order of time. */
  isRempart(question: Pick<Asked, "at" | "precision" | "from" | "node" | "address" | "name" | "type">): boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A question as some server heard it, or as a resolver says that it asked it in vain. */
interface Asked {
  readonly node: string | undefined;
  readonly address: string;
  readonly from: string | undefined;
  readonly client: string;
  readonly port: number | undefined;
  readonly at: number;
  /** Milliseconds by which `at` may be too early. */
  readonly precision: number;
  readonly name: string;
  readonly type: string;
  readonly recursive: boolean;
  answer: AnswerEntry | undefined;
  failure: string | undefined;
  cause: Asked | undefined;
  readonly effects: Asked[];
}

/** A resolver gives up after ten seconds, and says so a moment later. */
const longestSearch = 12_000;
/** Between two questions of one search, while nobody is waited for in vain. */
const restOfSearch = 1000;
const strayMilliseconds = 3000;
const clockStep = 2;

/**
 * Joins the logs of all servers of a lab: what a machine asked, and what a resolver asked the others because of it. All machines share one
 * clock. The newest question comes last.
 */
export function joinDnsQuestions(entries: readonly DnsLogEntry[], world: DnsWorld): DnsQuestion[] {
  const asked = gather([...entries].sort((a, b) => a.at - b.at), world);
  for (const [index, effect] of asked.entries()) {
    if (effect.from === undefined || !world.isResolver(effect.from) || effect.from === effect.node) continue;
    const cause = causeOf(effect, before(asked, index).filter((other) => other.node === effect.from && other !== effect));
    if (cause === undefined) continue;
    effect.cause = cause;
    cause.effects.push(effect);
  }
  const ids = new Map<string, number>();
  const latest = new Map<string, number>();
  const byName = new Map<string, Asked[]>();
  for (const question of asked) byName.set(nameKey(question), [...(byName.get(nameKey(question)) ?? []), question]);
  return asked.flatMap((question) => {
    if (question.cause !== undefined || question.node === undefined) return [];
    const id = [question.node, question.client, question.port ?? "", question.at, question.name, question.type].join("|");
    const count = (ids.get(id) ?? 0) + 1;
    ids.set(id, count);
    return [describe(question, count === 1 ? id : `${id}|${count}`, timeOf(question, latest), byName.get(nameKey(question)) ?? [], world)];
  });
}

const nameKey = ({ node, name }: Pick<Asked, "node" | "name">): string => `${node ?? ""}|${name}`;

/** What was asked in the time in which a search may have begun. */
function before(asked: readonly Asked[], index: number): Asked[] {
  let start = index;
  while (start > 0 && (asked[index]?.at ?? 0) - (asked[start - 1]?.at ?? 0) <= longestSearch + wholeSecond) start -= 1;
  let end = index;
  while ((asked[end + 1]?.at ?? Infinity) <= (asked[index]?.at ?? 0) + clockStep) end += 1;
  return asked.slice(start, end + 1);
}

/** Questions in the order of time, each with what became of it. */
function gather(entries: readonly DnsLogEntry[], world: DnsWorld): Asked[] {
  const asked: Asked[] = [];
  const open = new Map<string, Asked[]>();
  const keyOf = ({ node, client, port, name, type }: Pick<AnswerEntry, "node" | "client" | "port" | "name" | "type">): string => [node, client, port ?? "", name, type].join("|");
  const add = (entry: Pick<AnswerEntry, "node" | "client" | "port" | "name" | "type" | "at">, recursive: boolean): Asked => {
    const made: Asked = { node: entry.node, address: world.addressOf(entry.node), from: fromOf(entry, world), client: entry.client, port: entry.port, at: entry.at, precision: entry.port === undefined ? wholeSecond : 0, name: entry.name, type: entry.type, recursive, answer: undefined, failure: undefined, cause: undefined, effects: [] };
    asked.push(made);
    return made;
  };
  for (const entry of entries) {
    if (entry.kind === "failure") {
      addFailure(entry, asked, world);
      continue;
    }
    const waiting = open.get(keyOf(entry)) ?? [];
    if (entry.kind === "query") open.set(keyOf(entry), [...waiting, add(entry, entry.recursive)]);
    else {
      const [first, ...rest] = waiting;
      open.set(keyOf(entry), rest);
      (first ?? add({ ...entry, at: entry.at - (entry.milliseconds ?? 0) }, true)).answer = entry;
    }
  }
  return asked.sort((a, b) => a.at - b.at);
}

const fromOf = ({ client, node }: { client: string; node: string }, world: DnsWorld): string | undefined => (client.startsWith("127.") ? node : world.nodeOf(client));

/** What a resolver asked in vain was heard by the server that refused it, or by nobody. */
function addFailure(entry: FailureEntry, asked: Asked[], world: DnsWorld): void {
  const node = world.nodeOf(entry.server);
  const heard = asked.findLast((other) => other.node !== undefined && other.node === node && other.from === entry.node && other.name === entry.name && other.type === entry.type && other.failure === undefined && entry.at - other.at < longestSearch);
  if (heard) heard.failure = entry.reason;
  else asked.push({ node, address: entry.server, from: entry.node, client: world.addressOf(entry.node), port: undefined, at: entry.at, precision: 0, name: entry.name, type: entry.type, recursive: false, answer: undefined, failure: entry.reason, cause: undefined, effects: [] });
}

/** The question that a resolver had before it when it asked another one. */
function causeOf(effect: Asked, questions: readonly Asked[]): Asked | undefined {
  const scored = questions.flatMap((question) => {
    if (!question.recursive || question.answer?.cached === true || question.at > effect.at + clockStep) return [];
    const end = question.answer === undefined || question.answer.milliseconds === undefined ? question.at + longestSearch : question.answer.at + wholeSecond;
    if (effect.at > end) return [];
    const score = relation(effect, question);
    return score === 0 && effect.at - lastOf(question) > strayMilliseconds ? [] : [{ question, score: question.at > effect.at ? score - 10 : score }];
  });
  const best = Math.max(...scored.map(({ score }) => score));
  const equals = scored.filter(({ score }) => score === best).map(({ question }) => question);
  const latest = equals.at(-1);
  // A search that goes on belongs to who began it, until it begins anew with a server that was asked already.
  const ongoing = equals.find((question) => question.effects.length > 0 && effect.at - lastOf(question) <= restOfSearch && !question.effects.some((other) => other.node === effect.node && other.name === effect.name && other.type === effect.type));
  return latest?.effects.length === 0 ? (ongoing ?? latest) : latest;
}

/** How well a question explains one of its resolver: the same, the same name, a name above it, or another one (an alias, a name server's address). */
function relation(effect: Asked, question: Asked): number {
  if (effect.name === question.name) return effect.type === question.type ? 3 : 2;
  return isWithin(question.name, effect.name) ? 1 : 0;
}

const lastOf = (question: Asked): number => question.effects.at(-1)?.at ?? question.at + question.precision;

/**
 * When it was asked. Whole seconds say less than the first question that it caused, and what one log has later was not asked earlier.
 * @param latest the time of the last question of each server whose log tells whole seconds
 */
function timeOf(question: Asked, latest: Map<string, number>): number {
  if (question.precision === 0) return question.at;
  const first = Math.min(...allEffects(question).map((effect) => effect.at));
  const own = first - question.at <= question.precision ? first : question.at;
  const at = Math.max(own, Math.min(latest.get(question.node ?? "") ?? 0, question.at + question.precision));
  latest.set(question.node ?? "", at);
  return at;
}

function describe(question: Asked, id: string, at: number, sameName: readonly Asked[], world: DnsWorld): DnsQuestion {
  const effects = allEffects(question).sort((a, b) => a.at - b.at);
  const node = question.node ?? "";
  return {
    id,
    at: new Date(at).toISOString(),
    from: party(question.from, question.client),
    to: party(node, question.address),
    name: question.name,
    type: question.type,
    recursive: question.recursive,
    outcome: outcomeOf(question, sameName, world),
    ...(question.answer === undefined ? {} : { code: question.answer.code }),
    ...(question.answer?.milliseconds === undefined ? {} : { milliseconds: question.answer.milliseconds }),
    asked: effects.map((effect): DnsAsk => ({ at: new Date(effect.at).toISOString(), from: party(effect.from, effect.client), to: party(effect.node, effect.address), name: effect.name, type: effect.type, ...(effect.failure === undefined ? {} : { failure: effect.failure }) })),
    by: world.isRempart(question) ? "rempart" : "machine",
  };
}

const party = (node: string | undefined, address: string): DnsParty => ({ ...(node === undefined ? {} : { node }), address });

function allEffects(question: Asked): Asked[] {
  return question.effects.flatMap((effect) => [effect, ...allEffects(effect)]);
}

function outcomeOf(question: Asked, sameName: readonly Asked[], world: DnsWorld): DnsOutcome {
  const node = question.node ?? "";
  if (!world.isResolver(node)) return "authority";
  if (question.effects.length > 0) return "asked";
  if (question.answer?.cached === true) return "cache";
  if (world.isAuthority(node, question.name)) return "authority";
  if (question.answer !== undefined && question.answer.code !== "NOERROR" && question.answer.code !== "NXDOMAIN") return "failed";
  // Neither remembered nor asked for: what the resolver has of its own.
  if (question.answer?.cached === false) return "authority";
  const same = sameName.filter((other) => other !== question && other.at <= question.at);
  if (same.some((other) => other.type === question.type && other.effects.some((effect) => effect.at > question.at))) return "shared";
  // Nobody has asked for it before: a resolver that remembers it is less likely than one that waits for an answer.
  const isNew = !world.hasSearched(node, question.name) && !same.some((other) => other.effects.length > 0 || other.answer?.cached === true);
  return isNew && question.recursive && question.answer === undefined && world.now - question.at < longestSearch ? "pending" : "cache";
}
