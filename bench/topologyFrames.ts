import type { Page } from "@playwright/test";
import { listed, median, type Benchmark, type Measurement } from "./measurement.ts";
import { measureLiveChange } from "./liveChange.ts";
import { withTopologyPage } from "./topologyPage.ts";

const nodes = 500;
/** 30 frames a second. */
const frameLimitMilliseconds = 1000 / 30;
const changeLimitMilliseconds = 250;
const gestureSteps = 120;
const changes = 9;

/** The topology in Chromium: 500 nodes moved and zoomed by hand, a state change on them, and one of a real lab. */
export const topologyFrames: Benchmark = {
  title: `Topology of ${nodes} nodes, in Chromium without a graphics card`,
  run: async () => [
    ...(await withTopologyPage(nodes, async (page) => {
      await page.evaluate(watchPaints);
      await page.waitForTimeout(1500);
      return [await measureGesture(page, "pan"), await measureGesture(page, "zoom"), await measureStateChange(page)];
    })),
    await measureLiveChange(changeLimitMilliseconds),
  ],
};

/** What the page notes down for the bench; lives in the page. */
interface PaintWatch {
  /** Milliseconds of the page's clock at which the canvas was drawn anew. */
  readonly paints: number[];
}
type WatchedWindow = Window & { paintWatch: PaintWatch; setNodeState(name: string, state: string): Promise<void> };

/** In the page: notes every repaint of the canvas, which begins with clearing it. */
function watchPaints(): void {
  const watch: PaintWatch = { paints: [] };
  const prototype = CanvasRenderingContext2D.prototype;
  const clear = prototype.clearRect;
  prototype.clearRect = function (this: CanvasRenderingContext2D, ...area: [number, number, number, number]) {
    if (this.canvas.classList.contains("topology-paint")) watch.paints.push(performance.now());
    clear.apply(this, area);
  };
  Object.assign(window, { paintWatch: watch });
}

/**
 * Pans or zooms by mouse events, one for every frame that the page asks for: a hand's mouse sends more. Throws when the canvas
 * was hardly repainted: then nothing was measured.
 */
async function measureGesture(page: Page, gesture: "pan" | "zoom"): Promise<Measurement> {
  const gaps = await page.evaluate(async ({ gesture, steps }) => {
    const target = document.querySelector<HTMLElement>(".topology-graph canvas:last-of-type") ?? document.body;
    const box = target.getBoundingClientRect();
    // The corner at the upper right holds no node: the drag moves the picture, not one of its nodes.
    const start = gesture === "pan" ? { x: box.right - 12, y: box.top + 12 } : { x: box.left + box.width / 2, y: box.top + box.height / 2 };
    const { paints } = (window as unknown as WatchedWindow).paintWatch;
    const common = { bubbles: true, cancelable: true, view: window, buttons: 1 };
    if (gesture === "pan") target.dispatchEvent(new MouseEvent("mousedown", { ...common, clientX: start.x, clientY: start.y }));
    paints.length = 0;
    for (let step = 0; step < steps; step++) {
      if (gesture === "pan") target.dispatchEvent(new MouseEvent("mousemove", { ...common, clientX: start.x - Math.abs((step % 60) - 30) * 8, clientY: start.y + (step % 40) * 4 }));
      else target.dispatchEvent(new WheelEvent("wheel", { ...common, clientX: start.x, clientY: start.y, buttons: 0, deltaY: step % 60 < 30 ? -60 : 60 }));
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    const seen = [...paints];
    if (gesture === "pan") target.dispatchEvent(new MouseEvent("mouseup", { ...common, clientX: start.x, clientY: start.y, buttons: 0 }));
    return seen.slice(1).map((time, index) => time - (seen[index] ?? time));
  }, { gesture, steps: gestureSteps });
  if (gaps.length < gestureSteps / 2) throw new Error(`the ${gesture} of ${gestureSteps} steps repainted the canvas only ${gaps.length} times`);
  const late = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length * 0.95)] ?? 0;
  const middle = median(gaps);
  return { name: `${gesture}: from one frame to the next, median`, value: middle, unit: "ms", limit: frameLimitMilliseconds, note: `${(1000 / middle).toFixed(0)} frames/s; 95 % within ${late.toFixed(0)} ms; ${gaps.length} frames` };
}

/** From the event of a changed machine to the end of the frame that shows it. Throws when the picture stayed the same. */
async function measureStateChange(page: Page): Promise<Measurement> {
  // The gestures may have left the machines off screen.
  await page.getByRole("button", { name: "Fit" }).click();
  await page.waitForTimeout(600);
  const names = (await page.locator("[role=option]").allTextContents()).flatMap((text) => /^([\w-]+), .*running/.exec(text)?.[1] ?? []).slice(0, changes);
  if (names.length === 0) throw new Error("the page lists no machine");
  const times: number[] = [];
  for (const name of names) {
    times.push(await page.evaluate(async (machine) => {
      const canvas = document.querySelector<HTMLCanvasElement>(".topology-paint");
      const before = canvas?.toDataURL();
      const { paintWatch, setNodeState } = window as unknown as WatchedWindow;
      const count = paintWatch.paints.length;
      const begun = performance.now();
      await setNodeState(machine, "stopped");
      while (paintWatch.paints.length === count && performance.now() - begun < 5000) await new Promise((resolve) => requestAnimationFrame(resolve));
      // A task after the frame's own callbacks: the frame has been handed over by then.
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
      const shown = performance.now() - begun;
      if (canvas?.toDataURL() === before) throw new Error(`the picture does not show that ${machine} stopped`);
      return shown;
    }, name));
  }
  return { name: "a state change among them until it is on screen", value: Math.max(...times), unit: "ms", limit: changeLimitMilliseconds, note: `the slowest of ${listed(times)}` };
}
