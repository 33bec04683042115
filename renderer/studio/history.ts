import type { LabFiles } from "../../playground/contract/authorContract.ts";

/** Texts that changed: undefined takes a file away. */
export type Changes = Readonly<Record<string, string | undefined>>;

/** The texts of a lab with what was before and, after an undo, what comes again. */
export interface History {
  readonly files: LabFiles;
  readonly past: readonly LabFiles[];
  readonly future: readonly LabFiles[];
  /** What was changed last, and when: typing goes into one step. */
  readonly last: { readonly what: string; readonly at: number } | undefined;
}

const pauseMilliseconds = 1_000;
const longestPast = 200;

export function beginHistory(files: LabFiles): History {
  return { files, past: [], future: [], last: undefined };
}

/** With these changes. Changes of the same `typing` that follow each other without a pause are undone together. Without a difference, the same history. */
export function changeFiles(history: History, changes: Changes, at: number, typing?: string): History {
  const files = { ...history.files };
  for (const [path, text] of Object.entries(changes)) {
    if (text === undefined) delete files[path];
    else files[path] = text;
  }
  const paths = new Set([...Object.keys(files), ...Object.keys(history.files)]);
  if ([...paths].every((path) => files[path] === history.files[path])) return history;
  const { last } = history;
  const goesOn = typing !== undefined && last?.what === typing && at - last.at < pauseMilliseconds;
  return { files, past: goesOn ? history.past : [...history.past.slice(1 - longestPast), history.files], future: [], last: typing === undefined ? undefined : { what: typing, at } };
}

export function undo(history: History): History {
  const before = history.past.at(-1);
  return before === undefined ? history : { files: before, past: history.past.slice(0, -1), future: [history.files, ...history.future], last: undefined };
}

export function redo(history: History): History {
  const [next, ...future] = history.future;
  return next === undefined ? history : { files: next, past: [...history.past, history.files], future, last: undefined };
}
