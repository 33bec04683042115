import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { localizedSchema } from "../model/lab.ts";
import { assetsFolder } from "../images/assetsFolder.ts";
import { LabRegistry } from "./labRegistry.ts";
import { resolvePaths } from "./paths.ts";

const courseSchema = z.strictObject({ items: z.record(z.string(), localizedSchema.extend({ needs: z.literal("cluster").optional() })) });
const { items } = courseSchema.parse(parse(readFileSync(join(assetsFolder(), "course.yml"), "utf8")));
const labs = await new LabRegistry(resolvePaths().labAssets).list();
const covering = (item: string) => labs.filter(({ lab }) => lab.covers[item] !== undefined);

/** Items whose lab is still to be written: said as skipped, never passed. Whoever covers one takes it off. */
const awaited: readonly string[] = [];

describe("the course", () => {
  it("has nothing awaited that a lab covers already", () => {
    expect(awaited.filter((item) => covering(item).length > 0)).toEqual([]);
  });

  for (const [item, { en }] of Object.entries(items)) {
    it.skipIf(awaited.includes(item))(`${item}: ${en}: stands on a check of a lab`, () => {
      expect(covering(item).map(({ lab }) => lab.id)).not.toEqual([]);
    });
  }

  it("has every item that a lab says it covers", () => {
    const unknown = labs.flatMap(({ lab }) => Object.keys(lab.covers).filter((item) => items[item] === undefined).map((item) => `${lab.id}: ${item}`));
    expect(unknown).toEqual([]);
  });

  it("is in every lab of ours: none stands beside it", () => {
    expect(labs.filter(({ lab }) => Object.keys(lab.covers).length === 0).map(({ lab }) => lab.id)).toEqual([]);
  });

  it("is proved: of the checks that stand for an item, one fails at the start, in a broken variant, or is the control of one that does", () => {
    const idle = labs.flatMap(({ lab }) => {
      const fails = new Set([...lab.start_fails, ...Object.values(lab.broken).flatMap((variant) => variant.fails)]);
      const proved = new Set([...fails, ...lab.checks.flatMap((check) => (fails.has(check.id) && check.control !== undefined ? [check.control] : []))]);
      return Object.entries(lab.covers).flatMap(([item, checks]) => (checks.some((check) => proved.has(check)) ? [] : [`${lab.id}: ${item}`]));
    });
    expect(idle).toEqual([]);
  });
});
