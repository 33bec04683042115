import { labText } from "./fixtures/labText.ts";
import { expect, test } from "./fixtures/test.ts";
import { LabPage } from "./pages/labPage.ts";

const lab = "07-route-tables-gateways";
const peered = labText(lab, "solution/1-peering.yml");

test.describe.configure({ mode: "serial" });

test("a path is predicted, and the probe agrees: silence before the routes are there", async ({ rempart }) => {
  const view = new LabPage(rempart, lab);
  await view.open();
  await view.start();
  const panel = await view.askPath("private-instance", "10.1.80.20", "8080");
  await expect(panel.getByText(/^Prévu/)).toBeVisible();
  await panel.getByRole("button", { name: "Sonder" }).click();
  await expect(panel.getByText(/^Observé/)).toBeVisible({ timeout: 40_000 });
  await expect(panel.getByText("La prévision et l’observation concordent.")).toBeVisible();
});

test("with both routes the prediction turns to open, and the probe agrees again", async ({ rempart, page }) => {
  const view = new LabPage(rempart, lab);
  await view.writeNetwork(peered);
  await view.applyDraft();
  const panel = await view.askPath("private-instance", "10.1.80.20", "8080");
  await panel.getByRole("button", { name: "Sonder" }).click();
  await expect(panel.getByText(/^Observé/)).toBeVisible({ timeout: 40_000 });
  await expect(panel.getByText("La prévision et l’observation concordent.")).toBeVisible();
  await page.keyboard.press("Escape");
});

test("a terminal says whether its shell was killed or its machine stopped, and opens again", async ({ rempart, page }) => {
  const view = new LabPage(rempart, lab);
  await view.openTerminal("bar-host");
  await view.type("kill -9 $$");
  await expect(page.getByText(/^Ce terminal est terminé.*signal 9/)).toBeVisible({ timeout: 20_000 });
  await page.getByRole("button", { name: "Rouvrir" }).click();
  await expect(page.getByText(/^Ce terminal est terminé/)).toBeHidden();
  // All processes of the machine but its first, which ends without the others.
  await view.type("sudo kill -9 -1; exit");
  await expect(page.getByText(/^Ce terminal est terminé.*la machine s’est arrêtée/)).toBeVisible({ timeout: 20_000 });
  await expect(view.element("bar-host")).toHaveAccessibleName(/en marche/, { timeout: 30_000 });
  await page.getByRole("button", { name: "Rouvrir" }).click();
  await view.type("echo encore-$((40+2))");
  await expect(view.screen()).toContainText("encore-42");
});

test("a step is solved on request, and its checks pass", async ({ rempart, page }) => {
  const view = new LabPage(rempart, lab);
  await view.tab("Guide").click();
  const step = page.locator('[data-step="longest-prefix"]');
  if ((await step.getByRole("button", { expanded: false }).count()) > 0) await step.getByRole("button", { expanded: false }).first().click();
  await step.getByRole("button", { name: "Résoudre cette étape" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Résoudre cette étape" }).click();
  await expect(view.check("private-to-tracker")).toHaveAttribute("data-state", "passed", { timeout: 40_000 });
});

test("the lab stops, and leaves its page ready to start again", async ({ rempart, page }) => {
  const view = new LabPage(rempart, lab);
  await view.stop();
  await expect(page.getByRole("button", { name: "Démarrer" }).first()).toBeEnabled();
  await expect(page.getByText("Le terminal de bar-host s’ouvrira quand le lab sera en marche.")).toBeVisible();
});
