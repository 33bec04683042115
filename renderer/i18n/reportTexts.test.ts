import { expect, it } from "vitest";
import { reportEn } from "./report.en.ts";
import { reportFr } from "./report.fr.ts";
import type { ReportKey } from "./reportTexts.ts";

const placeholders = (text: string) => [...new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1]))].sort();

it("has the same values in both languages", () => {
  for (const key of Object.keys(reportFr) as ReportKey[]) expect(placeholders(reportFr[key]), key).toEqual(placeholders(reportEn[key]));
});
