import { z } from "zod";
import type { Fault } from "./errors.ts";
import { FaultList, toFault } from "./faults.ts";
import { gradingRulesSchema, type GradingRules } from "./grading.ts";
import { type Check, checkSchema, type Lab } from "./lab.ts";
import { parseFile, sortFaults } from "./networkFile.ts";
import { addCheckFaults } from "./validateChecks.ts";

const instructorFileSchema = z.strictObject({
  lab: z.string().meta({ description: "Id of the lab that this is about" }),
  grading: z.strictObject({ earlier_pass: z.number().min(0).max(1), hint: z.number().min(0).max(1), solved: z.number().min(0).max(1) }).partial().default({}).meta({ description: "Rules that count instead of those of lab.yml" }),
  points: z.record(z.string(), z.number().min(0).max(100)).default({}).meta({ description: "Points of checks that count instead of those of lab.yml" }),
  checks: z.array(checkSchema).max(100).default([]).meta({ description: "Checks that students never get, written as in lab.yml; a control may be a check of the lab" }),
});

/** What an instructor adds to a lab for grading alone. */
export interface InstructorFile {
  readonly lab: string;
  readonly grading: Partial<GradingRules>;
  readonly points: Readonly<Record<string, number>>;
  readonly checks: readonly Check[];
}

/** The id of the lab that an instructor's file is about, without judging the rest; undefined where it says none. */
export function labOfInstructorFile(text: string): string | undefined {
  const { content } = parseFile(text, "instructor.yml", z.object({ lab: z.string() }));
  return content?.lab;
}

/** Parses an instructor's file and judges it against its lab: every fault at once, with line and column. Never throws. */
export function parseInstructorFile(text: string, lab: Lab): { file?: InstructorFile; faults: Fault[] } {
  const { content, faults, positions } = parseFile(text, "instructor.yml", instructorFileSchema);
  if (!content) return { faults };
  const list = new FaultList("instructor.yml");
  const known = lab.checks.map((check) => check.id);
  if (content.lab !== lab.id) list.addUnknown("instructor.other-lab", ["lab"], content.lab, [lab.id]);
  for (const id of Object.keys(content.points)) if (!known.includes(id)) list.addUnknown("lab.unknown-check", ["points", id], id, known, {}, true);
  content.checks.forEach((check, index) => {
    if (known.includes(check.id)) list.add("lab.duplicate-check", ["checks", index, "id"], { name: check.id });
  });
  // Ours first, so that the paths are those of this file; what the lab's own checks lack is not said here.
  const together = new FaultList("instructor.yml");
  addCheckFaults(together, { ...lab, steps: [], start_fails: [], covers: {}, broken: {}, builds_on: [], checks: [...content.checks, ...lab.checks.filter((check) => !content.checks.some(({ id }) => id === check.id))] });
  list.found.push(...together.found.filter(({ path }) => path[0] === "checks" && Number(path[1]) < content.checks.length));
  const found = sortFaults(list.found.map((raw) => toFault(raw, positions)));
  return found.length > 0 ? { faults: found } : { file: content, faults: [] };
}

/** The rules that count: those of the lab, and over them the instructor's. */
export function rulesFor(lab: Lab, file: InstructorFile | undefined): GradingRules {
  return gradingRulesSchema.parse({ ...lab.grading, ...file?.grading });
}

/** The lab with the instructor's weights and, after its own checks, the hidden ones. */
export function withInstructorFile(lab: Lab, file: InstructorFile | undefined): Lab {
  if (!file) return lab;
  const weighed = lab.checks.map((check) => ({ ...check, points: Object.hasOwn(file.points, check.id) ? (file.points[check.id] ?? check.points) : check.points }));
  return { ...lab, grading: rulesFor(lab, file), checks: [...weighed, ...file.checks] };
}
