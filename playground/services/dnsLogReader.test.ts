import { execFile } from "node:child_process";
import { appendFile, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DnsLogReader, type DnsLogFile } from "./dnsLogReader.ts";

const bash = promisify(execFile);
const line = (name: string): string => `2026-11-28T03:10:13.402Z client @0x7f 203.0.113.50#4711 (${name}): query: ${name} IN A +E(0)K (203.0.113.53)\n`;
let folder = "";
let files: DnsLogFile[] = [];
let scripts: string[] = [];
let reader: DnsLogReader;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "dns-logs-"));
  files = ["query.log", "other.log"].map((name) => ({ node: name, key: name, path: join(folder, name) }));
  scripts = [];
  reader = new DnsLogReader(async (script) => {
    scripts.push(script);
    return (await bash("bash", ["-c", `set -e\n${script}`], { maxBuffer: 10_000_000 })).stdout;
  });
});
afterEach(() => rm(folder, { recursive: true }));

const names = async (): Promise<string[]> => (await reader.read(files)).entries.map((entry) => entry.name);

test("each line is read once, and one that is only half there waits for its end", async () => {
  expect((await reader.read(files)).withLog.size).toBe(0);
  await writeFile(join(folder, "query.log"), line("a.com") + line("b.com").slice(0, 30));
  expect(await names()).toEqual(["a.com"]);
  await appendFile(join(folder, "query.log"), line("b.com").slice(30));
  await writeFile(join(folder, "other.log"), line("c.com"));
  expect(await names()).toEqual(["b.com", "c.com"]);
  scripts = [];
  expect(await names()).toEqual([]);
  // A look at logs that did not grow opens none of them.
  expect(scripts).toHaveLength(1);
});

test("a log that was emptied, and a new one in its place, are read from their beginning", async () => {
  const path = join(folder, "query.log");
  await writeFile(path, line("a.com") + line("b.com"));
  await names();
  await writeFile(path, line("c.com"));
  expect(await names()).toEqual(["c.com"]);
  await rename(path, `${path}.0`);
  await writeFile(path, line("d.com") + line("e.com"));
  expect(await names()).toEqual(["d.com", "e.com"]);
});

test("of a log that is very long, the end is read", async () => {
  await writeFile(join(folder, "query.log"), line("a.com") + "x".repeat(300_000) + "\n" + line("z.com"));
  expect(await names()).toEqual(["z.com"]);
});

test("news of zones are told, and nobody reads a folder or a pipe", async () => {
  await bash("mkfifo", [join(folder, "query.log")]);
  await writeFile(join(folder, "other.log"), "2026-11-28T03:09:35.650Z info: zone org/IN: loaded serial 2026010102\n");
  expect(await reader.read(files)).toMatchObject({ hasZoneNews: true, withLog: new Set(["other.log"]) });
  expect((await reader.read(files)).hasZoneNews).toBe(false);
});
