import { describe, expect, it } from "vitest";
import { settingsFaultTexts } from "./faultTextsOfSettings.ts";
import { faultText } from "./faultTexts.ts";
import { readRegistryMirror } from "./registryMirror.ts";

const codes = (text: string): string[] => readRegistryMirror(text, "registryMirror").faults.map(({ code }) => code.replace("settings.mirror-", ""));

describe("a registry's mirror", () => {
  it.each([
    ["registry.example:5000/mirror", "registry.example:5000/mirror"],
    ["  registry.example/a/b-c/  ", "registry.example/a/b-c"],
    ["127.0.0.1:5000", "127.0.0.1:5000"],
    ["localhost/all", "localhost/all"],
    ["box:5000", "box:5000"],
    ["[2001:db8::5]:5000/m", "[2001:db8::5]:5000/m"],
  ])("is read from %j", (text, mirror) => {
    expect(readRegistryMirror(text, "registryMirror")).toEqual({ mirror, faults: [] });
  });

  it.each(["", "   "])("is none for %j", (text) => {
    expect(readRegistryMirror(text, "registryMirror")).toEqual({ faults: [] });
  });

  it.each([
    ["https://registry.example", ["scheme"]],
    ["user:secret@registry.example", ["account"]],
    ["mirror", ["host"]],
    ["mirror/images", ["host"]],
    ["registry..example", ["host"]],
    ["300.1.1.1:5000", ["host"]],
    [":5000", ["host"]],
    ["registry.example:70000", ["port"]],
    ["registry.example:", ["port"]],
    ["registry.example/Mirror", ["path"]],
    ["registry.example/a//b", ["path"]],
    ["registry.example/node:v1", ["path"]],
    ["registry.example/node@sha256:00", ["path"]],
    ["registry.example/a b?", ["sign", "sign"]],
    ["http://me@-bad-:0/Up/ok/_x", ["scheme", "account", "host", "port", "path", "path"]],
  ])("is refused with every fault of %j at once", (text, expected) => {
    const read = readRegistryMirror(text, "registryMirror");
    expect(codes(text)).toEqual(expected);
    expect(read.mirror).toBeUndefined();
    expect(read.faults.every((fault) => fault.path === "registryMirror" && fault.message !== fault.code)).toBe(true);
  });

  it("says its faults in both languages with the same values", () => {
    const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => String(name)).sort();
    for (const [code, text] of Object.entries(settingsFaultTexts)) {
      expect(placeholders(text.fr), code).toEqual(placeholders(text.en));
      expect(faultText({ code, values: {} }, "fr").message).not.toBe(faultText({ code, values: {} }, "en").message);
    }
  });
});
