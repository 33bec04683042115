import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { containerPrefix, kindName, networkBlocks } from "./clusterNames.ts";
import { dockerShim } from "./dockerShim.ts";

const folder = mkdtempSync(join(tmpdir(), "rempart-shim-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.runIf(process.platform !== "win32")("the docker that kind calls", () => {
  const docker = join(folder, "docker-real");
  const shim = join(folder, "docker");
  writeFileSync(docker, '#!/bin/sh\nprintf "%s\\n" "$@"\n');
  writeFileSync(shim, dockerShim(docker, { "dev.rempart.lab": "17-x", "dev.rempart.folder": "/it's here" }, "rempart-1-a-"));
  for (const file of [docker, shim]) chmodSync(file, 0o755);
  const call = (...args: string[]): string[] => execFileSync(shim, args, { encoding: "utf8" }).trimEnd().split("\n");

  test("gives what it makes our labels and nobody to ask for names, and leaves the rest as it is", () => {
    expect(call("run", "--name", "rempart-1-a-main-worker", "--label", "two words", "image")).toEqual([
      ...["run", "--label", "dev.rempart.lab=17-x", "--label", "dev.rempart.folder=/it's here", "--label", "dev.rempart.node=main-worker", "--dns", "127.0.0.1", "--add-host", "host.docker.internal:127.0.0.1"],
      ...["--name", "rempart-1-a-main-worker", "--label", "two words", "image"],
    ]);
  });
  test("passes every other command on", () => expect(call("exec", "--privileged", "x", "run", "a b")).toEqual(["exec", "--privileged", "x", "run", "a b"]));
});

test("names of clusters never meet, and fit into a host name", () => {
  expect(kindName("123456", "17-a", "main")).toBe(`${containerPrefix("123456", "17-a")}main`);
  expect(new Set([kindName("123456", "17-a", "main"), kindName("123457", "17-a", "main"), kindName("123456", "17-b", "main"), kindName("123456", "17-a", "other")]).size).toBe(4);
  expect(`${kindName("t123456", "a".repeat(41), "c".repeat(20))}-control-plane`.length).toBeLessThanOrEqual(63);
});

test("a cluster's network is in the shared address space, and has others to go to", () => {
  const blocks = networkBlocks("rempart-1-a-main");
  expect(new Set(blocks).size).toBe(blocks.length);
  for (const block of blocks) expect(block).toMatch(/^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.\d{1,3}\.0\/24$/);
});
