import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures/fakeWindow.ts";
import { seriousViolations } from "./fixtures/axe.ts";

const open = (page: Page, tab: string) => page.locator(`[data-tab="${tab}"]`).click();

/** Drags something of the palette onto an element of the picture: near its corner, where a box has nothing in it yet, or onto a machine's middle. */
async function drop(page: Page, item: string, element: string): Promise<void> {
  const target = page.locator(`[data-element="${element}"]`);
  await page.locator(`[data-item="${item}"]`).dragTo(target, element.startsWith("node/") ? {} : { targetPosition: { x: 40, y: 14 } });
}

test("a lab is made by hand: dragged, given routes and rules, told, judged, proved, and handed on", async ({ openFake }) => {
  // As many drags, forms and looks of axe as in three other specs.
  test.slow();
  const page = await openFake("#/studio");
  await page.getByRole("button", { name: "Nouveau lab" }).click();
  await page.keyboard.type("La porte fermée");
  await page.getByLabel("Titre · anglais").fill("The closed door");
  await expect(page.getByLabel("Identifiant")).toHaveValue("la-porte-fermee");
  await page.getByRole("button", { name: "Faire le lab" }).click();

  await drop(page, "subnet", "vpc/main");
  await drop(page, "internet-gateway", "vpc/main");
  await drop(page, "route-table", "subnet/subnet");
  await drop(page, "instance", "subnet/subnet");
  await drop(page, "elastic-ip", "node/instance");
  await drop(page, "elastic-ip", "node/instance");
  await expect(page.getByRole("alert")).toHaveText(/a déjà une IP élastique/);
  await page.getByRole("alert").getByRole("button").click();
  await drop(page, "security-group", "node/instance");
  const rules = page.getByRole("region", { name: "Routes et règles de ce qui est choisi" });
  await rules.getByRole("button", { name: "Ajouter une règle" }).click();
  await rules.getByLabel("Port, ou de-à").fill("http");
  await expect(rules.getByRole("alert")).toHaveText("Un port, ou deux avec un tiret.");
  await rules.getByLabel("Port, ou de-à").fill("8080-8090");
  await rules.getByLabel("Port, ou de-à").press("Enter");
  await expect(page.locator(".cm-content")).toContainText("{ protocol: tcp, cidr_blocks: [0.0.0.0/0], from_port: 8080, to_port: 8090 }");
  await expect(page.getByText("Sans faute")).toBeVisible();
  expect(await seriousViolations(page)).toEqual([]);

  await page.getByRole("button", { name: "Nouveau réseau" }).click();
  await page.getByLabel("À quoi il sert").selectOption("broken");
  await page.getByLabel("Nom", { exact: true }).fill("Porte murée");
  await page.getByRole("button", { name: "Créer" }).click();
  await page.locator('[data-element="node/instance"]').click();
  await rules.getByRole("button", { name: "Supprimer la règle tcp 8080-8090" }).click();
  await expect(rules).toContainText("Rien n’entre.");

  await open(page, "checks");
  await page.getByRole("button", { name: "Ajouter", exact: true }).click();
  await page.getByLabel("Identifiant").fill("page");
  await page.getByLabel("Titre · français").fill("Le portable lit la page");
  await page.getByRole("button", { name: "Démarrer ce réseau" }).click();
  await page.getByRole("button", { name: "Vérifier maintenant" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Échouée" })).toContainText("silence pendant 3 s");
  expect(await seriousViolations(page)).toEqual([]);

  await open(page, "steps");
  await page.getByRole("button", { name: "Ajouter une étape" }).click();
  await page.getByLabel("Titre · français").fill("Ouvrir la porte");
  await page.getByLabel("Texte · français").fill("Ouvrez le port **8080**.");
  await page.getByLabel("Le portable lit la page").check();
  const preview = page.getByRole("region", { name: "Aperçu" });
  await expect(preview.locator("strong")).toHaveText("8080");

  await open(page, "proof");
  await expect(page.getByRole("group", { name: "Voient l’erreur" }).getByLabel("Le portable lit la page")).toBeChecked();
  await page.getByRole("button", { name: "Prouver le lab" }).click();
  await expect(page.getByText("Le lab tient tout ce qu’il promet.")).toBeVisible();
  await page.getByRole("group", { name: "Échouent au départ" }).getByLabel("Le portable lit la page").check();
  await expect(page.getByText("Le lab a changé depuis cette preuve : prouvez-le encore.")).toBeVisible();
  expect(await seriousViolations(page)).toEqual([]);

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Exporter" }).click();
  expect((await download).suggestedFilename()).toBe("la-porte-fermee.rempart-lab.tgz");
});
