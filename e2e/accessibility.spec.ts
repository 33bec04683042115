import { seriousViolations } from "./fixtures/axe.ts";
import { expect, test } from "./fixtures/test.ts";

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
