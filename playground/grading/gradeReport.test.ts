import { describe, expect, it } from "vitest";
import type { CheckGrade, ReportGrade } from "../contract/classTable.ts";
import { withInstructorFile } from "../model/instructorFile.ts";
import { checkSchema, labSchema, type Lab } from "../model/lab.ts";
import { parseNetworkFile } from "../model/networkFile.ts";
import { resolveCloud } from "../model/resolve.ts";
import { testNetworkText } from "../model/testCloud.ts";
import { type AttemptEvent, attemptEventSchema, type ToldEvent } from "../reports/attemptEvents.ts";
import { gradeReport } from "./gradeReport.ts";
import { seenCheck, testReport, type TestStep } from "./testReport.ts";

const title = { fr: "a", en: "a" };
const lab: Lab = labSchema.parse({
  id: "test-lab",
  title,
  summary: title,
  group: "access",
  minutes: 1,
  memory_mb: 1,
  internet: { hosts: { laptop: { address: "203.0.113.50" } } },
  grading: { earlier_pass: 0.5, hint: 0.1, solved: 0.25 },
  checks: [
    { kind: "http", id: "page", title, from: "laptop", url: "http://${instances.web.public_ip}:8080/", expect: { status: 200, body: "Hello" }, points: 4, partial: [{ output: "^HTTP 404", points: 1, because: { fr: "répond", en: "answers" } }] },
    { kind: "connect", id: "ssh", title, from: "laptop", to: "${instances.web.public_ip}", port: 22, expect: "timeout", control: "page", points: 2 },
  ],
  steps: [{ id: "one", title, checks: ["page", "ssh"], hints: [title, title], questions: [{ id: "why", text: title }, { id: "how", text: title }] }],
});
const applied: TestStep = { type: "network.applied", network: testNetworkText, plan: { create: 1, change: 0, replace: 0, destroy: 0, changes: [] }, addresses: {} };
const page = (passed: boolean, output = passed ? "HTTP 200\nHello, World!" : "curl: (28) Connection timed out"): TestStep => seenCheck("page", passed, { command: "curl -m 3 http://203.0.113.10:8080/", output });
const ssh = (passed: boolean, output = passed ? "Ncat: TIMEOUT." : "Ncat: Connected to 203.0.113.10:22."): TestStep => seenCheck("ssh", passed, { command: "nc -vz -w 3 203.0.113.10 22", output });

function grade(steps: readonly (TestStep | ToldEvent)[], given: Lab = lab, options: { hidden?: string[]; isSameLab?: boolean } = {}): ReportGrade {
  const { events } = testReport({ steps: steps as TestStep[] });
  const cloudOf = (text: string) => {
    const { network } = parseNetworkFile(text);
    return network && resolveCloud(lab, network);
  };
  const read = events.map((event): AttemptEvent => attemptEventSchema.parse(event));
  return gradeReport(read, { lab: given, hidden: new Set(options.hidden), isSameLab: options.isSameLab ?? true, cloudOf });
}
const check = (graded: ReportGrade, id: string): CheckGrade | undefined => graded.checks.find((one) => one.check === id);

