import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures/test.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly target: readonly string[] }[];
}

/** Runs axe in the page; the debugger's evaluation is not subject to the page's content security policy. */
async function seriousViolations(page: Page): Promise<string[]> {
  await page.evaluate(`${axe};0`);
  const violations = (await page.evaluate(`axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] }).then((result) => result.violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map(({ target }) => ({ target })) })))`)) as Violation[];
  return violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
}

const places = [
  ["the library", "#/", "Bibliothèque"],
  ["a lab", "#/lab/06-vpc-build", "Construire un VPC"],
  ["the settings", "#/settings", "Réglages"],
  ["the set-up", "#/setup", /^(Tout est prêt|Il manque)/],
] as const;

for (const theme of ["Clair", "Sombre"]) {
  test(`axe finds nothing serious on any screen (${theme})`, async ({ page, rempart }) => {
    await rempart.goTo("#/settings");
    await page.getByText(theme, { exact: true }).click();
    for (const [name, hash, heading] of places) {
      await test.step(name, async () => {
        await rempart.goTo(hash);
        await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
        expect(await seriousViolations(page)).toEqual([]);
      });
    }
    await rempart.goTo("#/settings");
    await page.getByText("Clair", { exact: true }).click();
  });
}
