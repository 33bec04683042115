import { z } from "zod";
import { localizedSchema } from "../model/localized.ts";

/** A table that the student fills by measuring, as a window draws it; part of the contract in `contract.ts`. */

const cellSchema = z.object({
  column: z.string(),
  /** What the course says of it, and its place in the course's order (1 is best), where it says something. */
  course: localizedSchema.optional(),
  rank: z.number().optional(),
  /** What the student measured, newest where several checks do. Absent: not measured yet. */
  measured: z
    .object({ text: localizedSchema, values: z.array(z.string()), number: z.number().optional(), at: z.string(), command: z.string(), lab: z.string(), check: z.string() })
    .optional(),
  /** The checks that measure it: where to go while it is empty. Empty when nothing measures this cell. */
  sources: z.array(z.object({ lab: z.string(), labTitle: localizedSchema, check: z.string(), checkTitle: localizedSchema })),
});

export const comparisonTableSchema = z.object({
  id: z.string(),
  title: localizedSchema,
  note: localizedSchema.optional(),
  columns: z.array(z.object({ id: z.string(), title: localizedSchema })),
  rows: z.array(
    z.object({
      id: z.string(),
      title: localizedSchema,
      /** One for each column, in their order. */
      cells: z.array(cellSchema),
      /** Whether the measured order is the course's; absent where there is none to compare yet. */
      agrees: z.boolean().optional(),
    }),
  ),
});
