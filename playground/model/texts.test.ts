import { describe, expect, it } from "vitest";
import { fileFaultTexts, labFaultTexts } from "./faultTextsOfFiles.ts";
import { networkFaultTexts } from "./faultTextsOfNetworks.ts";
import { faultText } from "./faultTexts.ts";
import { nearestName } from "./nearest.ts";
import { reasonCodes, reasonText } from "./reasonText.ts";

const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

describe("texts in both languages", () => {
  it.each(Object.entries({ ...fileFaultTexts, ...labFaultTexts, ...networkFaultTexts }))("use the same values for %s", (_, text: { en: string; fr: string; hint?: { en: string; fr: string } }) => {
    expect(placeholders(text.fr)).toEqual(placeholders(text.en));
    expect(text.fr).not.toBe(text.en);
    if (text.hint) expect(placeholders(text.hint.fr)).toEqual(placeholders(text.hint.en));
  });

  it.each(reasonCodes)("use the same values for the reason %s", (reason) => {
    const hop = { reason, values: {} };
    expect(placeholders(reasonText(hop, "fr"))).toEqual(placeholders(reasonText(hop, "en")));
    expect(reasonText(hop, "fr")).not.toBe(reasonText(hop, "en"));
    expect(`${reasonText(hop, "fr")} ${reasonText(hop, "en")}`).not.toMatch(/fabric/i);
  });

  it("say kinds in the reader's language", () => {
    const fault = { code: "network.absent", values: { kind: "subnets", name: "x", available: "a, b", nearest: "a" } };
    expect(faultText(fault, "fr")).toEqual({ message: "Il n’y a pas de sous-réseau « x ».", hint: "Vouliez-vous dire « a » ? Il y a : a, b." });
    expect(faultText(fault, "en")).toEqual({ message: 'There is no subnet "x".', hint: 'Did you mean "a"? There is: a, b.' });
    expect(faultText({ code: "network.absent", values: { kind: "subnets", name: "x", available: "" } }, "fr").hint).toBe("Il n’y en a aucun.");
  });

  it("show an unknown reason as it is, and no member of an object as a text", () => {
    expect(reasonText({ reason: "constructor", values: {} }, "fr")).toBe("constructor");
    expect(faultText({ code: "constructor" }, "fr").message).toBe("constructor");
  });
});

describe("nearestName", () => {
  it.each([
    ["foo-igv", ["foo-igw", "foo-nat"], "foo-igw"],
    ["wbe", ["app", "web"], "web"],
    ["public", ["foo-public"], "foo-public"],
    ["zzz", ["app", "web"], undefined],
    ["x", [], undefined],
  ])("finds what %s meant", (name, names, expected) => {
    expect(nearestName(name, names)).toBe(expected);
  });
});
