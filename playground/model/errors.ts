import { z } from "zod";

/** One fault in a file: where it is (path in the document, 1-based line and column) and what is wrong. */
export const faultSchema = z.object({
  code: z.string(),
  file: z.string().optional(),
  path: z.string(),
  line: z.number().int().optional(),
  column: z.number().int().optional(),
  message: z.string(),
  hint: z.string().optional(),
  /** What goes into the texts of the code, so that a window can say the fault in its own language (`faultText`). */
  values: z.record(z.string(), z.string()).optional(),
});
export type Fault = z.infer<typeof faultSchema>;

/** An error as it crosses the contract: everything that a reader needs to go on. */
export const errorDataSchema = z.object({
  name: z.string(),
  code: z.string(),
  message: z.string(),
  kind: z.enum(["input", "machine", "internal"]).optional(),
  kept: z.string().optional(),
  next: z.string().optional(),
  faults: z.array(faultSchema).optional(),
});
export type ErrorData = z.infer<typeof errorDataSchema>;

/** Which exit code of the command line an error leads to: 2 bad input, 3 machine not ready. */
export type ErrorKind = "input" | "machine" | "internal";

/**
 * The one error class of Rempart. `code` is stable and is what tests and clients compare; `message` says what happened,
 * `kept` what was left as it is, `next` what to do now.
 */
export class RempartError extends Error {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly kept: string | undefined;
  readonly next: string | undefined;
  readonly faults: Fault[] | undefined;

  constructor(
    code: string,
    message: string,
    details: { kind?: ErrorKind; kept?: string; next?: string; faults?: Fault[]; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.name = "RempartError";
    this.code = code;
    this.kind = details.kind ?? "internal";
    this.kept = details.kept;
    this.next = details.next;
    this.faults = details.faults;
  }
}

/** Turns any thrown value into data that can cross the contract. */
export function toErrorData(error: unknown): ErrorData {
  if (error instanceof RempartError) {
    return { name: error.name, code: error.code, message: error.message, kind: error.kind, kept: error.kept, next: error.next, faults: error.faults };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { name: "RempartError", code: "internal", message };
}

/** Rebuilds the error on the other side of the contract. */
export function fromErrorData(data: ErrorData): RempartError {
  return new RempartError(data.code, data.message, {
    kind: data.kind ?? (data.faults ? "input" : data.code.startsWith("machine.") ? "machine" : data.code.startsWith("input.") ? "input" : "internal"),
    ...(data.kept === undefined ? {} : { kept: data.kept }),
    ...(data.next === undefined ? {} : { next: data.next }),
    ...(data.faults === undefined ? {} : { faults: data.faults }),
  });
}
