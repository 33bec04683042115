import { applyBreakages } from "./applyBreakages.ts";
import { breakageId, type Breakage, type BreakageOffer } from "./breakage.ts";
import { breakageText } from "./breakageText.ts";
import type { Cloud, CloudNode } from "./cloud.ts";
import { RempartError } from "./errors.ts";
import { formatPrefix } from "./ip.ts";
import type { Lab } from "./lab.ts";
import { predictPath } from "./packetPath.ts";
import type { PathPrediction, PathQuestion } from "./path.ts";
import { formatSecurityGroupRule } from "./resourceAttributes.ts";

/** What a cable that is offered to be made worse loses, when nothing else is said. */
export const usualLossPercent = 40;

/**
 * Everything that can be broken in a lab, in an order that depends on the lab alone. Of routes, rules and machines, those are offered whose loss
 * changes a connection that works: what nobody would notice is no fault to look for.
 */
export function offerBreakages(lab: Pick<Lab, "breakages">, cloud: Cloud): BreakageOffer[] {
  const working = workingPaths(cloud);
  const noticed = candidates(cloud).flatMap((breakage): BreakageOffer[] => {
    const path = brokenPath(cloud, breakage, working);
    return path ? [offer(breakage, lab, { path })] : [];
  });
  const records = cloud.hostedZones.flatMap((zone) => zone.records.filter(({ type }) => type === "A").map((record): Breakage => ({ fault: "poison", target: [zone.name, record.name, record.type] })));
  const cables = cloud.nodes.filter(hasCable).map((node): Breakage => ({ fault: "impair", target: [node.name], lossPercent: usualLossPercent }));
  const prepared = Object.entries(lab.breakages).map(([name, { check }]) => offer({ fault: "prepared", target: [name] }, lab, { check }));
  return [...noticed, ...[...records, ...cables].map((breakage) => offer(breakage, lab)), ...prepared];
}

const offer = (breakage: Breakage, lab: Pick<Lab, "breakages">, more: Pick<BreakageOffer, "path" | "check"> = {}): BreakageOffer => ({ ...breakage, id: breakageId(breakage), text: breakageText(breakage, lab), ...more });

function candidates(cloud: Cloud): Breakage[] {
  return [
    ...cloud.routeTables.flatMap((table) => table.routes.filter(({ target }) => target.kind !== "local").map((route): Breakage => ({ fault: "drop-route", target: [table.name, formatPrefix(route.prefix)] }))),
    ...cloud.securityGroups.flatMap((group) => (isDefault(group.name) ? [] : [...new Set(group.ingress.map((rule) => formatSecurityGroupRule(rule, "ingress")))].map((rule): Breakage => ({ fault: "close-port", target: [group.name, rule] })))),
    ...cloud.networkAcls.flatMap((acl) =>
      (["ingress", "egress"] as const).flatMap((direction) => acl[direction].filter(({ action }) => action === "allow").map((rule): Breakage => ({ fault: "deny-port", target: [acl.name, direction, String(rule.number)] }))),
    ),
    ...cloud.nodes.filter(({ kind }) => kind === "instance").map((node): Breakage => ({ fault: "kill", target: [node.name] })),
  ];
}

/** Every VPC has one of that name, so that it names none of them. */
const isDefault = (group: string): boolean => group === "default";

/** Machines whose cable can lose packets: one in a VPC or on the Internet. */
const hasCable = ({ kind, interfaces: [first] }: CloudNode): boolean => (kind === "instance" || kind === "internet-host") && (first?.attachment.kind === "subnet" || first?.attachment.kind === "internet");

/** A connection that works, as predicted, with the tables, groups and machines that had a say in it. */
interface WorkingPath {
  readonly question: PathQuestion;
  readonly decided: ReadonlySet<string>;
}

/** Most ports of one machine that are asked: those of a scan would be too many. */
const mostPorts = 4;

function workingPaths(cloud: Cloud): WorkingPath[] {
  const questions = cloud.nodes.flatMap((from) =>
    cloud.nodes.filter((to) => to.name !== from.name && from.kind !== "resolver").flatMap((to): PathQuestion[] => [
      ...to.listens.slice(0, mostPorts).map((port): PathQuestion => ({ from: from.name, to: to.name, protocol: "tcp", port })),
      { from: from.name, to: to.name, protocol: "icmp" },
    ]),
  );
  return questions.flatMap((question): WorkingPath[] => {
    const prediction = predicted(cloud, question);
    if (prediction?.verdict !== "open") return [];
    return [{ question, decided: new Set([`node ${question.from}`, ...prediction.hops.flatMap((hop) => [`${hop.kind} ${hop.at}`, ...(hop.kind === "service" ? [`node ${hop.at}`] : [])])]) }];
  });
}

/** The first connection that works and does not once this is broken; one that says a port before one that is a ping. */
function brokenPath(cloud: Cloud, breakage: Breakage, working: readonly WorkingPath[]): PathQuestion | undefined {
  const judge = judgeOf(breakage);
  const broken = applyBreakages(cloud, [breakage]);
  const isOff = (question: PathQuestion): boolean => breakage.fault === "kill" && question.from === breakage.target[0];
  const all = working.filter(({ decided }) => decided.has(judge)).map(({ question }) => question);
  // Who is off is missed by those who ask it, rather than by itself.
  const concerned = [...all.filter((question) => !isOff(question)), ...all.filter(isOff)];
  return [...concerned.filter(({ port }) => port !== undefined), ...concerned.filter(({ port }) => port === undefined)].find((question) => predicted(broken, question)?.verdict !== "open");
}

function judgeOf({ fault, target: [name = ""] }: Breakage): string {
  if (fault === "drop-route") return `route-table ${name}`;
  if (fault === "close-port") return `security-group ${name}`;
  return fault === "deny-port" ? `network-acl ${name}` : `node ${name}`;
}

/** A machine whose address is given by hand cannot be asked about. */
function predicted(cloud: Cloud, question: PathQuestion): PathPrediction | undefined {
  try {
    return predictPath(cloud, question);
  } catch (error) {
    if (error instanceof RempartError) return undefined;
    throw error;
  }
}
