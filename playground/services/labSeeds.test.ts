import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FakeEngine } from "../engine/fakeEngine.ts";
import { LabRegistry } from "./labRegistry.ts";
import { chooseSeed, readSeed } from "./labSeeds.ts";
import { LabService } from "./labService.ts";
import { readLabText } from "./labTexts.ts";
import { resolvePaths } from "./paths.ts";

let root: string;
let registry: LabRegistry;
let parts: Parameters<typeof chooseSeed>[0];

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "rempart-seeds-")));
  const folder = join(root, "assets", "varied");
  await mkdir(join(folder, "solution"), { recursive: true });
  await writeFile(join(folder, "lab.yml"), `id: varied
title: { fr: T, en: T }
summary: { fr: S, en: S }
group: access
minutes: 5
memory_mb: 10
variants:
  block: ["10.0.0.0/16", "10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16"]
internet: { hosts: { laptop: { address: 203.0.113.50 } } }
steps: [{ id: first, title: { fr: P, en: F }, solve: { network: solution/network.yml } }]
`);
  for (const path of ["network.yml", "solution/network.yml"]) await writeFile(join(folder, path), "vpcs: { foo: { cidr_block: <<block>> } }\n");
  for (const language of ["fr", "en"]) await writeFile(join(folder, `guide.${language}.md`), "# T\n\nYour VPC is <<block>>.\n\n## F {#first}\n\nText.\n");
  const paths = resolvePaths({ REMPART_HOME: root });
  registry = new LabRegistry(join(root, "assets"), undefined, { seedOf: (lab) => readSeed(join(paths.labs, lab)) });
  const nothing = (): undefined => undefined;
  const labs = new LabService({ paths, labs: registry, engine: () => Promise.resolve(new FakeEngine()), imageReference: (image) => image, knownImages: ["instance"], ensureImages: () => Promise.resolve(), hasTunnelDevice: () => Promise.resolve(true), live: false, emit: nothing, onMachineEvent: nothing, checks: () => Promise.resolve([]) });
  parts = { registry, labs, labsFolder: paths.labs };
});
afterEach(() => rm(root, { recursive: true, force: true }));

test("a chosen seed is remembered, and every text of the lab follows it", async () => {
  expect(await registry.get("varied")).toMatchObject({ startNetwork: "vpcs: { foo: { cidr_block: 10.0.0.0/16 } }\n" });
  const blocks = new Set<string>();
  for (let seed = 0; seed < 20; seed++) {
    await chooseSeed(parts, "varied", seed);
    const loaded = await registry.get("varied");
    const block = loaded.values?.["block"] ?? "";
    expect(loaded.seed).toBe(seed);
    expect([loaded.startNetwork, await readLabText(loaded, "solution/network.yml")]).toEqual([`vpcs: { foo: { cidr_block: ${block} } }\n`, loaded.startNetwork]);
    expect(loaded.guides.fr).toContain(`Your VPC is ${block}.`);
    blocks.add(block);
  }
  expect(blocks.size).toBe(4);
});

test("a student who has begun keeps their variant", async () => {
  await chooseSeed(parts, "varied", 1);
  const network = join(parts.labsFolder, "varied", "network.yml");
  await writeFile(network, (await registry.get("varied")).startNetwork);
  await chooseSeed(parts, "varied", 2);
  await writeFile(network, "vpcs: {}\n");
  await expect(chooseSeed(parts, "varied", 3)).rejects.toMatchObject({ code: "lab.seed-taken" });
  await chooseSeed(parts, "varied", 2);
  expect((await registry.get("varied")).seed).toBe(2);
});

test("a lab without variants takes no seed; a value that nobody names is a fault with its line", async () => {
  const path = join(root, "assets", "varied", "guide.en.md");
  await writeFile(path, "# T\n\n<<blocks>>\n\n## F {#first}\n\nText.\n");
  await expect(registry.get("varied")).rejects.toMatchObject({ code: "input.invalid-lab", faults: [{ code: "lab.unknown-value", file: "guide.en.md", line: 3 }] });
  const plain = join(root, "plain");
  await mkdir(plain);
  await writeFile(join(plain, "lab.yml"), "id: plain\ntitle: { fr: T, en: T }\nsummary: { fr: S, en: S }\ngroup: access\nminutes: 5\nmemory_mb: 10\ninternet: {}\n");
  for (const file of ["network.yml", "guide.fr.md", "guide.en.md"]) await writeFile(join(plain, file), file.endsWith("yml") ? "vpcs: {}\n" : "# T\n\nPlain, with <<other>>.\n");
  await registry.add(plain);
  await expect(chooseSeed(parts, "plain", 1)).rejects.toMatchObject({ code: "input.no-variants" });
});
