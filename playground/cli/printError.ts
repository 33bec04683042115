import { describeError, describeFault } from "../model/describeError.ts";
import type { Fault } from "../model/errors.ts";
import { RempartError, toErrorData } from "../model/errors.ts";
import { sentence } from "../model/sentences.ts";
import type { Console } from "./console.ts";

/** Says what happened, what was kept and what to do next, on standard error; with `json`, as data on standard output. */
export function printError(console: Console, error: unknown, json: boolean): void {
  const data = toErrorData(error);
  if (json) {
    console.printJson({ error: data });
    return;
  }
  const title = console.text({ fr: "Erreur", en: "Error" });
  const told = describeError(data, console.language);
  console.note(`${console.paint("red", `${title} (${data.code})`)} ${told.message}`);
  if (told.detail !== undefined) console.note(`  ${sentence(told.detail)}`);
  if (data.faults) console.note(formatFaults(console, data.faults));
  if (told.kept !== undefined) console.note(`  ${console.text({ fr: "Gardé :", en: "Kept:" })} ${told.kept}`);
  if (told.next !== undefined) console.note(`  ${console.text({ fr: "À faire :", en: "Next:" })} ${told.next}`);
  // A fault of ours: who reports it needs the stack.
  if (!(error instanceof RempartError) && error instanceof Error && error.stack !== undefined) console.note(console.paint("dim", error.stack));
}

/** One line for each fault, as compilers write them: file:line:column code message. */
export function formatFaults(console: Console, faults: readonly Fault[], folder = ""): string {
  return faults
    .map((fault) => {
      const place = [`${folder}${fault.file ?? ""}`, fault.line, fault.column].filter((part) => part !== undefined && part !== "").join(":");
      const told = describeFault(fault, console.language);
      const hint = told.hint === undefined ? "" : `\n    ${told.hint}`;
      return `${place} ${console.paint("yellow", fault.code)} ${fault.path === "" ? "" : `${fault.path}: `}${told.message}${hint}`;
    })
    .join("\n");
}
