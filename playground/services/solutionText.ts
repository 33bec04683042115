import { RempartError } from "../model/errors.ts";
import { placeholder } from "../model/placeholders.ts";
import type { LabRuntime } from "./labRuntime.ts";

/** The text with every placeholder filled from the running lab. Throws `lab.solution-needs-earlier-step`. */
export async function fillPlaceholders(text: string, runtime: LabRuntime): Promise<string> {
  const values = new Map<string, string>();
  for (const [whole, node = "", path = ""] of text.matchAll(placeholder)) {
    if (values.has(whole)) continue;
    const result = await runtime.exec(node, ["head", "-n", "1", path], { timeoutMilliseconds: 10_000 });
    const line = result.stdout.trim();
    // The line goes between double quotes of a YAML text.
    if (result.exitCode !== 0 || line === "" || /["\\]/.test(line)) {
      throw new RempartError("lab.solution-needs-earlier-step", `This solution needs ${path} of ${node}, which is not there yet.`, {
        kind: "input",
        kept: "Your network.yml and what runs were left as they are.",
        next: "Do the steps before this one first, or have them solved.",
      });
    }
    values.set(whole, line);
  }
  return text.replace(placeholder, (whole) => values.get(whole) ?? whole);
}
