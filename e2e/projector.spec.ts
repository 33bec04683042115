import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures/test.ts";
import { LabPage } from "./pages/labPage.ts";

const lab = "07-route-tables-gateways";
/** What a room can read at 1280 x 720, in CSS pixels. */
const legible = 20;

test.describe.configure({ mode: "serial" });

/** Has the page note every text that it paints on a canvas, with its height on screen. */
async function watchCanvas(page: Page): Promise<void> {
  await page.evaluate(() => {
    const painted = new Map<string, number>();
    const original = CanvasRenderingContext2D.prototype.fillText;
    CanvasRenderingContext2D.prototype.fillText = function (text, x, y, maxWidth) {
      const size = Number.parseFloat(/([\d.]+)px/.exec(this.font)?.[1] ?? "0") * (this.getTransform().d / devicePixelRatio);
      painted.set(text, Math.min(size, painted.get(text) ?? Infinity));
      if (maxWidth === undefined) original.call(this, text, x, y);
      else original.call(this, text, x, y, maxWidth);
    };
    Object.assign(window, { painted });
  });
}

/** What the canvas paints now, as text. */
async function paintedNow(page: Page): Promise<string> {
  await page.evaluate(() => (window as unknown as { painted: Map<string, number> }).painted.clear());
  // A stage that changes its size is painted anew.
  await page.setViewportSize({ width: 1280, height: 719 });
  await page.waitForTimeout(100);
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.waitForTimeout(100);
  return page.evaluate(() => JSON.stringify([...(window as unknown as { painted: Map<string, number> }).painted]));
}

/** Texts on the page once the picture is at rest, those of the canvas included, each with its height in CSS pixels. */
async function textsOnScreen(page: Page, act: () => Promise<unknown>): Promise<Map<string, number>> {
  await act();
  // The longest movement; then it is at rest when it is painted the same twice, which on a busy computer takes longer.
  await page.waitForTimeout(450);
  let before = "[]";
  await expect
    .poll(async () => {
      const last = before;
      before = await paintedNow(page);
      return before !== "[]" && before === last;
    }, { intervals: [0] })
    .toBe(true);
  const found = await page.evaluate(() => {
    const texts: [string, number][] = [...(window as unknown as { painted: Map<string, number> }).painted];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      if (element === null || node.textContent?.trim() === "" || element.closest(".visually-hidden, [inert], script, style, option") !== null) continue;
      if (element.getClientRects().length > 0 && getComputedStyle(element).visibility !== "hidden") texts.push([node.textContent ?? "", Number.parseFloat(getComputedStyle(element).fontSize)]);
    }
    for (const field of document.querySelectorAll<HTMLElement>(".projector input, .projector select")) texts.push([`field ${field.getAttribute("aria-label") ?? field.id}`, Number.parseFloat(getComputedStyle(field).fontSize)]);
    return texts;
  });
  return new Map(found.map(([text, size]) => [text, Math.round(size * 100) / 100]));
}

/** Escape closes one thing at a time, and at last the mode. */
async function leaveMode(page: Page): Promise<void> {
  for (let presses = 0; presses < 8 && (await page.locator(".projector").isVisible()); presses += 1) await page.keyboard.press("Escape");
  await expect(page.locator(".projector")).toBeHidden();
}

const tooSmall = (texts: ReadonlyMap<string, number>): string[] => [...texts].filter(([, size]) => size < legible).map(([text, size]) => `${size}: ${text}`);

