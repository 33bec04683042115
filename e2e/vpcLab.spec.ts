import { readFileSync } from "node:fs";
import { chainFaults } from "../playground/reports/chain.ts";
import { embeddedReport } from "../playground/reports/embeddedReport.ts";
import { reportSchema, sealOf } from "../playground/reports/reportSchema.ts";
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

test("the report shows what was done, in the student's name, and carries a chain in which an edit shows", async ({ rempart, page }) => {
  const view = new LabPage(rempart, lab);
  await page.getByRole("button", { name: "Compte rendu" }).click();
  const preview = page.frameLocator('[data-testid="report-preview"]');
  await expect(preview.getByRole("heading", { level: 1, name: "Construire un VPC" })).toBeVisible();
  // Terminals are written down from the moment that the student agrees, and not before.
  await page.getByRole("switch", { name: "Noter mes commandes et leurs sorties dans ce lab" }).check();
  await page.getByRole("button", { name: "Revenir au lab" }).click();
  await view.type("echo rendu-$((40+2))");
  await expect(view.screen()).toContainText("rendu-42");

  await page.getByRole("button", { name: "Compte rendu" }).click();
  await page.getByLabel("Étudiant").fill("Ada Lovelace");
  await expect(preview.getByText("Ada Lovelace")).toBeVisible();
  await expect(preview.getByText("$ echo rendu-$((40+2))")).toBeVisible();
  await expect(preview.getByText("encore-")).toHaveCount(0);

  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "HTML à rendre" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("compte-rendu-06-vpc-build-ada-lovelace.html");
  const raw = JSON.parse(embeddedReport(readFileSync(await download.path(), "utf8")) ?? "") as Record<string, unknown>;
  const report = reportSchema.parse(raw);
  expect(report.identity.student).toBe("Ada Lovelace");
  expect(chainFaults(report.events)).toEqual([]);
  expect(sealOf(raw)).toBe(report.seal);
  expect(report.events).toContainEqual(expect.objectContaining({ type: "terminal.command", node: "laptop", command: "echo rendu-$((40+2))", output: "rendu-42" }));
  expect(chainFaults(JSON.parse(JSON.stringify(report.events).replace("rendu-42", "rendu-43")) as unknown[])).toHaveLength(1);

  await rempart.goTo("#/");
  await expect(page.getByRole("article", { name: "Construire un VPC" }).first().getByText("Compte rendu exporté")).toBeVisible();
});