describe("the grade of an attempt", () => {
  it("is full where all checks pass at the end, each with its weight", () => {
    const graded = grade([{ type: "lab.started" }, applied, page(false), page(true), ssh(true)]);
    expect(graded).toMatchObject({ points: 6, of: 6, passed: 2, applied: 1, hints: 0, solved: [], answered: 0, questions: 2 });
    expect(check(graded, "page")).toMatchObject({ outcome: "passed", evidence: "confirmed", attempts: 2, points: 4 });
  });

  it("is nothing where nothing was done, or all failed", () => {
    expect(grade([])).toMatchObject({ points: 0, of: 6, minutes: 0 });
    expect(check(grade([]), "page")).toMatchObject({ outcome: "never", evidence: "none" });
    expect(check(grade([applied, page(false)]), "page")).toMatchObject({ outcome: "failed", points: 0, attempts: 1 });
  });

  it("gives points in part for what a failing check came to see", () => {
    const graded = check(grade([applied, page(false, "HTTP 404\nnot here")]), "page");
    expect(graded).toMatchObject({ outcome: "partial", points: 1, reasons: [{ fr: "répond", en: "answers" }] });
  });

  it("gives half for a check that passed and failed again", () => {
    expect(check(grade([applied, page(true), page(false)]), "page")).toMatchObject({ outcome: "earlier", points: 2 });
  });

  it("lets neither a later start nor a drill take away what was done", () => {
    expect(grade([applied, page(true), ssh(true), { type: "lab.stopped" }, { type: "lab.started" }, page(false)]).points).toBe(6);
    expect(grade([applied, page(true), ssh(true), { type: "drill.started", drill: "x", seed: null, faults: 1 } as unknown as ToldEvent, page(false)]).points).toBe(6);
  });

  it("takes off for hints opened before it passed, and not for those after", () => {
    const hint = (number: number): TestStep => ({ type: "hint.opened", step: "one", number });
    expect(check(grade([applied, hint(1), hint(2), page(true)]), "page")?.points).toBeCloseTo(3.2);
    expect(check(grade([applied, page(true), hint(1)]), "page")?.points).toBe(4);
    expect(grade([hint(1), hint(1), hint(2)]).hints).toBe(2);
  });

  it("gives little for a step that Rempart did, and all where the student had been first", () => {
    expect(check(grade([applied, { type: "step.solved", step: "one" }, page(true)]), "page")).toMatchObject({ points: 1, outcome: "passed" });
    expect(check(grade([applied, page(true), { type: "step.solved", step: "one" }]), "page")?.points).toBe(4);
  });

  it("does not count a pass that its own observation contradicts", () => {
    const lies: [TestStep, string][] = [
      [page(true, "HTTP 500\nHello"), "page"],
      [page(true, "HTTP 200\nGoodbye"), "page"],
      [seenCheck("page", true, { command: "curl -m 3 http://203.0.113.99:8080/", output: "HTTP 200\nHello" }), "page"],
      [seenCheck("page", true, { state: "failed", command: "curl -m 3 http://203.0.113.10:8080/", output: "HTTP 200\nHello" }), "page"],
      [ssh(true, "Ncat: Connected to 203.0.113.10:22."), "ssh"],
      [ssh(true, "Ncat: Connection refused."), "ssh"],
    ];
    for (const [lie, id] of lies) expect(check(grade([applied, lie]), id), JSON.stringify(lie)).toMatchObject({ points: 0, evidence: "contradicted" });
  });

  it("lets the passes of another version of the lab stand", () => {
    expect(check(grade([applied, page(true, "HTTP 200\nGoodbye")], lab, { isSameLab: false }), "page")).toMatchObject({ points: 4, evidence: "undecided" });
  });

  it("judges hidden checks by the network handed in, as far as it tells", () => {
    const hidden = [
      { kind: "network", id: "range", title, expect: [{ value: "${vpcs.foo.cidr_block}", equals: "10.0.0.0/16" }], points: 2 },
      { kind: "connect", id: "telnet", title, from: "laptop", to: "203.0.113.10", port: 23, expect: "open", points: 3 },
      { kind: "command", id: "look", title, from: "laptop", run: "true", expect: { exit: 0 }, points: 5 },
    ].map((one) => checkSchema.parse(one));
    const graded = grade([applied, page(true)], withInstructorFile(lab, { lab: lab.id, grading: {}, points: {}, checks: hidden }), { hidden: ["range", "telnet", "look"] });
    expect(["range", "telnet", "look"].map((id) => [check(graded, id)?.outcome, check(graded, id)?.points])).toEqual([["passed", 2], ["failed", 0], ["unproven", 0]]);
    expect(graded).toMatchObject({ points: 6, of: 16 });
  });

  it("counts work, and no pause of hours", () => {
    const graded = grade([applied, { ...page(false), after: 600 }, { ...page(true), after: 7200 }, { ...ssh(true), after: 300 }]);
    expect(graded.minutes).toBe(16);
    expect(check(graded, "page")?.minutes).toBe(11);
  });

  it("counts answers, and not what was erased again", () => {
    const answer = (question: string, text: string): TestStep => ({ type: "question.answered", question, answer: text });
    expect(grade([answer("why", "because"), answer("how", "so"), answer("how", " "), answer("other", "x")])).toMatchObject({ answered: 1, questions: 2 });
  });
});
