import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createClient } from "../contract/client.ts";
import type { Handlers } from "../contract/contract.ts";
import { createMemoryTransportPair } from "../contract/memoryTransport.ts";
import { RempartError } from "../model/errors.ts";
import type { Language } from "../model/lab.ts";
import { serve } from "../rpc/dispatcher.ts";
import { createTestHandlers } from "../rpc/testHandlers.ts";
import { resolvePaths } from "../services/paths.ts";
import type { CommandLine } from "./commandLine.ts";
import { chooseLanguage, createConsole } from "./console.ts";
import { exitCodeOf } from "./exitCodes.ts";
import { runProgram } from "./program.ts";
import { formatTable } from "./table.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rempart-cli-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** Runs one command line against handlers; returns what it wrote and its exit code. */
async function rempart(argumentsGiven: readonly string[], handlers: Partial<Handlers> = {}, environment: NodeJS.ProcessEnv = {}, language: Language = "en") {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  let code = 0;
  const refuse = () => Promise.reject(new Error("not in this test"));
  const commandLine: CommandLine = {
    console: createConsole({ language, environment, stdout, stderr }),
    environment,
    version: "1.2.3",
    paths: resolvePaths({ REMPART_HOME: folder }),
    connect: () => {
      const [window, engine] = createMemoryTransportPair();
      serve(engine, createTestHandlers(handlers));
      const client = createClient(window);
      return Promise.resolve({ client, isRemote: false, close: () => Promise.resolve(client.close()) });
    },
    nodeAccess: refuse,
    capture: refuse,
    setExitCode: (value) => (code = value),
  };
  await runProgram(commandLine, argumentsGiven);
  const read = (stream: PassThrough): string => (stream.read() as Buffer | null)?.toString() ?? "";
  return { out: read(stdout), err: read(stderr), code };
}

const status = { lab: "l", phase: "running" as const, nodes: [{ name: "laptop", state: "running" as const, restarts: 0 }], memoryBytes: 2_100_000, findings: [], checks: [], hasDns: false, outputs: { web: "203.0.113.10" }, folder: "/f" };
const commands = ["labs", "up", "down", "status", "plan", "apply", "check", "exec", "shell", "path", "exposure", "capture", "topology", "validate", "verify", "grade", "doctor", "images", "serve"];

