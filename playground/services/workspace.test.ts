import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { labSchema } from "../model/lab.ts";
import type { LoadedLab } from "./labRuntime.ts";
import { revisionOf, Workspace } from "./workspace.ts";

let root: string;
let workspace: Workspace;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "rempart-workspace-"));
  workspace = new Workspace(root, "my-lab");
});
afterEach(() => rm(root, { recursive: true, force: true }));

const loaded: LoadedLab = {
  lab: labSchema.parse({ id: "my-lab", title: { fr: "a", en: "a" }, summary: { fr: "a", en: "a" }, group: "physical", minutes: 1, memory_mb: 1 }),
  folder: "/nowhere",
  ours: true,
  startNetwork: "vpcs: {}\n",
  guides: { fr: "", en: "" },
};

describe("prepare", () => {
  it("gives the start state once and never overwrites what the student wrote", async () => {
    await workspace.prepare(loaded);
    expect((await workspace.readNetwork()).text).toBe("vpcs: {}\n");
    await workspace.writeNetwork("# mine\n");
    await workspace.prepare(loaded);
    expect((await workspace.readNetwork()).text).toBe("# mine\n");
  });
});

describe("writeNetwork", () => {
  beforeEach(() => workspace.prepare(loaded));

  it("writes over the revision that was read, and returns the new one", async () => {
    const { revision } = await workspace.readNetwork();
    const next = await workspace.writeNetwork("# two\n", revision);
    expect(next).toBe(revisionOf("# two\n"));
    expect(await workspace.readNetwork()).toEqual({ text: "# two\n", revision: next });
  });

  it("refuses when another program wrote meanwhile, and leaves its text", async () => {
    const { revision } = await workspace.readNetwork();
    await writeFile(workspace.networkFile, "# by an editor\n");
    await expect(workspace.writeNetwork("# by the window\n", revision)).rejects.toMatchObject({ code: "input.changed-on-disk", kind: "input" });
    expect((await workspace.readNetwork()).text).toBe("# by an editor\n");
  });

  it("overwrites without a revision, and leaves no temporary file", async () => {
    await workspace.writeNetwork("# forced\n");
    expect(await readdir(workspace.folder)).toEqual(["network.yml"]);
  });
});

describe("lock", () => {
  it("lets one in and tells the other who is at it", async () => {
    const unlock = await workspace.lock("up");
    await expect(workspace.lock("down")).rejects.toMatchObject({ code: "lab.busy", message: expect.stringMatching(new RegExp(`up, process ${process.pid}`)) as string });
    await unlock();
    await (await workspace.lock("down"))();
  });

  it("lets exactly one of many in that come at once", async () => {
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => workspace.lock("up")));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "lab.busy" });
  });

  it("lets exactly one of many take over the lock of a process that died", async () => {
    const other = spawn(process.execPath, ["-e", ""]);
    await once(other, "exit");
    for (let round = 0; round < 20; round++) {
      const one = new Workspace(root, `lab-${round}`);
      await mkdir(one.folder, { recursive: true });
      await writeFile(join(one.folder, ".lock"), `${other.pid} up`);
      const results = await Promise.allSettled(Array.from({ length: 8 }, () => one.lock("up")));
      expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    }
  });

  it("refuses while another process that lives holds it, and takes over once that one died", async () => {
    const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    await mkdir(workspace.folder, { recursive: true });
    await writeFile(join(workspace.folder, ".lock"), `${other.pid} up`);
    await expect(workspace.lock("apply")).rejects.toMatchObject({ code: "lab.busy" });
    other.kill("SIGKILL");
    await once(other, "exit");
    const unlock = await workspace.lock("apply");
    expect(await readFile(join(workspace.folder, ".lock"), "utf8")).toBe(`${process.pid} apply`);
    await unlock();
    expect(await readdir(workspace.folder)).toEqual([]);
  });

  it.each(["", "garbage", "0 up", "-1 up"])("takes over a lock that holds %j", async (content) => {
    await mkdir(workspace.folder, { recursive: true });
    await writeFile(join(workspace.folder, ".lock"), content);
    await (await workspace.lock("up"))();
  });
});

describe("files", () => {
  it("keeps a private key for its owner alone", async () => {
    await workspace.write("key-ops.pem", "secret", 0o600);
    expect((await stat(join(workspace.folder, "key-ops.pem"))).mode & 0o777).toBe(0o600);
  });

  it("reads what is not there as undefined, and removes it without complaint", async () => {
    expect(await workspace.read("nothing")).toBeUndefined();
    await workspace.remove("nothing");
  });

  it("forgets its folder and no other", async () => {
    await workspace.prepare(loaded);
    await new Workspace(root, "other-lab").prepare(loaded);
    await workspace.forget();
    expect(await readdir(root)).toEqual(["other-lab"]);
  });
});
