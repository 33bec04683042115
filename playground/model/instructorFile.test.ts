import { describe, expect, it } from "vitest";
import { labOfInstructorFile, parseInstructorFile, withInstructorFile } from "./instructorFile.ts";
import { labSchema } from "./lab.ts";

const title = { fr: "a", en: "a" };
const lab = labSchema.parse({
  id: "20-hello",
  title,
  summary: title,
  group: "access",
  minutes: 1,
  memory_mb: 1,
  grading: { hint: 0.1 },
  checks: [
    { kind: "connect", id: "open", title, from: "laptop", to: "1.2.3.4", port: 80, expect: "open" },
    { kind: "connect", id: "closed", title, from: "laptop", to: "1.2.3.4", port: 22, expect: "timeout", control: "open", points: 2 },
  ],
});
const good = `lab: 20-hello
grading: {solved: 0.25}
points: {open: 3}
checks:
  - {kind: connect, id: hidden, title: {fr: a, en: a}, from: laptop, to: 1.2.3.4, port: 25, expect: timeout, control: open, points: 4}
`;

describe("an instructor's file", () => {
  it("adds checks that students never get, and weighs those of the lab", () => {
    const { file, faults } = parseInstructorFile(good, lab);
    expect(faults).toEqual([]);
    const graded = withInstructorFile(lab, file);
    expect(graded.checks.map(({ id, points }) => [id, points])).toEqual([["open", 3], ["closed", 2], ["hidden", 4]]);
    expect(graded.grading).toEqual({ earlier_pass: 0.5, hint: 0.1, solved: 0.25 });
    expect(lab.checks).toHaveLength(2);
    expect(withInstructorFile(lab, undefined)).toBe(lab);
  });

  const faulty: [string, [string, string], string[]][] = [
    ["another lab", ["lab: 20-hello", "lab: 21-x"], ["instructor.other-lab lab:1"]],
    ["points of nothing", ["{open: 3}", "{opne: 3}"], ["lab.unknown-check points.opne:3"]],
    ["an id that the lab has", ["id: hidden", "id: closed"], ["lab.duplicate-check checks[0].id:5"]],
    ["a control that is nowhere", ["control: open", "control: opne"], ["lab.unknown-control checks[0].control:5"]],
    ["a negative without control", [", control: open", ""], ["lab.negative-without-control checks[0].id:5"]],
    ["rules beyond all of it", ["solved: 0.25", "solved: 25"], ["file.too-big grading.solved:2"]],
  ];
  it.each(faulty)("tells of %s", (_what, [from, to], expected) => {
    const { file, faults } = parseInstructorFile(good.replace(from, to), lab);
    expect(file).toBeUndefined();
    expect(faults.map(({ code, path, line }) => `${code} ${path}:${line ?? "?"}`)).toEqual(expected);
    for (const fault of faults) expect(fault.message).not.toMatch(/[{}]/);
  });

  it("says of which lab it speaks before anything else is judged", () => {
    expect(labOfInstructorFile(good)).toBe("20-hello");
    expect(labOfInstructorFile("checks: []")).toBeUndefined();
    expect(labOfInstructorFile(": : :")).toBeUndefined();
  });
});
