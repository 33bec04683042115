/** One figure of a benchmark beside the limit that `design.md` sets. */
export interface Measurement {
  readonly name: string;
  /** Undefined where it was not measured; `note` then says why. */
  readonly value: number | undefined;
  readonly unit: string;
  /** Undefined for a figure that is only told. */
  readonly limit: number | undefined;
  readonly note: string;
}

/** A group of figures that are measured together, on one lab. */
export interface Benchmark {
  readonly title: string;
  run(): Promise<readonly Measurement[]>;
}

/** The middle of the values; the mean of the two middle ones where their number is even. Throws RangeError on none. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("no values");
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? 0;
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2;
}

/** Milliseconds that the work took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

/** All values, for the note: "1.2, 1.3, 1.9". */
export function listed(values: readonly number[], digits = 0): string {
  return values.map((value) => value.toFixed(digits)).join(", ");
}

export type Verdict = "OK" | "over" | "told" | "not measured";

/** Whether the figure keeps its limit: at most the limit. */
export function verdictOf(measurement: Measurement): Verdict {
  if (measurement.value === undefined) return "not measured";
  if (measurement.limit === undefined) return "told";
  return measurement.value <= measurement.limit ? "OK" : "over";
}

/** One line of the report. */
export function reportLine(measurement: Measurement): string {
  const figure = (value: number | undefined): string => (value === undefined ? "-" : `${Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2)} ${measurement.unit}`);
  const limit = measurement.limit === undefined ? "" : `≤ ${figure(measurement.limit)}`;
  return `  ${verdictOf(measurement).padEnd(12)} ${measurement.name.padEnd(58)} ${figure(measurement.value).padStart(14)}  ${limit.padEnd(16)} ${measurement.note}`.trimEnd();
}
