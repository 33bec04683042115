import { describe, expect, it } from "vitest";
import { sentence, sentences } from "./sentences.ts";

describe("sentence", () => {
  it("begins with a capital and ends with a full stop", () => {
    expect(sentence("lab 07 is not running")).toBe("Lab 07 is not running.");
    expect(sentence("écrivez par exemple 10.0.80.20")).toBe("Écrivez par exemple 10.0.80.20.");
    expect(sentence("l’adresse manque")).toBe("L’adresse manque.");
  });

  it("leaves alone what is a sentence already", () => {
    for (const text of ["Nothing was read.", "Is it there?", "Wait…", "« Rien ne répond. »", "There is: a, b:"]) expect(sentence(text)).toBe(text);
  });

  it("does not capitalise names of files and commands", () => {
    expect(sentence("network.yml changed on disk")).toBe("network.yml changed on disk.");
    expect(sentence("rempart doctor says what is missing")).toBe("rempart doctor says what is missing.");
    expect(sentence("'web' is in no subnet")).toBe("'web' is in no subnet.");
    expect(sentence("10.0.0.0/16 is taken")).toBe("10.0.0.0/16 is taken.");
  });

  it("puts no full stop behind the last line of a program's output", () => {
    expect(sentence("debootstrap failed:\nE: no mirror")).toBe("Debootstrap failed:\nE: no mirror");
  });
});

it("joins what is there", () => {
  expect(sentences("lab 07 is not running", undefined, "start it first: rempart up 07")).toBe("Lab 07 is not running. Start it first: rempart up 07.");
  expect(sentences("", " ", undefined)).toBe("");
});
