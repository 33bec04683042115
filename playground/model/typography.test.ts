import { describe, expect, it } from "vitest";
import { bindPunctuation } from "./typography.ts";

describe("bindPunctuation", () => {
  it("keeps French punctuation with its word", () => {
    expect(bindPunctuation("Il dit : « Bonjour ! » ; et\n? Non :")).toBe("Il dit\u00a0: «\u00a0Bonjour\u00a0!\u00a0»\u00a0; et\u00a0? Non\u00a0:");
  });

  it("leaves addresses, times and English alone", () => {
    for (const text of ["dial ::1 or :8080", "at 10:30", "What? Yes: \"so\"; and!"]) expect(bindPunctuation(text)).toBe(text);
  });
});
