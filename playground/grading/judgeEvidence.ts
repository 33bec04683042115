import { fateOfCurl, fateOfNcat } from "../checks/connection.ts";
import { parseDig } from "../checks/dig.ts";
import { dnsFaults } from "../checks/dnsCheck.ts";
import type { CheckObservation } from "../contract/contract.ts";
import type { Check } from "../model/lab.ts";
import { judgeKubernetesEvidence } from "./judgeKubernetesEvidence.ts";

/**
 * What a recorded observation is worth as evidence that its check passed: it says so, it says the contrary, or what was kept of
 * it is not enough to tell.
 */
export type Evidence = "confirmed" | "contradicted" | "undecided";

type Of<Kind extends Check["kind"]> = Extract<Check, { kind: Kind }>;
/** Values of the network that was in force; undefined where that could not be worked out. */
export type Interpolate = ((text: string) => string) | undefined;

/** Outputs are cut at 4 kB when they are recorded; a forged one may be longer, and is not searched further. */
const outputLimit = 8192;
const isCut = (output: string): boolean => /\n\[… \d+ B\]$/.test(output);
const verdict = (fits: boolean): Evidence => (fits ? "confirmed" : "contradicted");

/** Judges again, from what was recorded, whether a check that is said to have passed did. Runs nothing. */
export function judgeEvidence(check: Check, observation: CheckObservation, interpolate: Interpolate): Evidence {
  if (observation.state !== "passed") return "contradicted";
  const seen = { ...observation, output: observation.output.slice(0, outputLimit) };
  switch (check.kind) {
    case "http":
      return judgeHttp(check, seen, interpolate);
    case "connect":
      return judgeConnect(check, seen, interpolate);
    case "command":
      return judgeCommand(check, seen, interpolate);
    case "network":
      return judgeNetwork(check, interpolate);
    case "route":
      return judgeRoute(check, seen);
    case "log":
      return judgeLog(check, seen, interpolate);
    case "dns":
      return judgeDns(check, seen);
    case "kubernetes":
      return judgeKubernetesEvidence(check, seen.output, interpolate ?? ((text) => text));
  }
}

/** Is what was asked what this check asks? Undecided where the network in force is not known. */
function isAsked(command: string, part: string, interpolate: Interpolate): boolean {
  return !interpolate || command.includes(interpolate(part));
}

function judgeHttp({ url, expect }: Of<"http">, { command, output }: CheckObservation, interpolate: Interpolate): Evidence {
  if (!isAsked(command, url, interpolate)) return "contradicted";
  const answer = /^HTTP (\d{3})\n/.exec(output);
  if (expect.result !== undefined) {
    if (answer) return "contradicted";
    const code = /curl: \((\d+)\)/.exec(output)?.[1];
    return code === undefined ? "undecided" : verdict(fateOfCurl(Number(code), output) === expect.result);
  }
  if (!answer || (expect.status !== undefined && Number(answer[1]) !== expect.status)) return "contradicted";
  if (expect.body === undefined) return "confirmed";
  if (!interpolate && expect.body.includes("${")) return "undecided";
  if (output.slice(answer[0].length).includes(interpolate ? interpolate(expect.body) : expect.body)) return "confirmed";
  return isCut(output) ? "undecided" : "contradicted";
}

function judgeConnect({ to, port, expect }: Of<"connect">, { command, output }: CheckObservation, interpolate: Interpolate): Evidence {
  if (!isAsked(command, to, interpolate) || !command.endsWith(` ${port}`)) return "contradicted";
  if (/Ncat: Connected to /.test(output)) return verdict(expect === "open");
  const fate = fateOfNcat(1, output);
  return fate === "other" ? "undecided" : verdict(fate === expect);
}

function judgeCommand({ run, expect }: Of<"command">, { command, output, summary }: CheckObservation, interpolate: Interpolate): Evidence {
  if (interpolate && command !== interpolate(run)) return "contradicted";
  const code = /^exit (-?\d+),/.exec(summary?.en ?? "")?.[1];
  if (expect.exit !== undefined && code !== undefined && Number(code) !== expect.exit) return "contradicted";
  const byText = judgePatterns(expect, output, interpolate);
  return byText === "confirmed" && expect.exit !== undefined && code === undefined ? "undecided" : byText;
}

/** Is there what must be, and not what must not? What a cut output lacks may have been in the rest. */
function judgePatterns(expect: { matches?: string | undefined; lacks?: string | undefined }, output: string, interpolate: Interpolate, isPart = isCut(output)): Evidence {
  const found = (pattern: string | undefined): boolean | undefined => {
    if (pattern === undefined || (!interpolate && pattern.includes("${"))) return undefined;
    return new RegExp(interpolate ? interpolate(pattern) : pattern, "m").test(output);
  };
  const wanted = found(expect.matches);
  const unwanted = found(expect.lacks);
  if (unwanted === true || (wanted === false && !isPart)) return "contradicted";
  const isOpen = (expect.matches !== undefined && wanted !== true) || (expect.lacks !== undefined && (unwanted === undefined || isPart));
  return isOpen ? "undecided" : "confirmed";
}

/** Needs no observation: the network in force says it all. */
function judgeNetwork({ expect }: Of<"network">, interpolate: Interpolate): Evidence {
  return interpolate ? verdict(expect.every(({ value, equals }) => interpolate(value) === interpolate(equals))) : "undecided";
}

/** The route that was chosen stands in the summary; it must be one of those that were in the table. */
function judgeRoute({ to, expect }: Of<"route">, { output, summary }: CheckObservation): Evidence {
  const said = summary?.en ?? "";
  if (!said.startsWith(`${to}: `)) return "undecided";
  const route = /: route (\S+), (?:target (\S+)|black hole)$/.exec(said);
  const [destination, target] = route ? [route[1] ?? "", route[2] ?? "blackhole"] : ["", "blackhole"];
  if ((expect.target !== undefined && expect.target !== target) || (expect.destination !== undefined && expect.destination !== destination)) return "contradicted";
  if (destination === "" || isCut(output)) return destination === "" ? "confirmed" : "undecided";
  return verdict(output.split("\n").includes(`${destination} ${target}`));
}

/** The last twenty lines are kept: what is missing there may have stood before. */
function judgeLog({ expect }: Of<"log">, { output }: CheckObservation, interpolate: Interpolate): Evidence {
  return judgePatterns(expect, output, interpolate, isCut(output) || output.split("\n").length >= 20);
}

function judgeDns(check: Of<"dns">, { command, output }: CheckObservation): Evidence {
  if (!command.includes(` ${check.name}`)) return "contradicted";
  const { asked, asked_as_written_in: written, spared } = check.expect;
  if (isCut(output) || spared !== undefined) return "undecided";
  if (dnsFaults(check, parseDig(output)).length > 0) return "contradicted";
  const servers = [...output.matchAll(/^\d{4}-\S+Z {2}(\S+) \(\S+\)$/gm)].map((match) => match[1]);
  if (asked !== undefined && servers.join(" ") !== asked.join(" ")) return "contradicted";
  return written === undefined ? "confirmed" : "undecided";
}
