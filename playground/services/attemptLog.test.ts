import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chainFaults } from "../reports/chain.ts";
import { attemptFile, AttemptLog } from "./attemptLog.ts";

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "rempart-log-"))));
afterEach(() => rm(folder, { recursive: true, force: true }));

const at = new Date(1_800_000_000_000).toISOString();
const first = () => Promise.resolve({ type: "attempt.started", at });
const event = (step: string) => ({ type: "hint.opened", at, step, number: 1 });
const path = () => join(folder, attemptFile);

describe("the log of an attempt", () => {
  it("begins a chain, and goes on with it in another process", async () => {
    await new AttemptLog(folder).append([event("a"), event("b")], first);
    const again = new AttemptLog(folder);
    await again.append([event("c")], () => Promise.reject(new Error("a chain begins once")));
    const events = await again.read();
    expect(events).toHaveLength(4);
    expect(chainFaults(events)).toEqual([]);
  });

  it("stays one chain when two processes write at the same time", async () => {
    const logs = [new AttemptLog(folder), new AttemptLog(folder)];
    await Promise.all(Array.from({ length: 20 }, (_, index) => logs[index % 2]?.append([event(String(index))], first)));
    const events = await new AttemptLog(folder).read();
    expect(events).toHaveLength(21);
    expect(chainFaults(events)).toEqual([]);
  });

  it("takes away a last line that was torn, and nothing else", async () => {
    const log = new AttemptLog(folder);
    await log.append([event("a"), event("b")], first);
    const whole = await readFile(path(), "utf8");
    await writeFile(path(), whole.slice(0, -20));
    expect(await new AttemptLog(folder).read()).toHaveLength(2);
    const next = new AttemptLog(folder);
    await next.append([event("c")], first);
    const events = await next.read();
    expect(events).toHaveLength(3);
    expect(chainFaults(events)).toEqual([]);
  });

  it("keeps a line that was edited, and the fault shows", async () => {
    const log = new AttemptLog(folder);
    await log.append([event("a"), event("b")], first);
    await writeFile(path(), (await readFile(path(), "utf8")).replace('"step":"a"', '"step":"z"'));
    await log.append([event("c")], first);
    const events = await log.read();
    expect(events).toHaveLength(4);
    expect(chainFaults(events)).toEqual([{ index: 1, kind: "edited" }]);
  });

  it("goes on behind lines that are none of ours, and the fault shows", async () => {
    await appendFile(path(), "hello\n");
    const log = new AttemptLog(folder);
    await log.append([event("a")], first);
    const events = await log.read();
    expect(events[0]).toBe("hello");
    expect(chainFaults(events).map(({ index, kind }) => `${index} ${kind}`)).toContain("0 unreadable");
  });
});
