import type { LabSummary } from "../../playground/contract/contract.ts";

export type Standing = "none" | "some" | "done";
export type Group = LabSummary["group"];

/** The order in which the course takes its groups. */
export const groupOrder: readonly Group[] = ["physical", "dns", "private-networks", "access", "services", "cluster", "mesh", "whole"];

/** Where the student stands in a lab. */
export function standingOf(lab: LabSummary): Standing {
  if (lab.totalChecks > 0 && lab.passedChecks >= lab.totalChecks) return "done";
  return lab.passedChecks > 0 ? "some" : "none";
}

export const isUp = (lab: LabSummary): boolean => lab.phase !== "stopped";

/**
 * The one lab to go on with: a running one that is not finished, else the first one begun, else the first in the course's
 * order whose foundations are done (or are not in the library), else the first not done. Undefined when all are done.
 */
export function chooseNextLab(labs: readonly LabSummary[]): LabSummary | undefined {
  const open = sortLabs(labs).filter((lab) => standingOf(lab) !== "done");
  const isSettled = (id: string) => {
    const foundation = labs.find((lab) => lab.id === id);
    return foundation === undefined || standingOf(foundation) === "done";
  };
  return open.find(isUp) ?? open.find((lab) => standingOf(lab) === "some") ?? open.find((lab) => lab.buildsOn.every(isSettled)) ?? open[0];
}

/** By group in the course's order, then by id. */
export function sortLabs(labs: readonly LabSummary[]): LabSummary[] {
  return [...labs].sort((left, right) => groupOrder.indexOf(left.group) - groupOrder.indexOf(right.group) || left.id.localeCompare(right.id));
}

/** Groups that hold at least one lab, in the course's order. */
export function groupLabs(labs: readonly LabSummary[]): { group: Group; labs: LabSummary[] }[] {
  const sorted = sortLabs(labs);
  return groupOrder.map((group) => ({ group, labs: sorted.filter((lab) => lab.group === group) })).filter((entry) => entry.labs.length > 0);
}

/** The number that a lab's folder begins with: "07" of "07-route-tables-gateways". */
export function labNumber(id: string): string | undefined {
  return /^\d+/.exec(id)?.[0];
}
