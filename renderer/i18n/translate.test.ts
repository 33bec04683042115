import { describe, expect, it } from "vitest";
import { english } from "./en.ts";
import { engineErrorsInFrench } from "../../playground/model/errorTexts.ts";
import { describeError, describeFault } from "../../playground/model/describeError.ts";
import { french } from "./fr.ts";
import { createTranslate, fillText, languageFromLocale, windowTexts } from "./translate.tsx";

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)/g)].map((match) => match[1]).sort();

describe("the dictionaries", () => {
  it("have the same keys, none empty", () => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(french).sort());
    for (const texts of [french, english]) for (const [key, text] of Object.entries(texts)) expect(text.trim(), key).not.toBe("");
  });

  it("use the same values in both languages", () => {
    for (const [key, text] of Object.entries(french)) expect([...new Set(placeholders(text))], key).toEqual([...new Set(placeholders(english[key as keyof typeof french]))]);
  });

  it("never say our own jargon", () => {
    for (const text of [...Object.values(french), ...Object.values(english), ...Object.values(engineErrorsInFrench).map((error) => `${error.message} ${error.next ?? ""}`)]) expect(text).not.toMatch(/fabric/i);
  });
});

describe("fillText", () => {
  it("picks singular and plural as each language counts", () => {
    const text = "{count} {count|one|many}";
    expect(fillText(text, { count: 0 }, "fr")).toBe("0 one");
    expect(fillText(text, { count: 0 }, "en")).toBe("0 many");
    expect(fillText(text, { count: 1 }, "en")).toBe("1 one");
    expect(fillText(text, { count: 2 }, "fr")).toBe("2 many");
  });

  it("leaves an unknown value visible", () => {
    expect(fillText("{absent}", {}, "fr")).toBe("{absent}");
  });
});

it("says how many changes an apply carries", () => {
  expect(createTranslate(windowTexts, "fr").t("lab.apply", { count: 1 })).toBe("Appliquer 1 changement");
  expect(createTranslate(windowTexts, "en").t("lab.apply", { count: 3 })).toBe("Apply 3 changes");
});

it("takes French unless the system clearly wants another language", () => {
  expect(languageFromLocale(["fr-CA", "en"])).toBe("fr");
  expect(languageFromLocale([])).toBe("fr");
  expect(languageFromLocale(["en-GB"])).toBe("en");
  expect(languageFromLocale(["de-DE"])).toBe("en");
});

describe("describeError", () => {
  const busy = { name: "RempartError", code: "lab.busy", message: "another Rempart is at work on this lab (up, process 12)", next: "wait" };

  it("translates by code and keeps the particulars", () => {
    expect(describeError(busy, "fr")).toMatchObject({ message: "Un autre Rempart travaille déjà sur ce lab.", detail: busy.message });
  });

  it("shows the engine's own words in English, as sentences", () => {
    expect(describeError(busy, "en")).toMatchObject({ message: "Another Rempart is at work on this lab (up, process 12).", next: "Wait.", detail: undefined });
  });

  it("sends machine errors to the set-up", () => {
    expect(describeError({ ...busy, code: "machine.not-ready" }, "fr").needsSetup).toBe(true);
    expect(describeError(busy, "fr").needsSetup).toBe(false);
  });

  it("does not hide an error without translation", () => {
    expect(describeError({ ...busy, code: "new.code" }, "fr")).toMatchObject({ message: "Another Rempart is at work on this lab (up, process 12).", next: "Wait." });
  });
});

it("keeps a fault's own words where its code is unknown", () => {
  expect(describeFault({ code: "no.such", path: "", message: "own words", values: {} }, "fr").message).toBe("own words");
});
