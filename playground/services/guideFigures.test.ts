import { cp, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Fault } from "../model/errors.ts";
import { faultText } from "../model/faultTexts.ts";
import { figuresOf } from "../model/figure.ts";
import { labSchema } from "../model/lab.ts";
import { type Network, networkSchema } from "../model/network.ts";
import { figureFaults, pictureNames } from "./guideFigures.ts";
import { LabRegistry, loadLab } from "./labRegistry.ts";
import { resolvePaths } from "./paths.ts";
import { splitGuide } from "./guideSteps.ts";

const names = new Set(["Internet", "laptop", "foo-igw", "foo-public"]);
const block = (text: string): string => `Text.\n\n\`\`\`topology\n${text}\n\`\`\`\n`;

describe("the figures of a guide", () => {
  test("may show what the lab has", () => {
    expect(figureFaults(block("show: [laptop, Internet]\ncaption: C"), "fr", names)).toEqual([]);
  });

  test("are at fault with each name that no network has, and what was probably meant", () => {
    const faults = figureFaults(block("show: [laptop, foo-igv, nobody]\ncaption: C"), "fr", names);
    expect(faults.map(({ code, file, line, values }) => [code, file, line, values?.["name"], values?.["nearest"]])).toEqual([
      ["guide.figure-unknown-name", "guide.fr.md", 3, "foo-igv", "foo-igw"],
      ["guide.figure-unknown-name", "guide.fr.md", 3, "nobody", undefined],
    ]);
    expect(faultText(faults[0] ?? { code: "" }, "fr").message).toContain("« foo-igv »");
  });

  test("may show the resolver of a VPC that has private zones", () => {
    const network: Network = networkSchema.parse({ vpcs: { foo: { cidr_block: "10.0.0.0/16" }, bar: { cidr_block: "10.1.0.0/16" } }, hosted_zones: { inside: { name: "internal", vpcs: ["foo"] } } });
    const known = pictureNames(labSchema.parse({ id: "a-lab", title: { fr: "a", en: "a" }, summary: { fr: "a", en: "a" }, group: "dns", minutes: 1, memory_mb: 1 }), [network]);
    expect([...known]).toEqual(expect.arrayContaining(["foo", "bar", "resolver-foo"]));
    expect([...known]).not.toContain("resolver-bar");
  });

  test("are at fault when they cannot be read", () => {
    expect(figureFaults(block("laptop"), "en", names).map(({ code, line }) => [code, line])).toEqual([["guide.figure-unreadable", 3]]);
  });
});

describe("a lab's folder", () => {
  let root: string;
  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), "rempart-figures-")));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  test("is refused for a figure of what neither its network nor a solution has; a solution's names are known", async () => {
    await cp(join(resolvePaths().labAssets, "06-vpc-build"), root, { recursive: true });
    const guide = join(root, "guide.en.md");
    // private-instance stands in a solution alone: the student makes it.
    await writeFile(guide, `${await readFile(guide, "utf8")}\n${block("show: [private-instance, private-instence]\ncaption: C")}`);
    const error = await loadLab(root, false).then(() => undefined, (reason: unknown) => reason as { faults?: Fault[] });
    expect(error?.faults?.map(({ code, file, values }) => [code, file, values?.["name"]])).toEqual([["guide.figure-unknown-name", "guide.en.md", "private-instence"]]);
  });
});

test("each of our labs has figures, the same in both languages, at the same places, with captions of their own", async () => {
  for (const { lab, guides } of await new LabRegistry(resolvePaths().labAssets).list()) {
    const figures = (markdown: string) => [["", splitGuide(markdown).introduction] as const, ...splitGuide(markdown).steps].flatMap(([step, text]) => figuresOf(text).map(({ figure }) => ({ step, ...figure })));
    const [french, english] = [figures(guides.fr), figures(guides.en)];
    expect(french.length, lab.id).toBeGreaterThan(0);
    expect(english.map(({ step, show }) => ({ step, show })), lab.id).toEqual(french.map(({ step, show }) => ({ step, show })));
    for (const [index, { caption }] of french.entries()) expect(english[index]?.caption, lab.id).not.toBe(caption);
  }
});
