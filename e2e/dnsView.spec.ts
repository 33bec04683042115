import { expect, test } from "./fixtures/test.ts";
import { LabPage } from "./pages/labPage.ts";

const lab = "02-dns-hierarchy";
/** What the steps of the lab have the student do on the resolver, and on the server of org. */
const giveRoot = "sudo sed -i 's/203.0.113.80$/203.0.113.201/' /etc/bind/root.hints; sudo rndc reload; sleep 0.5; sudo rndc flush; echo rea''dy";
const delegate = "printf '%s\\n' 'example.org. IN NS ns1.example.org.' 'ns1.example.org. IN A 203.0.113.204' | sudo tee -a /etc/bind/zones/db.org; sudo sed -i 's/2026010101/2026010102/' /etc/bind/zones/db.org; sudo rndc reload org";

test.describe.configure({ mode: "serial" });

test("a question shows whom the resolver asked in turn, and the second time that it remembered", async ({ rempart, page }) => {
  const view = new LabPage(rempart, lab);
  await view.open();
  await view.start();
  await view.tab("DNS").click();
  await expect(page.getByText("Aucune question pour l’instant.")).toBeVisible({ timeout: 20_000 });
  await view.openTerminal("laptop");
  // A name that no check asks for: the resolver answers a name that has just failed from its memory, for a second.
  await view.type("dig +tries=1 nobody-else-yet.example.com");
  const newest = page.locator(".dns-question").first();
  // The hints of this lab's start lead to a web server, which has no DNS.
  await expect(newest).toContainText("connexion refusée", { timeout: 20_000 });
  await expect(newest).toContainText("SERVFAIL");

  await view.openTerminal("resolver");
  await view.type(giveRoot);
  await expect(view.screen()).toContainText("ready", { timeout: 20_000 });
  // Again one that nobody else puts into the cache.
  await view.openTerminal("laptop");
  await view.type("dig +short nobody-else.example.com");
  const asked = page.locator(".dns-question", { hasText: "nobody-else.example.com" });
  await expect(asked.first()).toHaveAttribute("data-outcome", "asked", { timeout: 20_000 });
  await expect(asked.first().getByRole("list", { name: "Questions posées par resolver, dans l’ordre" })).toContainText("ns-example-com");
  await view.type("dig +short nobody-else.example.com");
  await expect(asked).toHaveCount(2, { timeout: 20_000 });
  await expect(asked.first()).toContainText("du cache");
  await expect(asked.first()).toHaveAttribute("data-outcome", "cache");
  await expect(page.locator(".dns-question", { hasText: "vérification" })).toHaveCount(0);
  await page.getByRole("checkbox", { name: "Vérifications" }).check();
  await expect(page.locator(".dns-question", { hasText: "vérification" }).first()).toBeVisible({ timeout: 20_000 });
});

test("the tree says which delegation is missing, and sees it repaired", async ({ rempart, page }) => {
  const view = new LabPage(rempart, lab);
  await view.open();
  await view.start();
  await view.tab("DNS").click();
  await page.getByRole("tab", { name: "Délégations" }).click();
  const zone = page.locator('[data-zone="example.org"]');
  await expect(zone).toContainText("La zone org ne nomme aucun serveur pour example.org", { timeout: 30_000 });
  await expect(page.locator('[data-zone="example.com"]')).toContainText("ns1.example.com");
  await view.openTerminal("tld");
  await view.type(delegate);
  await expect(zone).not.toContainText("non déléguée", { timeout: 30_000 });
  await expect(zone).toContainText("colle 203.0.113.204");
  await expect(page.getByText("8 zones, tout concorde")).toBeVisible();
});

test("names lead to machines, as the laptop is told", async ({ rempart, page }) => {
  const view = new LabPage(rempart, lab);
  await view.open();
  await view.start();
  await view.tab("DNS").click();
  await page.getByRole("tab", { name: "Noms" }).click();
  await expect(page.locator('[data-name="www.example.com"]').first()).toContainText("203.0.113.80", { timeout: 30_000 });
  await page.getByRole("searchbox", { name: "Demander aussi ce nom" }).fill("nothing.example.com");
  await page.getByRole("button", { name: "Demander", exact: true }).click();
  await expect(page.locator('[data-name="nothing.example.com"]')).toContainText("ce nom n’existe pas", { timeout: 30_000 });
});

test("the lab stops", async ({ rempart }) => {
  await new LabPage(rempart, lab).stop();
});
