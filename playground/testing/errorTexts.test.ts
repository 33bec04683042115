import { describe, expect, it } from "vitest";
import { describeError } from "../model/describeError.ts";
import { engineErrorsInFrench, windowErrors } from "../model/errorTexts.ts";
import { errorsOf, findThrownErrors } from "./thrownErrors.ts";

const checkout = new URL("../../", import.meta.url).pathname;

/** The server's errors come before anybody is there to read. */
const outside = /^playground\/rpc\/webSocketServer\.ts$/;

/** Written in both languages where they are thrown: a command's own advice on how to call it. */
const toldInPlace = ["input.bad-arguments", "input.binary-to-terminal", "input.command-missing", "input.no-terminal"];

/** Not thrown by any line of ours that names them: they cross the contract as data of another process's error. */
const passedOn = /^playground\/model\/errors\.ts$/;

const thrown = findThrownErrors(checkout, ["playground", "electron", "renderer/state"]).filter(({ file }) => !outside.test(file));

describe("every error that can reach a user", () => {
  it("has a code that can be read from the source", () => {
    expect(thrown.filter(({ codes, file }) => codes.length === 0 && !passedOn.test(file))).toEqual([]);
  });

  it("has a French text", () => {
    const known = new Set([...toldInPlace, ...Object.keys(engineErrorsInFrench), ...Object.keys(windowErrors)]);
    const missing = new Map(thrown.flatMap(({ codes, file, line }) => codes.filter((code) => !known.has(code)).map((code) => [code, `${file}:${line}`])));
    expect(Object.fromEntries(missing)).toEqual({});
  });

  it("is still thrown somewhere: no text outlives its error", () => {
    const codes = new Set(thrown.flatMap((error) => error.codes));
    expect(Object.keys(engineErrorsInFrench).filter((code) => !codes.has(code))).toEqual([]);
  });
});

describe("the French texts", () => {
  it("are a sentence each, with what was kept and what to do as parts of a line", () => {
    for (const [code, { message, kept, next }] of Object.entries(engineErrorsInFrench)) {
      expect(message, code).toMatch(/^([A-ZÀ-Ý]|network\.yml ).*\.$/);
      for (const part of [kept, next]) if (part !== undefined) expect(part, code).toMatch(/^[^A-ZÀ-Ý].*[^.]$/);
      expect(`${message}${kept ?? ""}${next ?? ""}`, code).not.toContain("'");
    }
  });

  it("stand before the engine's own words", () => {
    const error = { name: "RempartError", code: "internal", message: "Cannot read properties of undefined" };
    expect(describeError(error, "fr").message).toBe(engineErrorsInFrench["internal"]?.message);
    expect(describeError(error, "fr").detail).toBe(error.message);
  });
});

describe("finding errors in a source", () => {
  it("sees codes over line breaks, in a choice and behind a helper", () => {
    const text = `
      throw new RempartError(
        "one.code", "…");
      const error = new RempartError(taken ? "two.taken" : ("two.other"), "…");
      function unknown(code: string, name: string) { return new RempartError(code, name); }
      throw unknown("three.first", "a"); throw unknown(x ? "three.second" : "three.third", "b");
      const data = { name: "RempartError", code: "four.data" };`;
    expect(errorsOf("a.ts", text).map(({ line, codes }) => [line, codes])).toEqual([
      [2, ["one.code"]], [4, ["two.taken", "two.other"]], [5, ["three.first", "three.second", "three.third"]], [7, ["four.data"]],
    ]);
  });

  it("tells what it cannot read", () => {
    expect(errorsOf("a.ts", "throw new RempartError(data.code, data.message);")).toEqual([{ file: "a.ts", line: 1, codes: [] }]);
  });
});
