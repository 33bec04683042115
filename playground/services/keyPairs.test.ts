import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isWhole, privateKeysOf, publicKeysOf } from "./keyPairs.ts";
import { testCloud, testNetwork } from "./testLab.ts";
import { Workspace } from "./workspace.ts";

let root: string;
let workspace: Workspace;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "rempart-key-pairs-"));
  workspace = new Workspace(root, "my-lab");
});
afterEach(() => rm(root, { recursive: true, force: true }));

const made = testCloud();
const brought = testCloud(testNetwork.replace("ops: {}", "ops: { public_key: ssh-ed25519 AAAA mine }"));

describe("key pairs", () => {
  it("are made once, the private half readable by its owner alone", async () => {
    const publicKeys = await publicKeysOf(made, workspace);
    const privateKeys = await privateKeysOf(made, workspace);
    expect(publicKeys.get("ops")).toMatch(/^ssh-ed25519 \S+ ops$/);
    expect(privateKeys.get("ops")).toMatch(/^-----BEGIN OPENSSH PRIVATE KEY-----\n/);
    expect((await stat(join(workspace.folder, "key-ops.pem"))).mode & 0o777).toBe(0o600);
    expect(await publicKeysOf(made, workspace)).toEqual(publicKeys);
    expect(await privateKeysOf(made, workspace)).toEqual(privateKeys);
  });

  it("are made anew where an earlier one lacks a byte, so that ssh cannot load it", async () => {
    const [kind = "", key = ""] = ((await publicKeysOf(made, workspace)).get("ops") ?? "").split(" ");
    expect(isWhole(`${kind} ${key} ops`)).toBe(true);
    const short = `${kind} ${Buffer.from(key, "base64").subarray(0, 50).toString("base64")} ops`;
    expect(isWhole(short)).toBe(false);
    await workspace.write("key-ops.pub", `${short}\n`);
    expect(isWhole((await publicKeysOf(made, workspace)).get("ops") ?? "")).toBe(true);
  });

  it("have no private half when the student brought the public one, even after a pair of that name was made", async () => {
    expect((await publicKeysOf(brought, workspace)).get("ops")).toBe("ssh-ed25519 AAAA mine");
    expect(await privateKeysOf(brought, workspace)).toEqual(new Map());
    await publicKeysOf(made, workspace);
    expect(await privateKeysOf(brought, workspace)).toEqual(new Map());
  });
});
