import { describe, expect, it } from "vitest";
import { fakeRuntime } from "../checks/fakeRuntime.ts";
import type { CheckGrade, ClassRow } from "../contract/classTable.ts";
import { checkSchema, labSchema } from "../model/lab.ts";
import { checksDoneByHand, rerunChecks } from "./rerunChecks.ts";

const title = { fr: "a", en: "a" };
const command = (id: string, run: string, points = 1) => ({ kind: "command", id, title, from: "laptop", run, expect: { exit: 0 }, points });
const checks = [command("kept", "true"), command("forged", "false"), command("by-hand", "false"), command("late", "true")];
const solve = (commands: { node: string; run: string }[]) => ({ network: "solution/network.yml", commands });
const steps = [
  { id: "one", title, checks: ["kept", "forged", "late"], solve: solve([]) },
  { id: "two", title, checks: ["by-hand"], solve: solve([{ node: "laptop", run: "true" }]) },
];
const runtime = fakeRuntime({ checks, lab: { steps }, exec: (_node, argv) => ({ exitCode: argv.join(" ").includes("false") ? 1 : 0, stdout: "seen" }) });
const { lab } = runtime.loaded;

const grade = (check: string, outcome: CheckGrade["outcome"], hidden = false): CheckGrade => ({ check, title, hidden, points: outcome === "passed" ? 1 : 0, of: check === "hidden-yes" ? 5 : 1, outcome, evidence: "none", attempts: 1, hints: 0, reasons: [] });
function row(list: CheckGrade[]): ClassRow {
  return {
    file: "a.json", student: "A", group: "", course: "", date: "", lab: "test-lab", rempart: "0", answers: [], counts: true,
    verdict: { state: "intact", message: title, reasons: [] },
    grade: { points: 3, of: 4, passed: 3, checks: list, applied: 1, hints: 0, solved: [], answered: 0, questions: 0, minutes: 1, startedAt: "", finishedAt: "" },
  };
}

describe("a second run of a report's checks", () => {
  it("shows a forged pass, forgives what is done by hand, and tells what passes only here", async () => {
    const judged = await rerunChecks(runtime, row([grade("kept", "passed"), grade("forged", "passed"), grade("by-hand", "passed"), grade("late", "failed")]), lab, { limitMilliseconds: 0 });
    expect(judged.grade?.checks.map(({ check, rerun }) => [check, rerun])).toEqual([["kept", "same"], ["forged", "fails"], ["by-hand", "by-hand"], ["late", "passes"]]);
    expect(judged.verdict.reasons.map(({ en }) => en)).toEqual(["Second run: passes of the report that fail here: 1."]);
    expect(judged.grade?.checks[1]?.reasons.at(-1)?.en).toContain("(false)");
  });

  it("judges hidden checks for good", async () => {
    const hidden = ["hidden-yes", "hidden-no"].map((id) => checkSchema.parse(command(id, id === "hidden-yes" ? "true" : "false", id === "hidden-yes" ? 5 : 1)));
    const judged = await rerunChecks(runtime, row([grade("kept", "passed"), grade("hidden-yes", "unproven", true), grade("hidden-no", "unproven", true)]), { ...lab, checks: [...lab.checks, ...hidden] }, { limitMilliseconds: 0 });
    expect(judged.grade).toMatchObject({ points: 6, passed: 2 });
    expect(judged.grade?.checks.map(({ outcome }) => outcome)).toEqual(["passed", "passed", "failed"]);
    expect(judged.verdict.reasons.map(({ en }) => en)).toEqual(["Second run: no pass is contradicted here."]);
  });

  it("takes for done by hand what comes after such a step, too", () => {
    const parsed = labSchema.parse({ ...lab, steps: [...lab.steps].reverse() });
    expect([...checksDoneByHand(parsed)].sort()).toEqual(["by-hand", "forged", "kept", "late"]);
    expect(checksDoneByHand({ steps: [] }).size).toBe(0);
  });
});
