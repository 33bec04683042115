import type { Locator, Page } from "@playwright/test";
import { seriousViolations } from "./fixtures/axe.ts";
import { expect, test } from "./fixtures/fakeWindow.ts";

const lab = "#/lab/22-mesh-authorization";

/** An element of the picture, as screen readers have it. */
const element = (page: Page, name: RegExp | string): Locator => page.getByRole("option", { name });

/** Chooses an element by the search of the topology. */
async function find(page: Page, text: string): Promise<Locator> {
  await page.locator(".topology-area").focus();
  await page.keyboard.press("/");
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
  return page.getByRole("complementary", { name: /^(Inspecteur|Inspector)/ });
}

test("pods, services, and who calls whom are told in words, with locks, errors and the policy that refused", async ({ openFake }) => {
  const page = await openFake(lab);
  await expect(element(page, "Pod sample-app-backend-6f7d8b9c5d-k2lmn, 10.244.1.7, prêt. Avec un sidecar du maillage.")).toBeAttached();
  await expect(element(page, /^Pod sample-app-backend-7c9d4f6b8-q8w2e, 10\.244\.2\.9, démarre\./)).toBeAttached();
  await expect(element(page, /^Pod sample-app-frontend-5d8c7b6f9-x2x4z, .* 2 redémarrages\.$/)).toBeAttached();
  await expect(element(page, /^Service sample-app-frontend-loadbalancer, LoadBalancer, 203\.0\.113\.129 : 2 pods prêts sur 2\.$/)).toBeAttached();
  await expect(element(page, /^De sample-app-frontend vers sample-app-backend : mTLS\. .*2 erreurs \(UT\)/)).toBeAttached();
  await expect(element(page, /^De laptop vers sample-app-frontend : en clair\./)).toBeAttached();
  await expect(element(page, /^De curl vers sample-app-backend : en clair\. .*3 refusées par PeerAuthentication default/)).toBeAttached();
});

test("a refusal leads to the YAML of the policy, and Escape back to the picture", async ({ openFake }) => {
  const page = await openFake(lab);
  await page.getByText("Trafic observé : 3 lignes").click();
  await page.getByRole("button", { name: "PeerAuthentication istio-system/default" }).click();
  const inspector = page.getByRole("complementary", { name: "Inspecteur : default" });
  await expect(inspector.getByRole("tab", { name: "YAML" })).toHaveAttribute("aria-selected", "true");
  await expect(inspector).toContainText("mode: STRICT");
  await page.keyboard.press("Escape");
  await expect(inspector).toBeHidden();
});

test("a pod tells its facts, its log and its YAML, by the arrow keys too, and opens a terminal", async ({ openFake }) => {
  const page = await openFake(lab);
  const inspector = await find(page, "x2x4z");
  await expect(inspector).toContainText("sample-app-frontend:0.0.1");
  await expect(inspector).toContainText("Redémarrages");
  await inspector.getByRole("tab", { name: "Faits" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(inspector.getByRole("tab", { name: "Journal" })).toBeFocused();
  await expect(inspector).toContainText("sample-app-frontend-5d8c7b6f9-x2x4z listens on 8080");
  await page.keyboard.press("ArrowRight");
  await expect(inspector.getByRole("tab", { name: "YAML" })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowRight");
  await inspector.getByRole("button", { name: "istio-proxy" }).click();
  await expect(page.getByRole("tab", { name: /istio-proxy/ })).toBeVisible();
  await inspector.getByRole("tab", { name: "Faits" }).focus();
  await page.keyboard.press("Escape");
  await expect(inspector).toBeHidden();
  await expect(page.locator(".topology-area")).toBeFocused();
});

test("namespaces are hidden and shown, those of Kubernetes itself hidden at first", async ({ openFake }) => {
  const page = await openFake(lab);
  const filter = page.locator(".namespace-filter");
  await expect(filter).toContainText("1 masqué");
  await expect(element(page, /^Pod kube-proxy-1,/)).toHaveCount(0);
  await filter.locator("summary").click();
  await expect(filter.getByRole("checkbox", { name: /kube-node-lease/ })).toHaveCount(0);
  await filter.getByRole("checkbox", { name: /^kube-system/ }).check();
  await expect(element(page, /^Pod kube-proxy-1,/)).toBeAttached();
  await filter.getByRole("checkbox", { name: /^outside/ }).uncheck();
  await expect(element(page, /^Pod curl,/)).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(filter.getByRole("checkbox", { name: /^outside/ })).toBeHidden();
});

test("a machine of the cluster is folded by its menu, from the keyboard, and opened by Enter", async ({ openFake }) => {
  const page = await openFake(lab);
  await find(page, "main-worker2");
  await page.keyboard.press("Escape");
  await page.locator(".topology-area").focus();
  await page.keyboard.press("ContextMenu");
  await page.getByRole("menuitem", { name: "Replier main-worker2" }).click();
  const folded = element(page, /^main-worker2, nœud du cluster main : 3 pods affichés\. Un clic déplie\.$/);
  await expect(folded).toBeAttached();
  await expect(element(page, /^Pod curl,/)).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(folded).toHaveCount(0);
  await expect(element(page, /^Pod curl,/)).toBeAttached();
});

for (const language of ["fr", "en"] as const) {
  for (const theme of ["light", "dark"] as const) {
    test(`axe finds nothing serious in a cluster (${language}, ${theme})`, async ({ openFake }) => {
      const page = await openFake(lab, { language, theme });
      await expect(element(page, /^Pod curl,/)).toBeAttached();
      expect(await seriousViolations(page)).toEqual([]);
      await page.locator(".traffic-legend summary").click();
      await page.locator(".namespace-filter summary").click();
      expect(await seriousViolations(page)).toEqual([]);
      await page.keyboard.press("Escape");
      const inspector = await find(page, "x2x4z");
      for (const tab of [/^(Faits|Facts)$/, /^(Journal|Log)$/, /^YAML$/]) {
        await inspector.getByRole("tab", { name: tab }).click();
        expect(await seriousViolations(page)).toEqual([]);
      }
    });
  }
}
