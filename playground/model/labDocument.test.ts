import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { addTo, editText, removeAt, renameLab, setAt } from "./labDocument.ts";

const labs = join(import.meta.dirname, "../../assets/labs");
const files = readdirSync(labs, { recursive: true, encoding: "utf8" }).filter((path) => /^(04|07|09|21)-[^/]*\/(lab|network|solution\/network)\.yml$/.test(path));

test("a change somewhere leaves the rest of our labs as they were written", () => {
  const changed = files.flatMap((path) => {
    const text = readFileSync(join(labs, path), "utf8");
    const after = editText(text, () => undefined);
    expect(parse(after), path).toEqual(parse(text));
    const [lines, others] = [text.split("\n"), new Set(after.split("\n"))];
    return lines.filter((line) => line.trim() !== "" && !others.has(line)).length / lines.length > 0.1 ? [path] : [];
  });
  expect(changed).toEqual([]);
});

test("values are set, taken out with what is empty then, and added to lists; comments stay", () => {
  const text = "# Top\n\nid: x # the id\nsteps:\n  # the first\n  - id: one\n    hints: []\ninternet: { hosts: { a: { address: 1.2.3.4 } } }\n";
  const after = editText(text, (document) => {
    setAt(document, ["steps", 0, "title"], { fr: "Un", en: "One" });
    setAt(document, ["steps", 0, "solve", "network"], "solution/network.yml");
    addTo(document, ["steps", 0, "hints"], { fr: "Là", en: "There" });
    addTo(document, ["start_fails"], "page");
    removeAt(document, ["internet", "hosts", "a"]);
  });
  expect(parse(after)).toEqual({ id: "x", steps: [{ id: "one", hints: [{ fr: "Là", en: "There" }], title: { fr: "Un", en: "One" }, solve: { network: "solution/network.yml" } }], internet: {}, start_fails: ["page"] });
  for (const comment of ["# Top", "# the id", "# the first"]) expect(after).toContain(comment);
  expect(parse(editText(after, (document) => setAt(document, ["steps", 0, "solve", "network"], "")))).not.toHaveProperty("steps.0.solve");
});

test("a text that is no YAML is left alone, an empty one becomes a map", () => {
  expect(editText("a: [", (document) => document.set("b", 1))).toBe("a: [");
  expect(editText("- a\n", (document) => document.set("b", 1))).toBe("- a\n");
  expect(editText("# only this\n", (document) => document.set("b", 1))).toMatch(/# ?only this\n+b: 1\n/);
});

test("a copy has another name and claims nothing of the course", () => {
  const copy = parse(renameLab(readFileSync(join(labs, "07-route-tables-gateways", "lab.yml"), "utf8"), "mine", { fr: "À moi", en: "Mine" })) as Record<string, unknown>;
  expect(copy).toMatchObject({ id: "mine", title: { fr: "À moi", en: "Mine" } });
  expect(Object.keys(copy)).not.toEqual(expect.arrayContaining(["covers"]));
});
