import { RempartError } from "../model/errors.ts";
import type { LabRuntime } from "./labRuntime.ts";

/**
 * A solution may need what only the student has, as the public key made on the laptop: `{{laptop:/home/ops/.ssh/id_ed25519.pub}}`
 * in a solution's `network.yml` stands for the first line of that file in that node.
 */
const placeholder = /\{\{([a-z][a-z0-9-]*):(\/[A-Za-z0-9._/-]+)\}\}/g;

/** What validates in the place of a placeholder: those known stand where a public key does. */
const sample = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHJlbXBhcnQgc2FtcGxlIGtleSwgbmV2ZXIgdXNlZCEh";

/** The text with a sample in the place of every placeholder, to be parsed and judged without a running lab. */
export function withSamples(text: string): string {
  return text.replace(placeholder, sample);
}

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
