import { type DigAnswer, parseDig } from "../checks/dig.ts";

/** One question to one server, without a wish that it search. */
export interface DirectAsk {
  readonly server: string;
  readonly name: string;
  readonly type: string;
}
export interface DirectAnswer extends DirectAsk {
  readonly answer: DigAnswer;
}

/**
 * Script that asks many servers at once, each with one `dig` for all its questions. A server that does not answer the first is asked nothing
 * more, so that the whole is bounded by a few seconds.
 */
export function askScript(asks: readonly DirectAsk[]): string {
  const servers = [...new Set(asks.map((ask) => ask.server))];
  return [
    "place=$(mktemp -d) && cd \"$place\" || exit 1",
    "ask() { dig +norecurse +time=1 +tries=1 @$1 . SOA > /dev/null 2>&1 || return; sed \"s/^/@$1 /\" asks.$1 > batch.$1; timeout 6 dig +norecurse +time=1 +tries=1 -f batch.$1 > answers.$1 2> /dev/null; }",
    ...servers.map((server) => `cat > asks.${server} <<'REMPART_END'\n${asks.filter((ask) => ask.server === server).map(({ name, type }) => `${name} ${type} +norecurse`).join("\n")}\nREMPART_END`),
    ...servers.map((server) => `ask ${server} &`),
    "wait",
    "cat answers.* 2> /dev/null",
    "cd / && rm -rf \"$place\"",
  ].join("\n");
}

/** Reads what {@link askScript} prints. A question that nobody answered is not among the answers. */
export function parseAnswers(output: string): DirectAnswer[] {
  return output.split(/^; <<>> DiG /m).slice(1).flatMap((text) => {
    const asked = /^\S+ <<>> .*?@(\S+) (\S+) ([A-Z]+)\b/.exec(text);
    const answer = parseDig(text);
    if (!asked || answer.status === undefined) return [];
    return [{ server: asked[1] ?? "", name: asked[2] ?? "", type: asked[3] ?? "", answer }];
  });
}
