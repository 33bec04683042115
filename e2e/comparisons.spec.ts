import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "./fixtures/test.ts";
import { LabPage } from "./pages/labPage.ts";

const labId = "90-compare";
const lab = `
id: ${labId}
title: { fr: Comparer, en: Compare }
summary: { fr: Essai, en: Test }
group: access
minutes: 5
memory_mb: 60
internet:
  hosts:
    laptop: { address: 203.0.113.50, role: laptop }
steps:
  - { id: measure, title: { fr: Mesurer, en: Measure }, checks: [near, far] }
checks:
  - id: near
    kind: command
    title: { fr: Le port proche, en: The near port }
    from: laptop
    run: "echo 'open: 22/tcp'"
    expect: { exit: 0 }
    measures: [{ table: access, row: ports, column: near, read: '(\\d+/tcp)' }]
  - id: far
    kind: command
    title: { fr: Le fichier est là, en: The file is there }
    from: laptop
    run: test -f /tmp/here && echo 80/tcp
    expect: { exit: 0 }
    measures: [{ table: access, row: ports, column: far, read: '(\\d+/tcp)' }]
start_fails: [far]
comparisons:
  access:
    title: { fr: Deux façons d’entrer, en: Two ways in }
    columns: { near: { title: { fr: De près, en: Near } }, far: { title: { fr: De loin, en: Far } } }
    rows:
      ports:
        title: { fr: Ports visibles, en: Visible ports }
        none: { fr: aucun, en: none }
        course: { near: { fr: un seul, en: one }, far: { fr: aucun ou un, en: none or one } }
`;

test.describe.configure({ mode: "serial" });

test("a table says what each empty cell waits for, and fills as the checks pass", async ({ installation, rempart, page }) => {
  const folder = join(installation.home, labId);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "lab.yml"), lab);
  writeFileSync(join(folder, "network.yml"), "{}\n");
  for (const language of ["fr", "en"]) writeFileSync(join(folder, `guide.${language}.md`), "---\ntitle: Compare\nminutes: 5\n---\n\n# Compare\n\nIntro.\n\n## Measure {#measure}\n\nText.\n");
  await installation.rempart("up", folder);
  const view = new LabPage(rempart, labId);
  await view.open();
  const table = page.getByRole("region", { name: "Deux façons d’entrer" });
  await expect(table.locator('[data-cell="ports/near"]')).toContainText("22/tcp", { timeout: 20_000 });
  await expect(table.locator('[data-cell="ports/near"]')).toContainText("un seul");
  await expect(table.locator('[data-cell="ports/far"]')).toContainText("Attend la vérification « Le fichier est là ».");
  await expect(table.getByRole("status")).toHaveText("1 case remplie sur 2.");
  await installation.rempart("exec", labId, "laptop", "--", "touch", "/tmp/here");
  await expect(table.locator('[data-cell="ports/far"]')).toContainText("80/tcp", { timeout: 30_000 });
  await expect(table.getByRole("status")).toHaveText("2 cases remplies sur 2.");
});

test("the lab stops", async ({ rempart }) => {
  await new LabPage(rempart, labId).stop();
});
