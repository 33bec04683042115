import { describe, expect, it } from "vitest";
import { classTableSchema } from "../../playground/contract/classTable.ts";
import { fakeClassTable } from "../dev/fakeClass.ts";
import { classEn } from "../i18n/class.en.ts";
import { classFr } from "../i18n/class.fr.ts";
import type { ClassKey } from "../i18n/classTexts.ts";
import { copiesOf, isConspicuous, labsOf, meanShare, type Sorting, visibleRows } from "./classRows.ts";

const table = classTableSchema.parse(fakeClassTable("/reports"));
const all = { text: "", lab: "", onlyConspicuous: false };
const names = (sorting: Sorting, filter = all): string[] => visibleRows(table, filter, sorting).map(({ student, file }) => student || file);

describe("the lines of a class table", () => {
  it("are sorted by names and by numbers, what was not graded last whichever way", () => {
    expect(names({ key: "student", descending: false }).at(-1)).toBe("Farid Lemaire");
    const up = names({ key: "points", descending: false });
    const down = names({ key: "points", descending: true });
    expect(up[0]).toBe("Élise Martin");
    expect(down.slice(0, 3)).toEqual(["Amélie Bernard", "Bilal Haddad", "Farid Lemaire"]);
    expect(new Set(up.slice(-2))).toEqual(new Set(down.slice(-2)));
    expect(names({ key: "copies", descending: true })[0]).toBe("Amélie Bernard");
    expect(names({ key: "integrity", descending: true })[0]).toBe("rendus/tp7 (1).json");
  });

  it("are found by a name without its accents, by group, file and lab", () => {
    expect(names({ key: "student", descending: false }, { ...all, text: "elise" })).toEqual(["Élise Martin"]);
    expect(names({ key: "student", descending: false }, { ...all, text: "L3-B" })).toEqual(["Chloé Dupont", "David Nguyen", "Farid Lemaire"]);
    expect(names({ key: "student", descending: false }, { ...all, lab: "07-route-tables-gateways" })).toHaveLength(6);
    expect(labsOf(table)).toEqual(["07-route-tables-gateways"]);
  });

  it("are to be looked at where they are altered, no report, or surely copied", () => {
    expect(new Set(names({ key: "student", descending: false }, { ...all, onlyConspicuous: true }))).toEqual(new Set(["Bilal Haddad", "David Nguyen", "Farid Lemaire", "rendus/gaelle.pdf", "rendus/tp7 (1).json"]));
    const first = table.rows.find(({ student }) => student === "Amélie Bernard");
    expect(first && isConspicuous(first, table)).toBe(false);
    expect(copiesOf(table, "amelie-bernard.html")).toHaveLength(1);
  });

  it("have a mean of those that count", () => {
    expect(meanShare(table.rows)).toBeCloseTo((10 + 10 + 8.5 + 6 + 3.5 + 10) / 60);
    expect(meanShare([])).toBeUndefined();
  });
});

it("the texts have the same values in both languages", () => {
  const placeholders = (text: string) => [...new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1]))].sort();
  for (const key of Object.keys(classFr) as ClassKey[]) expect(placeholders(classFr[key]), key).toEqual(placeholders(classEn[key]));
});
