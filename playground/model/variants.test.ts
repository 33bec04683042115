import fc from "fast-check";
import { expect, test } from "vitest";
import { chooseValues, countCombinations, everyCombination, fillValues, largestSeed, seedOfName, unknownValues, variantsOf, variantsSchema } from "./variants.ts";

const variants = variantsSchema.parse({
  port: [8080, 8081, 9000],
  range: [{ block: "10.0.0.0/16", start: "10.0" }, { block: "172.20.0.0/16", start: "172.20" }],
});

test("without a seed, each name has its first alternative", () => {
  expect(chooseValues(variants, undefined)).toEqual({ port: "8080", "range.block": "10.0.0.0/16", "range.start": "10.0" });
});

test("a seed always chooses the same, values of one group together, and seeds reach every combination", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: largestSeed }), (seed) => {
    const values = chooseValues(variants, seed);
    expect(chooseValues(variants, seed)).toEqual(values);
    expect(values["range.block"]).toBe(`${values["range.start"] ?? ""}.0.0/16`);
  }));
  const reached = new Set(Array.from({ length: 60 }, (_, seed) => JSON.stringify(chooseValues(variants, seed))));
  expect(reached.size).toBe(6);
  expect(countCombinations(variants)).toBe(6);
  expect(new Set(everyCombination(variants).map((values) => JSON.stringify(values)))).toEqual(reached);
  expect(everyCombination(variants, 4)).toHaveLength(4);
});

test("values are put in by name; a shell's own << stays", () => {
  const values = chooseValues(variants, undefined);
  expect(fillValues("http://<<range.start>>.0.10:<<port>>/ cat <<EOF >>file <<other>>", values)).toBe("http://10.0.0.10:8080/ cat <<EOF >>file <<other>>");
  expect(unknownValues("a\n<<port>> <<range.end>>\n", values)).toEqual([{ name: "range.end", line: 2 }]);
});

test("a name's seed does not hang on accents, capitals or spaces, and differs from others'", () => {
  expect(seedOfName("  Zoé   DUPONT-Martin ")).toBe(seedOfName("zoe dupont martin"));
  const names = Array.from({ length: 300 }, (_, index) => `Student ${index}`);
  expect(new Set(names.map(seedOfName)).size).toBe(300);
});

test("the section is read from lab.yml before anything is put in; a faulty one is none", () => {
  expect(variantsOf("id: x\nvariants: { port: [1, 2] }\ncidr: <<port>>.0/16\n")).toEqual({ port: ["1", "2"] });
  for (const faulty of ["port: [1]", "port: [{ a: x }, { b: x }]", "port: [x, { a: x }]", "port: ['<<port>>', x]", "port: [\"a\\nb\", c]"]) expect(variantsOf(`variants: { ${faulty} }\n`), faulty).toEqual({});
});
