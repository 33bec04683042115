import { expect, test } from "vitest";
import { type ComparisonRow, comparisonRowSchema, measuredNumber, measuredText, measureOutput, ordersAgree } from "./comparison.ts";

const row = (fields: Record<string, unknown> = {}): ComparisonRow => comparisonRowSchema.parse({ title: { fr: "l", en: "r" }, ...fields });

test("every match's first group is a value, for this lab's table or another's", () => {
  const output = "Ports: 22/open/tcp, 80/closed/tcp, 443/open/tcp\nhosts 3";
  const measures = [
    { table: "access", row: "ports", column: "ssh", read: "(\\d+)/open/tcp" },
    { table: "13-zero-trust/access", row: "hosts", column: "ssh", read: "^hosts (\\d+)$" },
    { table: "access", row: "none", column: "ssh", read: "(\\d+)/filtered" },
  ];
  expect(measureOutput(measures, output, "08-ssh")).toEqual([
    { table: "08-ssh/access", row: "ports", column: "ssh", values: ["22", "443"] },
    { table: "13-zero-trust/access", row: "hosts", column: "ssh", values: ["3"] },
    { table: "08-ssh/access", row: "none", column: "ssh", values: [] },
  ]);
});

test("values are written as the row says, with its unit and a decimal comma in French", () => {
  expect(measuredText(row(), ["22", "443", "22"])).toEqual({ fr: "22, 443", en: "22, 443" });
  expect(measuredText(row({ show: "count" }), ["22", "443", "22"])).toEqual({ fr: "2", en: "2" });
  expect(measuredText(row({ show: "value", unit: { fr: "s", en: "s" } }), ["0.4", "0.5"])).toEqual({ fr: "0,4 s", en: "0.4 s" });
  expect(measuredText(row(), ["10.0.80.20"])).toEqual({ fr: "10.0.80.20", en: "10.0.80.20" });
});

test("nothing found is a measurement only where the row has a word for it", () => {
  expect(measuredText(row(), [])).toBeUndefined();
  expect(measuredText(row({ none: { fr: "aucun", en: "none" } }), [])).toEqual({ fr: "aucun", en: "none" });
  expect(measuredNumber(row({ show: "count" }), [])).toBeUndefined();
  expect(measuredNumber(row({ show: "count", none: { fr: "aucun", en: "none" } }), [])).toBe(0);
  expect(measuredNumber(row({ show: "value" }), ["ssh"])).toBeUndefined();
});

test("orders agree unless a better rank measured worse; ties and unranked columns say nothing", () => {
  const course = { files: { fr: "a", en: "a", rank: 3 }, dns: { fr: "b", en: "b", rank: 2 }, registry: { fr: "c", en: "c", rank: 1 }, proxy: { fr: "c", en: "c", rank: 1 }, other: { fr: "d", en: "d" } };
  const agree = (best: "lowest" | "highest", values: Record<string, number>) => ordersAgree(row({ best, course }), new Map(Object.entries(values)));
  expect(agree("lowest", { files: 60, dns: 10, registry: 1, proxy: 2 })).toBe(true);
  expect(agree("lowest", { files: 60, dns: 10, registry: 11 })).toBe(false);
  expect(agree("highest", { files: 60, dns: 10 })).toBe(false);
  expect(agree("lowest", { registry: 2, proxy: 1 })).toBeUndefined();
  expect(agree("lowest", { dns: 1, other: 0 })).toBeUndefined();
  expect(ordersAgree(row({ course }), new Map([["files", 1], ["dns", 2]]))).toBeUndefined();
});
