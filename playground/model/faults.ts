import type { Fault } from "./errors.ts";
import { type FaultCode, faultText } from "./faultTexts.ts";
import { nearestName } from "./nearest.ts";

export type FaultPath = readonly (string | number)[];
export type FaultFile = "network.yml" | "lab.yml" | "instructor.yml";

/** A fault before it is known on which line it stands. `atKey`: it concerns the key itself, not its value. */
export interface RawFault {
  readonly code: FaultCode;
  readonly file: FaultFile;
  readonly path: FaultPath;
  readonly values: Readonly<Record<string, string>>;
  readonly atKey: boolean;
}

/** Where the parts of a YAML text stand; made by `parseYaml`. */
export interface SourcePositions {
  locate(path: FaultPath, atKey: boolean): { readonly line: number; readonly column: number } | undefined;
}

/** Collects the faults of one file, so that all can be listed at once. */
export class FaultList {
  readonly found: RawFault[] = [];
  readonly file: FaultFile;

  constructor(file: FaultFile) {
    this.file = file;
  }

  add(code: FaultCode, path: FaultPath, values: Record<string, string> = {}, atKey = false): void {
    this.found.push({ code, file: this.file, path, values, atKey });
  }

  /** A fault about a name that is not there: says what is there and which name was probably meant. */
  addUnknown(code: FaultCode, path: FaultPath, name: string, available: readonly string[], values: Record<string, string> = {}, atKey = false): void {
    const nearest = nearestName(name, available);
    this.add(code, path, { name, ...values, available: available.join(", "), ...(nearest === undefined ? {} : { nearest }) }, atKey);
  }
}

/** `instances.web.vpc_security_groups[0]` */
export function formatFaultPath(path: FaultPath): string {
  return path.map((part, index) => (typeof part === "number" ? `[${part}]` : index === 0 ? part : `.${part}`)).join("");
}

/** The fault with its line, column and English texts. */
export function toFault(raw: RawFault, positions?: SourcePositions): Fault {
  const position = positions?.locate(raw.path, raw.atKey);
  const { message, hint } = faultText({ code: raw.code, values: raw.values }, "en");
  return {
    code: raw.code,
    file: raw.file,
    path: formatFaultPath(raw.path),
    ...(position ? { line: position.line, column: position.column } : {}),
    message,
    ...(hint === undefined ? {} : { hint }),
    values: raw.values,
  };
}
