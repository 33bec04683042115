import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { missingCapabilities, needsWrapper, wrapperScript } from "./runtimeWrapper.ts";

const folder = mkdtempSync(join(tmpdir(), "rempart-wrapper-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("which capabilities a host lacks", () => {
  const of = (bounding: string, last = "40\n"): string[] => missingCapabilities(`Name:\tx\nCapBnd:\t${bounding}\nCapAmb:\t0\n`, last);
  expect(of("000001ffffffffff")).toEqual([]);
  expect(of("000001fffeffffff")).toEqual(["CAP_SYS_RESOURCE"]);
  expect(of("000000fffeffffff")).toEqual(["CAP_SYS_RESOURCE", "CAP_CHECKPOINT_RESTORE"]);
  // An older kernel does not know the last ones: it does not lack them.
  expect(of("0000003fffffffff", "37\n")).toEqual([]);
  expect(missingCapabilities("", "40")).toEqual([]);
});

test("which engines need the wrapper", () => {
  expect(needsWrapper("20.10.24+dfsg1", ["CAP_SYS_RESOURCE"])).toBe(true);
  expect(needsWrapper("23.0.1", ["CAP_SYS_RESOURCE"])).toBe(false);
  expect(needsWrapper("20.10.24", [])).toBe(false);
});

describe.runIf(process.platform !== "win32")("the wrapper", () => {
  /** In runc's place a script that prints what it was called with. */
  const runc = join(folder, "runc");
  const wrapper = join(folder, "wrapper");
  writeFileSync(runc, '#!/bin/sh\nprintf "%s|" "$@"\n');
  writeFileSync(wrapper, wrapperScript(runc, ["CAP_SYS_RESOURCE", "CAP_SYS_TIME"]));
  for (const file of [runc, wrapper]) chmodSync(file, 0o755);
  const run = (...args: string[]): string => execFileSync(wrapper, args, { encoding: "utf8", cwd: folder });
  const capabilities = (names: string[]): string => JSON.stringify({ process: { capabilities: { bounding: names, effective: names } }, note: "CAP_SYS_RESOURCE stays in a text" });
  const left = (file: string): string[] => (JSON.parse(readFileSync(file, "utf8")) as { process: { capabilities: { bounding: string[] } } }).process.capabilities.bounding;

  test.each([
    ["first", ["CAP_SYS_RESOURCE", "CAP_KILL"]],
    ["last", ["CAP_KILL", "CAP_SYS_TIME"]],
    ["both and between", ["CAP_SYS_TIME", "CAP_KILL", "CAP_SYS_RESOURCE"]],
    ["side by side", ["CAP_KILL", "CAP_SYS_RESOURCE", "CAP_SYS_TIME"]],
  ])("takes out what stands %s", (_title, names) => {
    const file = join(folder, "config.json");
    writeFileSync(file, capabilities(names));
    expect(run("--root", "/r", "create", "--bundle", folder, "id")).toBe(`--root|/r|create|--bundle|${folder}|id|`);
    expect(left(file)).toEqual(["CAP_KILL"]);
  });
  test("all that there is", () => {
    const file = join(folder, "config.json");
    writeFileSync(file, capabilities(["CAP_SYS_RESOURCE"]));
    run("run", `--bundle=${folder}`, "id");
    expect(left(file)).toEqual([]);
  });
  test("of a command in a container, from its own file", () => {
    const file = join(folder, "process.json");
    writeFileSync(file, JSON.stringify({ process: { capabilities: { bounding: ["CAP_KILL", "CAP_SYS_RESOURCE"] } } }));
    expect(run("exec", "--process", file, "--detach", "id")).toContain("exec|--process");
    expect(left(file)).toEqual(["CAP_KILL"]);
  });
  test("touches nothing else, and keeps words with spaces", () => expect(run("state", "a b")).toBe("state|a b|"));
});
