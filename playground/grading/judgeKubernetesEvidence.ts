import type { Check } from "../model/lab.ts";
import type { KubernetesField } from "../model/kubernetesCheck.ts";
import type { Evidence } from "./judgeEvidence.ts";

/** Judges what a `kubernetes` check wrote down: a line with each object's name, and under it its fields as "  path = value". */
export function judgeKubernetesEvidence({ expect }: Extract<Check, { kind: "kubernetes" }>, output: string, interpolate: (text: string) => string): Evidence {
  const lines = output.split("\n").filter((line) => line !== "");
  const isPart = lines.some((line) => /^\[… \d+( B)?\]$/.test(line));
  const objects = lines.filter((line) => !line.startsWith(" ") && !line.startsWith("[…")).length;
  if (!expect.exists) return objects === 0 ? "confirmed" : "contradicted";
  const { count } = expect;
  if (objects === 0) return count === 0 ? "confirmed" : "contradicted";
  if (!isPart && count !== undefined && (typeof count === "number" ? objects !== count : objects < count.at_least)) return "contradicted";
  let isOpen = isPart;
  for (const field of expect.fields) {
    const values = lines.filter((line) => line.startsWith(`  ${field.path} = `)).map((line) => line.slice(field.path.length + 5));
    // Several values of one field stand in one line, and one of several lines in several: neither can be taken apart again.
    if (field.path.includes("*") || values.length !== objects) isOpen = true;
    else if (!values.every((value) => fits(field, value, interpolate))) return "contradicted";
  }
  return isOpen ? "undecided" : "confirmed";
}

function fits({ equals, matches, at_least: least, absent }: KubernetesField, value: string, interpolate: (text: string) => string): boolean {
  if (absent) return value === "—";
  if (equals !== undefined) return value === interpolate(String(equals));
  if (matches !== undefined) return new RegExp(interpolate(matches)).test(value);
  return least !== undefined && Number(value) >= least;
}
