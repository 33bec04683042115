import type { z } from "zod";
import type { Fault } from "./errors.ts";
import { type FaultFile, FaultList, type SourcePositions, toFault } from "./faults.ts";
import { type Network, networkSchema } from "./network.ts";
import { addSchemaFaults } from "./schemaFaults.ts";
import { parseYaml } from "./yamlSource.ts";

export interface ParsedFile<Content> {
  /** Absent when the text does not fit the schema. */
  readonly content: Content | undefined;
  /** Faults of syntax and schema, with line and column. */
  readonly faults: Fault[];
  /** Where paths stand in the text, for faults found later. */
  readonly positions: SourcePositions;
}

/** Parses a YAML text against a schema; lists every fault at once and never throws. */
export function parseFile<Schema extends z.ZodType>(text: string, file: FaultFile, schema: Schema): ParsedFile<z.output<Schema>> {
  const source = parseYaml(text, file);
  const list = new FaultList(file);
  const faults = source.faults.map((raw) => ({ ...toFault(raw), ...source.syntaxPositions.get(raw) }));
  let content: z.output<Schema> | undefined;
  if (source.data !== undefined) {
    if (typeof source.data !== "object" || source.data === null || Array.isArray(source.data)) list.add("file.not-a-map", []);
    else {
      const result = schema.safeParse(source.data, { reportInput: true });
      if (result.success) content = result.data;
      else addSchemaFaults(list, schema, result.error.issues, source.data);
    }
  }
  faults.push(...list.found.map((raw) => toFault(raw, source.positions)));
  return { content: faults.length === 0 ? content : undefined, faults: sortFaults(faults), positions: source.positions };
}

/** In the order of the file. */
export function sortFaults(faults: readonly Fault[]): Fault[] {
  return [...faults].sort((a, b) => (a.file ?? "").localeCompare(b.file ?? "") || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

/** Parses the student's `network.yml`: syntax and schema only; `validateLab` judges what it means. */
export function parseNetworkFile(text: string): { network?: Network; faults: Fault[]; positions: SourcePositions } {
  const { content, faults, positions } = parseFile(text, "network.yml", networkSchema);
  return { ...(content ? { network: content } : {}), faults, positions };
}
