import type { Cloud } from "./cloud.ts";
import type { ExposedAddress, ExposureRow } from "./exposure.ts";
import type { ScanTarget } from "./exposureTargets.ts";
import type { NmapHost, NmapPorts } from "./nmapOutput.ts";
import { predictPath } from "./packetPath.ts";
import type { PathHop, PathPrediction, PathQuestion } from "./path.ts";
import { formatPortList, portsOf } from "./portList.ts";

const seenAs = { open: "open", closed: "refused", unfiltered: "refused", filtered: "timeout", "open|filtered": undefined } as const;

/**
 * Puts what nmap found beside what the model predicts: each row says which rule let it through, or where it was lost, and whether both agree.
 * Ports that were found alike, for the same reason, are one row. `from` is a node of the cloud.
 */
export function judgeExposure(cloud: Cloud, from: string, targets: readonly ScanTarget[], hosts: readonly NmapHost[]): ExposedAddress[] {
  return targets.flatMap((target): ExposedAddress[] => {
    const host = hosts.find((candidate) => candidate.address === target.address);
    return host === undefined ? [] : [{ ...target, rows: rowsOf(cloud, from, target.address, host.ports) }];
  });
}

interface Group {
  readonly row: Omit<ExposureRow, "ports" | "count">;
  readonly ports: number[];
}

function rowsOf(cloud: Cloud, from: string, address: string, found: readonly NmapPorts[]): ExposureRow[] {
  const groups = new Map<string, Group>();
  for (const entry of found) for (const port of portsOf(entry.ports)) judgePort(groups, cloud, { from, to: address, protocol: entry.protocol, port }, entry);
  const unnamed = found.filter((entry) => entry.ports === "").map(({ protocol, state, reason, count }) => ({ protocol, state, reason, count, ports: "" }));
  return [...[...groups.values()].map(({ row, ports }) => ({ ...(ports.length > 1 ? withoutService(row) : row), ports: formatPortList(ports), count: ports.length })), ...unnamed].sort(inOrder);
}

const withoutService = ({ service: _service, ...row }: Group["row"]): Group["row"] => row;

/** An open port is a row of its own; others join those that were found alike for the same reason. */
function judgePort(groups: Map<string, Group>, cloud: Cloud, question: PathQuestion & { port: number }, { protocol, state, reason, service }: NmapPorts): void {
  const prediction = predictPath(cloud, question);
  const why = decisive(prediction);
  const key = JSON.stringify([protocol, state, reason, prediction.verdict, why?.reason, why?.decidedBy, why?.at, state === "open" ? question.port : ""]);
  const known = groups.get(key);
  if (known !== undefined) {
    known.ports.push(question.port);
    return;
  }
  const agrees = agreement(state, prediction.verdict);
  groups.set(key, {
    row: {
      protocol, state, reason,
      ...(service === undefined ? {} : { service }),
      predicted: prediction.verdict,
      ...(agrees === undefined ? {} : { agrees }),
      ...(why === undefined ? {} : { why: { reason: why.reason, values: why.values, ...(why.decidedBy === undefined ? {} : { decidedBy: why.decidedBy }) } }),
    },
    ports: [question.port],
  });
}

/** What of a prediction explains the outcome: where the packet was lost, else the rule that let it in, else who answers. */
function decisive({ hops, verdict }: PathPrediction): PathHop | undefined {
  const last = hops.at(-1);
  const lost = hops.findLast((hop) => hop.outcome === "drop");
  if (verdict === "timeout") return lost ?? last;
  const opened = hops.findLast((hop) => hop.direction === "forward" && hop.kind === "security-group" && hop.reason === "security-group-allows-in");
  const answered = hops.findLast((hop) => hop.direction === "forward" && hop.kind === "service");
  if (verdict === "open") return opened ?? answered ?? last;
  return answered ?? last;
}

/** Silence of UDP agrees with everything; where nothing was predicted, nothing agrees and nothing differs. */
function agreement(state: NmapPorts["state"], predicted: PathPrediction["verdict"]): boolean | undefined {
  const seen = seenAs[state];
  if (predicted === "unknown" || seen === undefined) return undefined;
  return seen === predicted;
}

/** What is open first, then what differs, then the fewest ports. */
function inOrder(one: ExposureRow, other: ExposureRow): number {
  const rank = (row: ExposureRow): number => (row.state === "open" ? 0 : row.agrees === false ? 1 : row.state === "closed" ? 2 : row.state === "filtered" ? 3 : 4);
  return rank(one) - rank(other) || (rank(one) === 0 ? Number(one.ports) - Number(other.ports) : one.count - other.count);
}
