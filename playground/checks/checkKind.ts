import type { Check, CheckKind, Localized } from "../model/lab.ts";
import type { Picture } from "./pngPicture.ts";
import type { LabRuntime } from "../services/labRuntime.ts";

/** What one probe saw. `command` is what a student could type to see the same. */
export interface Seen {
  readonly passed: boolean;
  readonly command: string;
  readonly output: string;
  /** One line, in both languages. */
  readonly summary: Localized;
  /** What the probe photographed, already judged to be a plain PNG. */
  readonly picture?: { readonly image: Picture; readonly caption: Localized };
}

export type CheckOf<Kind extends CheckKind> = Extract<Check, { kind: Kind }>;

/** One kind of check: probes once, from inside the node, and never waits for the expected state. */
export type CheckProbe<Kind extends CheckKind> = (check: CheckOf<Kind>, runtime: LabRuntime) => Promise<Seen>;

const outputLimit = 4096;

/** At most 4 kB: the beginning, and how much was left out. */
export function truncateOutput(text: string): string {
  const bytes = Buffer.from(text, "utf8");
  if (bytes.length <= outputLimit) return text;
  const kept = bytes.subarray(0, outputLimit - 40).toString("utf8").replace(/\uFFFD$/, "");
  return `${kept}\n[… ${bytes.length - Buffer.byteLength(kept)} B]`;
}

/** The first line that says something, short enough for a summary. */
export function firstLine(text: string): string {
  const line = text.split("\n").map((candidate) => candidate.trim()).find((candidate) => candidate !== "") ?? "";
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}