test("the topology fills the screen, and no text on it is smaller than a room can read", async ({ rempart, page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  const view = new LabPage(rempart, lab);
  await view.open();
  await watchCanvas(page);
  await page.locator(".topology-area").focus();
  // The measurement itself: at a desk there is smaller text, on the canvas and on the page.
  expect(tooSmall(await textsOnScreen(page, async () => undefined))).not.toEqual([]);
  await page.locator(".topology-area").focus();
  const whole = await textsOnScreen(page, () => page.keyboard.press("f"));
  await expect(page.getByRole("dialog", { name: "Topologie projetée" })).toBeVisible();
  expect([...whole.keys()]).toEqual(expect.arrayContaining(["laptop", "Vue d’ensemble"]));
  expect(tooSmall(whole)).toEqual([]);
});

for (const [name, keys] of [["each prepared scene", ["n", "n", "n"]], ["a zoom to a VPC", ["v"]], ["the legend of keys", ["?"]], ["the path of a packet", ["?", "p"]], ["the form of a new scene", ["p", "m"]]] as const) {
  test(`text stays legible in ${name}`, async ({ page }) => {
    for (const key of keys) expect(tooSmall(await textsOnScreen(page, () => page.keyboard.press(key)))).toEqual([]);
  });
}

test("a view is kept under a name, comes back, and stays over a reload", async ({ installation, rempart, page }) => {
  const form = page.getByRole("dialog", { name: "Retenir la vue" });
  await form.getByLabel("Nom de la scène").fill("Ma scène");
  await form.getByRole("button", { name: "Ajouter" }).click();
  await expect(page.locator(".projector-scene")).toContainText("Ma scène");
  await page.keyboard.press("0");
  await expect(page.locator(".projector-scene")).toContainText("Vue d’ensemble");
  await page.keyboard.press("PageUp");
  await expect(page.locator(".projector-scene")).toContainText("Ma scène");
  // Written to the engine half a second after the last change, or somewhat later.
  const layouts = join(installation.home, "state", "layouts");
  await expect.poll(() => (existsSync(layouts) ? readdirSync(layouts) : []).map((file) => readFileSync(join(layouts, file), "utf8")).join("")).toContain("Ma scène");
  // Whoever reloads a page that fills the screen makes the browser leave the full screen, which may end in the new page's life.
  await leaveMode(page);
  await page.reload();
  await new LabPage(rempart, lab).open();
  await page.locator(".topology-area").focus();
  await page.keyboard.press("f");
  await expect(page.locator(".projector-scene")).toBeVisible();
  await page.keyboard.press("PageUp");
  await expect(page.locator(".projector-scene")).toContainText("Ma scène");
});

test("addresses are hidden and shown again, the spotlight and the pen go on and off, and the picture freezes, each by one key", async ({ page }) => {
  await watchCanvas(page);
  const modes = page.getByRole("list", { name: "Modes en cours" });
  const hidden = await textsOnScreen(page, () => page.keyboard.press("a"));
  expect([...hidden.keys()].filter((text) => /\d+\.\d+\.\d+\.\d+/.test(text))).toEqual([]);
  await expect(modes).toContainText("adresses cachées");
  const shown = await textsOnScreen(page, () => page.keyboard.press("a"));
  expect([...shown.keys()].filter((text) => /\d+\.\d+\.\d+\.\d+/.test(text))).not.toEqual([]);
  for (const [key, mode, trace] of [["s", "projecteur", ".projector-spotlight"], ["d", "stylo", ".projector-pen.on"], ["f", "figé", undefined]] as const) {
    await page.keyboard.press(key);
    await expect(modes).toContainText(mode);
    if (trace !== undefined) await expect(page.locator(trace)).toBeVisible();
    await page.keyboard.press(key);
    await expect(modes).not.toContainText(mode);
  }
  await page.keyboard.press("d");
  await page.mouse.move(300, 300);
  await page.mouse.down();
  await page.mouse.move(420, 360, { steps: 5 });
  await page.mouse.up();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(page.locator(".projector-pen path")).toHaveCount(2);
  await page.keyboard.press("Backspace");
  await expect(page.locator(".projector-pen path")).toHaveCount(1);
  await page.keyboard.press("Delete");
  await expect(page.locator(".projector-pen path")).toHaveCount(0);
});

test("Escape closes what is open, and at last leaves the mode", async ({ page }) => {
  await leaveMode(page);
  await expect(page.locator(".topology-area")).toBeVisible();
  await page.setViewportSize({ width: 1440, height: 900 });
});
