import { expect, test } from "./fixtures/test.ts";

test("the library shows the labs, grouped, and one next step", async ({ page, rempart }) => {
  await rempart.goTo("#/");
  await expect(page.getByRole("heading", { level: 1, name: "Bibliothèque" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Réseaux privés" }).getByRole("article", { name: "Construire un VPC" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Accès" }).getByRole("article")).toHaveCount(1);
});

test("language and theme are switched, and remembered over a reload", async ({ page, rempart }) => {
  await rempart.goTo("#/settings");
  await page.getByLabel("Langue").selectOption("en");
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
  await page.getByText("Dark", { exact: true }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.getByLabel("Language").selectOption("fr");
  await page.getByText("Clair", { exact: true }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
});

test("the set-up screen lists the machine's diagnostics", async ({ page, rempart }) => {
  await rempart.goTo("#/setup");
  await expect(page.getByText("Réseau des labs")).toBeVisible({ timeout: 30_000 });
});
