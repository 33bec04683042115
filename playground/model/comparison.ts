import { z } from "zod";
import { localizedSchema, type Localized } from "./localized.ts";

/**
 * Tables of a lab that the student fills by measuring: what the course says stands beside what their own checks saw, in this
 * lab and in others. Nothing measured is ever part of a lab's files.
 */

const entryNameSchema = z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, "small letters, digits and '-'");

/** Which cell of a table the output of a check fills, once the check passes. */
export const measureSchema = z.strictObject({
  table: z.string().regex(/^([a-z0-9][a-z0-9-]*\/)?[a-z][a-z0-9-]*$/).meta({ description: "A table of this lab, or LAB/TABLE for one of another lab" }),
  row: entryNameSchema,
  column: entryNameSchema,
  read: z.string().min(1).meta({ description: "Regular expression over the check's output; what its first group finds is measured, each match one value" }),
});
export type Measure = z.infer<typeof measureSchema>;

export const comparisonRowSchema = z.strictObject({
  title: localizedSchema,
  show: z.enum(["value", "list", "count"]).default("list").meta({ description: "How measured values are written: the first alone, all of them once each, or how many different ones" }),
  unit: localizedSchema.optional().meta({ description: "Written after what was measured, for example s" }),
  none: localizedSchema.optional().meta({ description: "Written where the check passed and its expression found nothing; without it, that is no measurement" }),
  best: z.enum(["lowest", "highest"]).optional().meta({ description: "Which measured value deserves rank 1; with it, the order of what was measured is compared with the course's ranks" }),
  course: z
    .record(entryNameSchema, z.strictObject({ fr: z.string().min(1), en: z.string().min(1), rank: z.number().int().min(1).optional() }))
    .default({})
    .meta({ description: "What the course says, by column; rank 1 is its best, equal ranks are ties" }),
});

export const comparisonSchema = z.strictObject({
  title: localizedSchema,
  note: localizedSchema.optional(),
  columns: z.record(entryNameSchema, z.strictObject({ title: localizedSchema })),
  rows: z.record(entryNameSchema, comparisonRowSchema),
});
export type Comparison = z.infer<typeof comparisonSchema>;
export type ComparisonRow = z.infer<typeof comparisonRowSchema>;

/** Values for one cell; `table` is LAB/TABLE. */
export const measuredCellSchema = z.object({ table: z.string(), row: z.string(), column: z.string(), values: z.array(z.string()) });
export type MeasuredCell = z.infer<typeof measuredCellSchema>;

/** The full name of a table: LAB/TABLE. */
export function tableName(measure: Pick<Measure, "table">, labId: string): string {
  return measure.table.includes("/") ? measure.table : `${labId}/${measure.table}`;
}

/** What the output of a check that passed says, cell by cell: every match's first group, in order. */
export function measureOutput(measures: readonly Measure[], output: string, labId: string): MeasuredCell[] {
  return measures.map((measure) => ({
    table: tableName(measure, labId),
    row: measure.row,
    column: measure.column,
    values: [...output.matchAll(new RegExp(measure.read, "gm"))].map((match) => match[1] ?? ""),
  }));
}

/** Measured values as the row writes them; undefined where they are no measurement. A decimal comma in French. */
export function measuredText(row: ComparisonRow, values: readonly string[]): Localized | undefined {
  if (values.length === 0) return row.none;
  const different = [...new Set(values)];
  const shown = row.show === "count" ? [String(different.length)] : row.show === "value" ? different.slice(0, 1) : different;
  const inFrench = shown.map((value) => (/^-?\d+\.\d+$/.test(value) ? value.replace(".", ",") : value));
  return { fr: `${inFrench.join(", ")}${row.unit ? ` ${row.unit.fr}` : ""}`, en: `${shown.join(", ")}${row.unit ? ` ${row.unit.en}` : ""}` };
}

/** The number by which a measurement is ordered, undefined where it has none. */
export function measuredNumber(row: ComparisonRow, values: readonly string[]): number | undefined {
  if (row.show === "count") return values.length > 0 || row.none ? new Set(values).size : undefined;
  const number = Number.parseFloat(values[0] ?? "");
  return Number.isFinite(number) ? number : undefined;
}

/**
 * Whether the order of what was measured is the course's: no better rank with a worse value. Undefined while the row is not
 * ordered, or while fewer than two columns with different ranks are measured.
 */
export function ordersAgree(row: ComparisonRow, measured: ReadonlyMap<string, number>): boolean | undefined {
  if (row.best === undefined) return undefined;
  const ranked = [...measured].flatMap(([column, value]) => {
    const rank = row.course[column]?.rank;
    return rank === undefined ? [] : [{ rank, cost: row.best === "lowest" ? value : -value }];
  });
  const pairs = ranked.flatMap((one) => ranked.filter((other) => one.rank < other.rank).map((other) => one.cost <= other.cost));
  return pairs.length === 0 ? undefined : pairs.every(Boolean);
}
