import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "./fixtures/test.ts";
import { LabPage } from "./pages/labPage.ts";

const lab = "05-public-to-private";
const filtered = readFileSync(join(resolve(import.meta.dirname, ".."), "assets", "labs", lab, "solution", "1-filter.yml"), "utf8");

test.describe.configure({ mode: "serial" });

test("a scan from the stranger marks each machine with its open ports", async ({ rempart, page }) => {
  const view = new LabPage(rempart, lab);
  await view.open();
  await view.start();
  await expect(view.check("web-open")).toHaveAttribute("data-state", "passed", { timeout: 40_000 });
  await page.getByRole("button", { name: /^Chercher/ }).click();
  await page.keyboard.type("stranger");
  await page.keyboard.press("Enter");
  const inspector = page.getByRole("complementary", { name: /Inspecteur/ });
  await inspector.getByRole("button", { name: /^Voir ce qui est exposé d’ici/ }).click();
  await expect(page.locator(".exposure-legend")).toContainText("Vu de stranger", { timeout: 40_000 });
  await expect(view.element("db")).toHaveAccessibleName(/Vu de stranger, les ports 22, 5432 répondent\.$/);
  await expect(view.element("web")).toHaveAccessibleName(/les ports 22, 80 répondent/);
  await page.getByRole("button", { name: /^Chercher/ }).click();
  await page.keyboard.type("db");
  await page.keyboard.press("Enter");
  await expect(inspector.locator(".exposure-facts")).toContainText("5432/tcp postgresql");
});

test("it is marked as old once the network changed, and one key measures again", async ({ rempart, page }) => {
  const view = new LabPage(rempart, lab);
  await view.writeNetwork(filtered);
  await view.applyDraft();
  const legend = page.locator(".exposure-legend");
  await expect(legend).toContainText("avant le dernier changement");
  await expect(view.element("db")).toHaveAccessibleName(/C’était avant le dernier changement\.$/);
  await page.locator(".topology-area").focus();
  await page.keyboard.press("r");
  await expect(legend).not.toContainText("avant le dernier changement", { timeout: 40_000 });
  await expect(view.element("db")).toHaveAccessibleName(/Vu de stranger, rien n’y est ouvert\.$/, { timeout: 40_000 });
  await expect(view.element("web")).toHaveAccessibleName(/le port 80 répond\.$/);
});

test("it stays until it is cleared", async ({ rempart, page }) => {
  const view = new LabPage(rempart, lab);
  await page.reload();
  await expect(page.locator(".exposure-legend")).toContainText("Vu de stranger", { timeout: 20_000 });
  await page.locator(".exposure-legend").getByRole("button", { name: "Effacer" }).click();
  await expect(page.locator(".exposure-legend")).toBeHidden();
  await expect(view.element("db")).not.toHaveAccessibleName(/Vu de/);
  await view.stop();
});
