import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";

const root = join(import.meta.dirname, "..");
const text = readFileSync(join(root, "electron-builder.yml"), "utf8");
const schema = JSON.parse(readFileSync(join(root, "node_modules", "app-builder-lib", "scheme.json"), "utf8")) as object;

interface Configuration {
  readonly electronFuses: Record<string, boolean>;
  readonly asarUnpack: readonly string[];
  readonly linux: { readonly icon: string; readonly target: readonly { readonly target: string }[] };
  readonly mac: { readonly icon: string; readonly target: readonly { readonly target: string }[] };
  readonly win: { readonly icon: string; readonly target: readonly { readonly target: string }[] };
}

let configuration: Configuration;
let validate: ReturnType<Ajv["compile"]>;
beforeAll(() => {
  configuration = parse(text) as Configuration;
  validate = new Ajv({ allErrors: true, strict: false }).compile(schema);
}, 60_000);

describe("electron-builder.yml", () => {
  test("fits electron-builder's own schema", () => {
    const valid = validate(configuration);
    expect(validate.errors ?? []).toEqual([]);
    expect(valid).toBe(true);
  });

  test("the schema would refuse a wrong name", () => {
    expect(validate({ ...configuration, electronFusez: {} })).toBe(false);
    expect(validate({ ...configuration, electronFuses: { runAsNode: "no" } })).toBe(false);
  });

  test("builds AppImage, deb, dmg and nsis, with icons that are there", () => {
    const targets = [configuration.linux, configuration.mac, configuration.win].flatMap((system) => system.target.map((one) => one.target));
    expect(targets).toEqual(["AppImage", "deb", "dmg", "nsis"]);
    for (const system of [configuration.linux, configuration.mac, configuration.win]) expect(existsSync(join(root, system.icon)), system.icon).toBe(true);
  });

  test("the fuses close every way into the application from outside", () => {
    expect(configuration.electronFuses).toEqual({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableCookieEncryption: true,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  test("the native terminal module is unpacked", () => {
    expect(configuration.asarUnpack.some((pattern) => pattern.includes("node-pty"))).toBe(true);
  });
});
