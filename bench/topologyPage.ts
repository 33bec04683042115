import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium, type Browser, type Page } from "@playwright/test";
import react from "@vitejs/plugin-react";
import { build, preview } from "vite";
import { chromiumArguments, chromiumPath } from "../e2e/fixtures/chromium.ts";

const rendererFolder = resolve(import.meta.dirname, "..", "renderer");

/** Opens Chromium with a window of 1440 by 900; close the browser afterwards. */
export async function openBrowser(): Promise<{ browser: Browser; page: Page }> {
  const browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumArguments] });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB", colorScheme: "light" });
  return { browser, page: await context.newPage() };
}

/**
 * Builds the window over a generated picture (`renderer/dev/canvas.html`) as it is built for users, and opens it with so
 * many nodes. Throws when Chromium cannot be started.
 */
export async function withTopologyPage<Value>(nodes: number, work: (page: Page) => Promise<Value>): Promise<Value> {
  const folder = await mkdtemp(join(tmpdir(), "rempart-bench-page-"));
  const common = { configFile: false, root: rendererFolder, base: "./", logLevel: "error" } as const;
  await build({ ...common, plugins: [react()], build: { outDir: folder, emptyOutDir: true, rollupOptions: { input: join(rendererFolder, "dev", "canvas.html") } } });
  const server = await preview({ ...common, build: { outDir: folder }, preview: { host: "127.0.0.1", port: 0, open: false } });
  const { browser, page } = await openBrowser();
  try {
    await page.goto(`${server.resolvedUrls?.local[0] ?? ""}dev/canvas.html?nodes=${nodes}&language=en`);
    await page.locator(".topology-paint").first().waitFor();
    // The first picture settles: fonts, and the panes around it.
    await page.waitForTimeout(1500);
    await unfoldAll(page);
    return await work(page);
  } finally {
    await browser.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** What Cytoscape leaves on the element that it draws into. */
interface CytoscapeContainer extends HTMLElement {
  readonly _cyreg: { readonly cy: { getElementById(id: string): { renderedPosition(): { x: number; y: number } } } };
}

/** Full subnets are folded at first: a click on each shows all of its machines. Throws when one stays folded. */
async function unfoldAll(page: Page): Promise<void> {
  const folded = page.locator("[role=option]").filter({ hasText: "Click to expand" });
  for (let left = await folded.count(); left > 0; left--) {
    const id = ((await folded.first().getAttribute("id")) ?? "").replace(/^element-/, "");
    const at = await page.locator(".topology-graph").evaluate((element, box) => {
      const frame = element.getBoundingClientRect();
      const middle = (element as CytoscapeContainer)._cyreg.cy.getElementById(box).renderedPosition();
      return { x: frame.x + middle.x, y: frame.y + middle.y };
    }, id);
    await page.mouse.click(at.x, at.y);
    await page.waitForFunction((box) => !document.getElementById(`element-${box}`)?.textContent?.includes("Click to expand"), id, { timeout: 5000 });
    // The picture moves to its new layout before the next box can be hit.
    await page.waitForTimeout(400);
  }
  await page.keyboard.press("Escape");
  await page.keyboard.press("0");
}
