import { expect, test } from "./fixtures/test.ts";

test("the library shows the labs, grouped, and one next step", async ({ page, rempart }) => {
  await rempart.goTo("#/");
  await expect(page.getByRole("heading", { level: 1, name: "Bibliothèque" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Réseaux privés" }).getByRole("article", { name: "Construire un VPC" })).toBeVisible();
  const access = page.getByRole("region", { name: "Accès" });
  await expect(access.getByRole("article", { name: "Hôte bastion SSH" })).toBeVisible();
  await expect(access.getByRole("article", { name: "Construire un VPC" })).toHaveCount(0);
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

test("a mirror of registries says all that is wrong with it, and is kept once it is right", async ({ page, rempart }) => {
  await rempart.goTo("#/settings");
  const field = page.getByLabel("Miroir de registre");
  await field.fill("https://registry.example:0/Images");
  await field.blur();
  await expect(page.locator("#setting-mirror-faults li")).toHaveCount(3);
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await page.reload();
  await expect(field).toHaveValue("");
  await field.fill("registry.example:5000/images/");
  await field.press("Enter");
  await expect(field).toHaveValue("registry.example:5000/images");
  await page.reload();
  await expect(field).toHaveValue("registry.example:5000/images");
  await field.fill(" ");
  await field.blur();
  await expect(field).toHaveValue("");
});

test("a screen that cannot be drawn says what happened and what is kept, and the window comes back", async ({ page, rempart }) => {
  await rempart.goTo("#/settings");
  await expect(page.getByRole("heading", { level: 1, name: "Réglages" })).toBeVisible();
  // No data is known to make a component throw, so what the library's cards write numbers with is broken for it.
  await page.evaluate(() => {
    const kept = Number.prototype.toLocaleString;
    Object.assign(window, { mend: () => Object.assign(Number.prototype, { toLocaleString: kept }) });
    Number.prototype.toLocaleString = () => {
      throw new Error("provoked by the test");
    };
  });
  await rempart.goTo("#/");
  const alert = page.getByRole("alert");
  await expect(alert.getByRole("heading", { name: "Cet écran s’est arrêté" })).toBeVisible();
  await expect(alert).toContainText("provoked by the test");
  await expect(alert).toContainText("Les labs en marche continuent");
  await expect(page.getByRole("button", { name: "Recharger" })).toBeFocused();
  await alert.getByText("Le détail", { exact: true }).click();
  await expect(alert.locator("pre")).toContainText("at #/");
  await page.evaluate(() => (window as unknown as { mend(): void }).mend());
  await page.getByRole("button", { name: "Revenir à la bibliothèque" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Bibliothèque" })).toBeVisible();
});

test("the set-up screen lists the machine's diagnostics", async ({ page, rempart }) => {
  await rempart.goTo("#/setup");
  await expect(page.getByText("Réseau des labs")).toBeVisible({ timeout: 30_000 });
});

test("a command of the French guide keeps its plain spaces, whatever punctuation stands in it", async ({ page, rempart }) => {
  await rempart.goTo("#/lab/11-vpn-remote-access");
  await page.getByRole("button", { name: /Tout faire passer par le tunnel/ }).click();
  const code = await page.locator(".step.open pre code").allTextContents();
  expect(code.some((text) => text.includes("ip daddr != 10.0.0.0/16"))).toBe(true);
  expect(code.filter((text) => text.includes("\u00a0"))).toEqual([]);
  // Prose still has them.
  expect((await page.locator(".step.open .prose").allTextContents()).join("")).toContain("\u00a0:");
});
