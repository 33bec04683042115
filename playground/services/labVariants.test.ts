import { describe, expect, test } from "vitest";
import type { Cloud } from "../model/cloud.ts";
import { interpolate } from "../model/interpolate.ts";
import { networksNamedBy, type Check } from "../model/lab.ts";
import { parseNetworkFile } from "../model/networkFile.ts";
import { predictPath } from "../model/packetPath.ts";
import { withSamples } from "../model/placeholders.ts";
import { resolveCloud } from "../model/resolve.ts";
import { countCombinations, everyCombination, fillValues, type Variants, type VariantValues } from "../model/variants.ts";
import { LabRegistry, loadLab } from "./labRegistry.ts";
import type { LoadedLab } from "./labRuntime.ts";
import { readLabText } from "./labTexts.ts";
import { resolvePaths } from "./paths.ts";

const labs = (await new LabRegistry(resolvePaths().labAssets).list()).filter(({ lab }) => Object.keys(lab.variants).length > 0);

type Outcome = "passes" | "fails" | "unknown";

/** What the prediction says of a check: its way, and the address that a page tells back. What only a running machine knows is unknown. */
function predict(cloud: Cloud, check: Check): Outcome {
  const says = (holds: boolean): Outcome => (holds ? "passes" : "fails");
  if (check.kind === "network") return says(check.expect.every(({ value, equals }) => interpolate(value, cloud) === interpolate(equals, cloud)));
  const target = check.kind === "http" && check.proxy === undefined ? new URL(interpolate(check.url, cloud)) : undefined;
  const to = check.kind === "connect" || check.kind === "route" ? interpolate(check.to, cloud) : (target?.hostname ?? "");
  const port = check.kind === "connect" ? check.port : Number(target?.port || 80);
  if (to === "" || !cloud.nodes.some((node) => node.name === check.from)) return check.from === undefined || to === "" ? "unknown" : "fails";
  const { verdict, hops } = predictPath(cloud, { from: check.from ?? "", to, protocol: "tcp", port });
  if (check.kind === "connect") return says(verdict === check.expect);
  if (check.kind === "route") {
    const decided = hops.find((hop) => hop.kind === "route-table")?.decidedBy ?? "blackhole";
    return says([check.expect.destination, check.expect.target].every((part) => part === undefined || decided.includes(part)));
  }
  if (check.kind !== "http") return "unknown";
  if (check.expect.result !== undefined) return says(verdict === check.expect.result);
  const seen = hops.findLast((hop) => hop.direction === "forward")?.source;
  const isAddress = /^[\d.]+$/.test(check.expect.body ?? "");
  return says(verdict === "open" && (!isAddress || seen === check.expect.body));
}

const cloudOf = (loaded: LoadedLab, text: string): Cloud => {
  const { network, faults } = parseNetworkFile(withSamples(text));
  if (!network) throw new Error(JSON.stringify(faults));
  return resolveCloud(loaded.lab, network);
};

/** Of some networks of the lab, what is predicted of each check. A negative whose control fails proves nothing, which is no pass. */
async function outcomesOf(loaded: LoadedLab, paths: readonly string[]): Promise<Record<string, Record<string, Outcome>>> {
  const found: Record<string, Record<string, Outcome>> = {};
  for (const path of paths) {
    const cloud = cloudOf(loaded, path === "network.yml" ? loaded.startNetwork : ((await readLabText(loaded, path)) ?? ""));
    const alone = Object.fromEntries(loaded.lab.checks.map((check) => [check.id, predict(cloud, check)]));
    const withControl = (id: string, control: string | undefined): Outcome => (control !== undefined && alone[control] !== "passes" ? (alone[control] ?? "unknown") : (alone[id] ?? "unknown"));
    found[path] = Object.fromEntries(loaded.lab.checks.map(({ id, control }) => [id, withControl(id, control)]));
  }
  return found;
}

/** So many variants that each alternative of each name is in one of them. */
const eachAlternative = (variants: Variants): VariantValues[] => {
  const longest = Math.max(...Object.values(variants).map((alternatives) => alternatives.length));
  return Array.from({ length: longest }, (_, number) => everyCombination(Object.fromEntries(Object.entries(variants).map(([name, alternatives]) => [name, alternatives.slice(number % alternatives.length).slice(0, 1)])))[0] ?? {});
};

test("at least two labs of the course differ from one student to the next", () => {
  expect(labs.length).toBeGreaterThanOrEqual(2);
});

describe.each(labs.map((loaded) => [loaded.lab.id, loaded] as const))("%s", (_id, loaded) => {
  const { variants } = loaded.lab;

  const all = ["network.yml", ...networksNamedBy(loaded.lab)];

  test("every variant is a lab without faults, in which the same checks are predicted to pass and to fail, at the start and at the end", { timeout: 120_000 }, async () => {
    const ends = ["network.yml", "solution/network.yml"];
    const expected = await outcomesOf(loaded, ends);
    const combinations = everyCombination(variants);
    expect(combinations).toHaveLength(countCombinations(variants));
    for (const values of combinations) expect(await outcomesOf(await loadLab(loaded.folder, true, undefined, undefined, values), ends), JSON.stringify(values)).toEqual(expected);
  });

  test("with each alternative of each name, the same is predicted of every network on the way and of every mistake", { timeout: 60_000 }, async () => {
    const expected = await outcomesOf(loaded, all);
    for (const values of eachAlternative(variants)) expect(await outcomesOf(await loadLab(loaded.folder, true, undefined, undefined, values), all), JSON.stringify(values)).toEqual(expected);
  });

  test("what is predicted is what the lab promises: of most checks, and never the contrary", { timeout: 60_000 }, async () => {
    const outcomes = await outcomesOf(loaded, all);
    const start = Object.entries(outcomes["network.yml"] ?? {});
    expect(start.filter(([id, outcome]) => outcome === "passes" && loaded.lab.start_fails.includes(id))).toEqual([]);
    const solution = Object.values(outcomes["solution/network.yml"] ?? {});
    expect(solution.filter((outcome) => outcome === "fails")).toEqual([]);
    expect(solution.filter((outcome) => outcome === "passes").length).toBeGreaterThan(solution.length / 2);
    for (const broken of Object.values(loaded.lab.broken)) {
      const seen = outcomes[broken.network ?? ""] ?? {};
      expect(broken.fails.filter((id) => seen[id] === "passes"), broken.network).toEqual([]);
    }
  });

  test("every value is used, and each alternative of it is another", async () => {
    const written = (await Promise.all(["lab.yml", "network.yml", ...networksNamedBy(loaded.lab)].map((path) => readLabText({ ...loaded, values: {} }, path)))).join("\n") + (await readLabText({ ...loaded, values: {} }, "guide.fr.md"));
    for (const name of Object.keys(loaded.values ?? {})) expect(written).toContain(`<<${name}>>`);
    for (const alternatives of Object.values(variants)) expect(new Set(alternatives.map((one) => JSON.stringify(one))).size).toBe(alternatives.length);
    expect(fillValues(written, loaded.values ?? {})).not.toMatch(/<<[a-z]/);
  });
});
