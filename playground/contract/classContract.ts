import { z } from "zod";
import { classTableSchema } from "./classTable.ts";
import { method } from "./method.ts";

const folder = z.string().min(1).max(4096);
/** Paths of the instructor's files with hidden checks and weights. */
const hidden = z.array(z.string().min(1).max(4096)).max(50).default([]);

/** Reports of a class, graded; part of the contract in `contract.ts`. All of it works without an engine. */
export const classMethods = {
  /**
   * Grades all reports of a folder; progress goes by the task `class`. Fails with `input.no-such-folder`, `input.too-many-files`, `input.no-such-file`,
   * `input.unknown-lab`, `input.invalid-instructor-file`.
   */
  "class.grade": method(z.object({ folder, hidden }), classTableSchema),
  /** The table that was graded last, for a window that comes back. */
  "class.last": method(z.object({}), z.object({ table: classTableSchema.optional() })),
  /** The table that was graded last as a file for spreadsheets. Fails with `class.nothing-graded`. */
  "class.export": method(z.object({ format: z.enum(["csv", "xlsx"]), language: z.enum(["fr", "en"]) }), z.object({ name: z.string(), mediaType: z.string(), data: z.base64() })),
} as const;
