import type { FaultCode } from "./faultTexts.ts";
import type { FaultList, FaultPath } from "./faults.ts";
import type { Check, Lab } from "./lab.ts";
import { isPathInLab, isPathInMachine } from "./validateMachines.ts";

/** True when the check passes because something does not work: it needs a positive control. */
export function isNegative(check: Check): boolean {
  switch (check.kind) {
    case "http":
      return check.expect.result !== undefined;
    case "connect":
      return check.expect !== "open";
    case "command":
    case "log":
      return check.expect.lacks !== undefined;
    case "dns":
      return isNegativeAnswer(check);
    // The API server says that there is none: that is an answer, and no silence.
    case "kubernetes":
      return false;
    default:
      return false;
  }
}

/** A refusal, a failure, silence, or an answer that must be empty without sending the caller on to somebody. */
function isNegativeAnswer({ expect }: Extract<Check, { kind: "dns" }>): boolean {
  return expect.result !== undefined || (expect.status ?? "NOERROR") !== "NOERROR" || (expect.answers?.length === 0 && expect.authority === undefined);
}

function expectsNothing(check: Check): boolean {
  return typeof check.expect === "object" && !Array.isArray(check.expect) && Object.values(check.expect).every((value) => value === undefined);
}

/** Checks, steps and broken variants of a `lab.yml`: ids, controls, references and paths. */
export function addCheckFaults(list: FaultList, lab: Lab): void {
  const byId = new Map<string, Check>();
  lab.checks.forEach((check, index) => {
    const path = ["checks", index];
    if (byId.has(check.id)) list.add("lab.duplicate-check", [...path, "id"], { name: check.id });
    byId.set(check.id, check);
    if (expectsNothing(check)) list.add("lab.empty-expectation", [...path, "expect"], { name: check.id });
    if (check.kind === "log" && !isPathInMachine(check.file)) list.add("lab.log-path", [...path, "file"], { value: check.file });
    if (check.kind === "dns" && check.expect.asked_as_written_in !== undefined && !isPathInMachine(check.expect.asked_as_written_in)) {
      list.add("machine.file-path", [...path, "expect", "asked_as_written_in"], { value: check.expect.asked_as_written_in });
    }
    if (check.kind === "command" || check.kind === "log") addPatternFaults(list, [...path, "expect"], check.expect);
    check.partial.forEach((partial, position) => {
      addPatternFaults(list, [...path, "partial", position], { matches: partial.output }, "output");
      if (partial.points >= check.points) list.add("lab.partial-points", [...path, "partial", position, "points"], { name: check.id, points: String(check.points) });
    });
  });
  const ids = [...byId.keys()];
  lab.checks.forEach((check, index) => {
    const path = ["checks", index, "control"];
    const control = check.control === undefined ? undefined : byId.get(check.control);
    if (check.control === undefined) {
      if (isNegative(check)) list.add("lab.negative-without-control", ["checks", index, "id"], { name: check.id });
    } else if (!control) list.addUnknown("lab.unknown-control", path, check.control, ids.filter((id) => id !== check.id));
    else if (isNegative(control)) list.add("lab.control-is-negative", path, { name: check.control });
  });
  const addMissing = (names: readonly string[], path: FaultPath): void => {
    names.forEach((name, index) => {
      if (!byId.has(name)) list.addUnknown("lab.unknown-check", [...path, index], name, ids);
    });
  };
  addMissing(lab.start_fails, ["start_fails"]);
  for (const [item, checks] of Object.entries(lab.covers)) addMissing(checks, ["covers", item]);
  for (const [name, variant] of Object.entries(lab.broken)) {
    addMissing(variant.fails, ["broken", name, "fails"]);
    addFilePath(list, ["broken", name, "network"], variant.network);
  }
  for (const [name, { check }] of Object.entries(lab.breakages)) {
    if (!byId.has(check)) list.addUnknown("lab.unknown-check", ["breakages", name, "check"], check, ids);
  }
  addStepFaults(list, lab, addMissing);
  lab.builds_on.forEach((id, index) => addFilePath(list, ["builds_on", index], id));
}

function addStepFaults(list: FaultList, lab: Lab, addMissing: (names: readonly string[], path: FaultPath) => void): void {
  const steps = new Set<string>();
  const questions = new Set<string>();
  const addOnce = (seen: Set<string>, code: FaultCode, path: FaultPath, name: string): void => {
    if (seen.has(name)) list.add(code, path, { name });
    seen.add(name);
  };
  lab.steps.forEach((step, index) => {
    addOnce(steps, "lab.duplicate-step", ["steps", index, "id"], step.id);
    addMissing(step.checks, ["steps", index, "checks"]);
    step.questions.forEach((question, position) => addOnce(questions, "lab.duplicate-question", ["steps", index, "questions", position, "id"], question.id));
    addFilePath(list, ["steps", index, "solve", "network"], step.solve?.network);
    step.solve?.rounds.forEach((round, position) => addFilePath(list, ["steps", index, "solve", "rounds", position, "network"], round.network));
  });
}

function addFilePath(list: FaultList, path: FaultPath, value: string | undefined): void {
  if (value !== undefined && !isPathInLab(value)) list.add("lab.path-escapes", path, { value });
}

/** `matchesKey`: how the file calls the field, where it is not "matches". */
export function addPatternFaults(list: FaultList, path: FaultPath, expect: { matches?: string | undefined; lacks?: string | undefined }, matchesKey = "matches"): void {
  for (const key of ["matches", "lacks"] as const) {
    const value = expect[key];
    if (value === undefined) continue;
    try {
      new RegExp(value, "m");
    } catch (error) {
      list.add("lab.pattern", [...path, key === "matches" ? matchesKey : key], { value, detail: error instanceof Error ? error.message : String(error) });
    }
  }
}

/** Nodes that the lab names, where it is known which nodes there can be. */
export function addNodeFaults(list: FaultList, lab: Lab, nodes: readonly string[]): void {
  const check = (path: FaultPath, name: string): void => {
    if (!nodes.includes(name)) list.addUnknown("lab.unknown-node", path, name, nodes);
  };
  lab.checks.forEach((entry, index) => {
    if (entry.from !== undefined) check(["checks", index, "from"], entry.from);
    if (entry.kind === "dns") {
      entry.expect.asked?.forEach((name, position) => check(["checks", index, "expect", "asked", position], name));
      if (entry.expect.spared !== undefined) check(["checks", index, "expect", "spared"], entry.expect.spared);
    }
    if (entry.kind === "log" && entry.trigger) check(["checks", index, "trigger", "from"], entry.trigger.from);
  });
  lab.setup.forEach((command, index) => check(["setup", index, "node"], command.node));
  lab.no_terminal.forEach((name, index) => check(["no_terminal", index], name));
  lab.steps.forEach((step, index) => {
    step.solve?.commands.forEach((command, position) => check(["steps", index, "solve", "commands", position, "node"], command.node));
    step.solve?.rounds.forEach(({ commands }, round) => commands.forEach((command, position) => check(["steps", index, "solve", "rounds", round, "commands", position, "node"], command.node)));
  });
  for (const [name, variant] of Object.entries(lab.broken)) {
    for (const key of ["commands", "undo"] as const) variant[key].forEach((command, position) => check(["broken", name, key, position, "node"], command.node));
  }
  for (const [name, breakage] of Object.entries(lab.breakages)) {
    for (const key of ["commands", "undo"] as const) breakage[key].forEach((command, position) => check(["breakages", name, key, position, "node"], command.node));
  }
}
