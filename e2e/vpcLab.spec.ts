import { labText } from "./fixtures/labText.ts";
import { expect, test } from "./fixtures/test.ts";
import { LabPage } from "./pages/labPage.ts";

const lab = "06-vpc-build";
const solution = labText(lab, "solution/network.yml");

test.describe.configure({ mode: "serial" });

test("a lab is started from its page, and its machines show as running", async ({ rempart }) => {
  const view = new LabPage(rempart, lab);
  await view.open();
  await view.start();
  await expect(view.element("laptop")).toHaveAccessibleName(/en marche/);
});

test("a terminal takes what is typed and shows what the machine answers", async ({ rempart }) => {
  const view = new LabPage(rempart, lab);
  await view.openTerminal("laptop");
  await view.type("curl -s http://203.0.113.80; echo fini");
  await expect(view.screen()).toContainText("203.0.113.50");
  await expect(view.screen()).toContainText("fini");
});

test("a reloaded window takes its terminal up again, with what it showed", async ({ rempart, page }) => {
  const view = new LabPage(rempart, lab);
  await page.reload();
  await expect(view.screen()).toContainText("203.0.113.50", { timeout: 20_000 });
  await view.type("echo encore-$((40+2))");
  await expect(view.screen()).toContainText("encore-42");
});

test("a fault in network.yml is shown with its line, and the plan is refused", async ({ rempart, page }) => {
  const view = new LabPage(rempart, lab);
  await view.writeNetwork(solution.replace("10.0.80.0/21", "10.0.0.0/21"));
  await expect(page.getByRole("button", { name: /^l\. \d+/ }).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Voir le plan" })).toBeDisabled();
});

test("network.yml is planned and applied, the topology follows, and the checks pass", async ({ rempart, page }) => {
  test.setTimeout(90_000);
  const view = new LabPage(rempart, lab);
  await view.writeNetwork(solution);
  await page.getByRole("button", { name: "Voir le plan" }).click();
  await expect(page.locator('[data-action="create"][data-resource="subnets.foo-public"]')).toBeVisible();
  await page.getByRole("tabpanel", { name: "Plan" }).getByRole("button", { name: /^Appliquer/ }).click();
  await expect(page.getByText(/changements? appliqués? en/)).toBeVisible({ timeout: 30_000 });
  await expect(view.element("public-instance")).toHaveAccessibleName(/en marche/);
  await view.tab("Guide").click();
  await expect(page.getByRole("progressbar", { name: "Avancement : 15 vérifications réussies sur 15" })).toBeVisible({ timeout: 60_000 });
});