describe("the command line", () => {
  test.each(commands)("%s --help has examples and --json, and ends with 0", async (command) => {
    const { out, code } = await rempart([command, "--help"]);
    expect(code).toBe(0);
    expect(out).toContain(`$ rempart ${command}`);
    expect(out).toContain("--json");
  });

  test("--version and no argument end with 0, an unknown command or option with 2", async () => {
    expect(await rempart(["--version"])).toMatchObject({ out: "1.2.3\n", code: 0 });
    expect((await rempart([])).out).toContain("serve");
    expect(await rempart(["bogus"])).toMatchObject({ code: 2 });
    expect(await rempart(["labs", "--bogus"])).toMatchObject({ code: 2 });
    expect(await rempart(["path", "l", "a", "b", "--port", "70000"])).toMatchObject({ code: 2 });
  });

  test("status prints for people, and with --json what the engine said", async () => {
    const handlers = { "labs.status": () => Promise.resolve(status) };
    const people = await rempart(["status", "l"], handlers);
    expect(people.out).toContain("laptop");
    expect(people.out).toContain("web = 203.0.113.10");
    expect(JSON.parse((await rempart(["status", "l", "--json"], handlers)).out)).toEqual(status);
  });

  test.each(["fr", "en"] as const)("status tells its findings in the reader's language (%s)", async (language) => {
    const findings = [{ fr: "câble de laptop rétabli", en: "cable of laptop mended" }];
    const nodes = [{ name: "laptop", state: "disconnected" as const, restarts: 0 }];
    const { out } = await rempart(["status", "l"], { "labs.status": () => Promise.resolve({ ...status, nodes, findings }) }, {}, language);
    expect(out).toContain(`! ${findings[0]?.[language] ?? ""}`);
    expect(out).toContain(language === "fr" ? "sans réseau" : "disconnected");
  });

  test("status says which link loses packets on purpose", async () => {
    const impairment = { lossPercent: 10, delayMilliseconds: 50 };
    const { out } = await rempart(["status", "l"], { "labs.status": () => Promise.resolve({ ...status, nodes: status.nodes.map((node) => ({ ...node, impairment })) }) });
    expect(out).toMatch(/laptop.*10 % loss, 50 ms delay/);
  });

  test("check ends with 1 when a check fails, with 0 when all pass", async () => {
    const detail = { id: "l", title: { fr: "L", en: "L" }, summary: { fr: "L", en: "L" }, group: "whole" as const, minutes: 1, memoryMegabytes: 1, buildsOn: [], phase: "running" as const, passedChecks: 0, totalChecks: 1, nodeCount: 1, introduction: { fr: "Bonjour", en: "Hello" }, steps: [], ours: true };
    const handlers = (state: "passed" | "failed" | "blocked"): Partial<Handlers> => ({
      "checks.run": () => Promise.resolve({ checks: [{ id: "web", state, command: "curl x", output: "refused" }] }),
      "labs.get": () => Promise.resolve(detail),
    });
    expect(await rempart(["check", "l"], handlers("passed"))).toMatchObject({ code: 0 });
    const failed = await rempart(["check", "l"], handlers("failed"));
    expect(failed.code).toBe(1);
    expect(failed.out).toContain("$ curl x");
    expect(failed.out).toContain("0 of 1 passed.");
    // A negative whose control fails proves nothing, so it has not passed.
    expect(await rempart(["check", "l"], handlers("blocked"))).toMatchObject({ code: 1 });
  });

  test("exposure tells each door with its rule, finds what differs, and is data with --json", async () => {
    const row = { protocol: "tcp" as const, ports: "22", count: 1, state: "open" as const, reason: "syn-ack", service: "ssh", predicted: "open" as const, agrees: true, why: { reason: "security-group-allows-in", values: { group: "door", node: "web" }, decidedBy: "tcp 22 from 0.0.0.0/0" } };
    const silent = { protocol: "tcp" as const, ports: "1-21", count: 21, state: "filtered" as const, reason: "no-response" };
    const exposure = { from: "laptop", at: "2026-11-28T03:00:00Z", milliseconds: 2400, command: "sudo nmap 203.0.113.10", method: "syn" as const, isStale: false, left: 0, addresses: [
      { address: "203.0.113.10", holder: "web", element: "node/web", rows: [row, { ...row, ports: "8443", predicted: "refused" as const, agrees: false }] },
      { address: "10.0.80.20", holder: "db", element: "node/db", rows: [silent] },
    ] };
    const scan = vi.fn(() => Promise.resolve(exposure));
    const { out, code } = await rempart(["exposure", "l", "laptop"], { "exposure.scan": scan });
    expect(code).toBe(0);
    expect(scan).toHaveBeenCalledWith({ lab: "l", from: "laptop" }, expect.anything());
    expect(out).toMatch(/203\.0\.113\.10 {2}web\n.*22\/tcp.*open ssh.*\[tcp 22 from 0\.0\.0\.0\/0\]/);
    expect(out).toContain("something listens here that network.yml does not name");
    expect(out).toContain("db  nothing answers");
    expect(out).toContain("Seen from laptop: 2 open doors, at 1 address (2.4 s).");
    expect(JSON.parse((await rempart(["exposure", "l", "laptop", "--json"], { "exposure.scan": scan })).out)).toMatchObject({ from: "laptop" });
    const clear = vi.fn(() => Promise.resolve({}));
    expect(await rempart(["exposure", "l", "laptop", "--clear"], { "exposure.clear": clear })).toMatchObject({ out: "", code: 0 });
    expect(clear).toHaveBeenCalled();
    const missing = () => Promise.reject(new RempartError("exposure.no-nmap", "No nmap.", { kind: "input" }));
    expect(await rempart(["exposure", "l", "laptop"], { "exposure.scan": missing })).toMatchObject({ code: 2 });
  });

  test.each([["input", 2], ["machine", 3], ["internal", 4]] as const)("an error of kind %s ends with %i, says what to do, and is data with --json", async (kind, code) => {
    const handlers = { "network.plan": () => Promise.reject(new RempartError("some.code", "It broke.", { kind, kept: "your file", next: "mend it" })) };
    const people = await rempart(["plan", "l"], handlers);
    expect(people).toMatchObject({ code, out: "" });
    expect(people.err).toMatch(/some\.code.*It broke\.[\s\S]*Kept: Your file\.[\s\S]*Next: Mend it\./);
    const data = await rempart(["plan", "l", "--json"], handlers);
    expect(data).toMatchObject({ code, err: "" });
    expect(JSON.parse(data.out)).toMatchObject({ error: { code: "some.code", next: "mend it" } });
  });

  test("down wants a lab or --all, not both and not neither", async () => {
    const down = vi.fn(() => Promise.resolve({}));
    expect(await rempart(["down"], { "labs.down": down })).toMatchObject({ code: 2 });
    expect(await rempart(["down", "l", "--all"], { "labs.down": down })).toMatchObject({ code: 2 });
    expect(down).not.toHaveBeenCalled();
    expect(await rempart(["down", "l", "--forget"], { "labs.down": down })).toMatchObject({ code: 0 });
    expect(down).toHaveBeenCalledWith({ lab: "l", forget: true }, expect.anything());
  });

  test("validate lists faults as file:line:column code message and ends with 2, without an engine", async () => {
    await writeFile(join(folder, "network.yml"), "vpcs:\n  foo:\n    cidr_block: 10.0.0.0/99\n");
    const { out, code } = await rempart(["validate", join(folder, "network.yml")]);
    expect(code).toBe(2);
    expect(out).toMatch(/network\.yml:3:\d+ \S+ /);
    expect(await rempart(["validate", join(folder, "nothing.yml")])).toMatchObject({ code: 2 });
    expect(await rempart(["validate", "assets/labs/06-vpc-build"])).toMatchObject({ code: 0 });
  });

  test("colours only where wanted", async () => {
    const handlers = { "labs.status": () => Promise.resolve(status) };
    const escape = String.fromCharCode(27);
    expect((await rempart(["status", "l"], handlers)).out).not.toContain(escape);
    expect((await rempart(["status", "l"], handlers, { FORCE_COLOR: "1" })).out).toContain(escape);
    expect((await rempart(["status", "l"], handlers, { FORCE_COLOR: "1", NO_COLOR: "1" })).out).not.toContain(escape);
  });
});

test("the language comes from --language, REMPART_LANGUAGE or the locale", () => {
  expect(chooseLanguage(["labs", "--language", "fr"], { LANG: "en_US.UTF-8" })).toBe("fr");
  expect(chooseLanguage(["--language=en"], { LANG: "fr_FR.UTF-8" })).toBe("en");
  expect(chooseLanguage([], { REMPART_LANGUAGE: "fr", LANG: "en_US" })).toBe("fr");
  expect(chooseLanguage([], { LC_ALL: "", LANG: "fr_CH.UTF-8" })).toBe("fr");
  expect(chooseLanguage([], { LC_ALL: "C", LANG: "fr_FR" })).toBe("en");
});

test("columns line up, whatever is coloured", () => {
  const colored = `${String.fromCharCode(27)}[31mab${String.fromCharCode(27)}[0m`;
  expect(formatTable([["name", "x"], [colored, "y"]])).toBe(`name  x\n${colored}    y`);
});

test("an error that is none of ours is internal", () => {
  expect(exitCodeOf(new TypeError("x"))).toBe(4);
});
