import type { Fault } from "./errors.ts";
import type { SourcePositions } from "./faults.ts";
import { type Lab, labSchema } from "./lab.ts";
import { parseFile } from "./networkFile.ts";

/** Parses a `lab.yml`: syntax and schema only; `validateLab` judges what it means. */
export function parseLabFile(text: string): { lab?: Lab; faults: Fault[]; positions: SourcePositions } {
  const { content, faults, positions } = parseFile(text, "lab.yml", labSchema);
  return { ...(content ? { lab: content } : {}), faults, positions };
}
