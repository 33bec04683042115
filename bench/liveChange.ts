import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ServedHost, createInstallation } from "../e2e/fixtures/servedHost.ts";
import { connectEngine } from "../playground/engine/connectEngine.ts";
import { labLabels, labelKeys } from "../playground/engine/labels.ts";
import { resolvePaths } from "../playground/services/paths.ts";
import { benchLab } from "./benchLab.ts";
import { listed, type Measurement } from "./measurement.ts";
import { openBrowser } from "./topologyPage.ts";

const machines = ["node-1-1", "node-1-2", "node-1-3"];

/**
 * A real lab in the real window: how long after the engine told of a machine's death the window shows it. The page and this
 * process read the same clock.
 */
export async function measureLiveChange(limit: number): Promise<Measurement> {
  const installation = createInstallation();
  const { host, url } = await ServedHost.start(installation, "ignore");
  const { browser, page } = await openBrowser();
  try {
    const lab = benchLab("bench-topology", { subnets: 1, instancesPerSubnet: machines.length });
    const folder = join(installation.home, "sources", lab.id);
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries({ "lab.yml": lab.labText, "network.yml": lab.networkText, "guide.fr.md": "# Mesure\n", "guide.en.md": "# Benchmark\n" })) writeFileSync(join(folder, name), text);
    await installation.rempart("up", folder);
    await page.goto(url);
    await page.locator("#root > *").first().waitFor();
    await page.evaluate((id) => void (location.hash = `#/lab/${id}`), lab.id);
    const times: number[] = [];
    for (const machine of machines) times.push(await timeOne(installation.environment, lab.id, machine, page));
    return { name: "a machine dies: from the engine's event to the window", value: Math.max(...times), unit: "ms", limit, note: `the slowest of ${listed(times)}` };
  } finally {
    await browser.close();
    await host.stop();
    await installation.remove();
  }
}

async function timeOne(environment: NodeJS.ProcessEnv, lab: string, machine: string, page: Awaited<ReturnType<typeof openBrowser>>["page"]): Promise<number> {
  const engine = await connectEngine();
  const labels = labLabels(resolvePaths(environment).scope, lab);
  const container = (await engine.listContainers({ ...labels, [labelKeys.node]: machine }))[0];
  if (container === undefined) throw new Error(`${machine} has no container`);
  const option = page.locator("[role=option]").filter({ hasText: new RegExp(`^${machine},`) });
  await option.filter({ hasText: "running" }).waitFor({ state: "attached" });
  const seen = option.evaluate(async (element) => {
    while (/running/.test(element.textContent ?? "")) await new Promise((resolve) => requestAnimationFrame(resolve));
    // The picture is painted in the frame after the list changed.
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
    return Date.now();
  });
  const watching = new AbortController();
  const died = new Promise<number>((resolve) => {
    void engine.events(labels, (event) => {
      if (event.action === "die" && event.id === container.id) resolve(Date.now());
    }, watching.signal).catch(() => undefined);
  });
  // The stream of events has to be open before the machine dies.
  await new Promise((resolve) => setTimeout(resolve, 300));
  await engine.restartContainer(container.id);
  const [shown, told] = await Promise.all([seen, died]);
  watching.abort();
  await option.filter({ hasText: "running" }).waitFor({ state: "attached" });
  return shown - told;
}
