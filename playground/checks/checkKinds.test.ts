import { describe, expect, test } from "vitest";
import { type FakeRuntimeOptions, fakeRuntime, onlyCheck } from "./fakeRuntime.ts";
import { observeCheck } from "./observeCheck.ts";

async function observe(check: Record<string, unknown>, options: FakeRuntimeOptions = {}) {
  const runtime = fakeRuntime({ ...options, checks: [{ id: "it", ...check }] });
  return observeCheck(onlyCheck(runtime), runtime);
}

const curl = (exitCode: number, stdout: string, stderr = ""): FakeRuntimeOptions => ({ exec: () => ({ exitCode, stdout, stderr }) });

describe("http", () => {
  const page = { kind: "http", from: "laptop", url: "http://${instances.server.private_ip}:8080/", expect: { status: 200, body: "Hello" } };

  test("passes on status and body, and shows the command that a student can type", async () => {
    const seen = await observe(page, curl(0, "Hello, World!\n\n#status 200"));
    expect(seen).toMatchObject({ state: "passed", command: "curl -m 3 http://10.0.80.20:8080/", output: "HTTP 200\nHello, World!\n" });
  });
  test("fails on another status, and on another body", async () => {
    expect((await observe(page, curl(0, "Hello\n#status 403"))).state).toBe("failed");
    expect((await observe(page, curl(0, "Bye\n#status 200"))).state).toBe("failed");
  });
  test("fails on silence and on refusal when a page was expected", async () => {
    expect(await observe(page, curl(28, "\n#status 000", "curl: (28) timed out"))).toMatchObject({ state: "failed", output: "curl: (28) timed out" });
    expect((await observe(page, curl(7, "\n#status 000", "curl: (7) Connection refused"))).state).toBe("failed");
  });
  test("tells refused from timed out when a negative is expected", async () => {
    const silent = { ...page, expect: { result: "timeout" } };
    const refused = { ...page, expect: { result: "refused" } };
    expect((await observe(silent, curl(28, ""))).state).toBe("passed");
    expect((await observe(silent, curl(7, "", "Connection refused"))).state).toBe("failed");
    expect((await observe(refused, curl(7, "", "Connection refused"))).state).toBe("passed");
    expect((await observe(refused, curl(28, ""))).state).toBe("failed");
    expect((await observe(silent, curl(0, "Hello\n#status 200"))).state).toBe("failed");
  });
  test("no route to the host is neither refused nor a timeout", async () => {
    expect((await observe({ ...page, expect: { result: "refused" } }, curl(7, "", "curl: (7) No route to host"))).state).toBe("failed");
  });
});

describe("connect", () => {
  const door = (expected: string) => ({ kind: "connect", from: "laptop", to: "server", port: 22, expect: expected });
  const ncat = (exitCode: number, stderr: string): FakeRuntimeOptions => ({ exec: () => ({ exitCode, stderr }) });

  test.each([
    ["open", 0, "Ncat: Connected to 10.0.80.20:22."],
    ["refused", 1, "Ncat: Connection refused."],
    ["timeout", 1, "Ncat: TIMEOUT."],
    ["timeout", 1, "Ncat: Connection timed out."],
  ])("%s passes only where it is expected", async (fate, exitCode, text) => {
    for (const expected of ["open", "refused", "timeout"]) {
      expect((await observe(door(expected), ncat(exitCode, text))).state).toBe(expected === fate ? "passed" : "failed");
    }
  });
});

describe("command", () => {
  const command = { kind: "command", from: "laptop", run: "stat", expect: { exit: 0, matches: "^400 ops$", lacks: "root" } };
  test("judges exit code, what must be there and what must not", async () => {
    expect((await observe(command, curl(0, "400 ops\n"))).state).toBe("passed");
    expect((await observe(command, curl(1, "400 ops\n"))).state).toBe("failed");
    expect((await observe(command, curl(0, "644 ops\n"))).state).toBe("failed");
    expect((await observe(command, curl(0, "400 ops\n", "root\n"))).state).toBe("failed");
  });
});

describe("network", () => {
  const fact = (value: string, equals: string) => ({ kind: "network", expect: [{ value, equals }] });
  test("compares applied values; an empty output is not a missing one", async () => {
    expect((await observe(fact("${subnets.private.cidr_block}", "10.0.80.0/21"))).state).toBe("passed");
    expect((await observe(fact("${subnets.private.cidr_block}", "10.0.0.0/21"))).state).toBe("failed");
    expect((await observe(fact("${outputs.server_public_ip}", ""))).state).toBe("passed");
    expect(await observe(fact("${outputs.other}", ""))).toMatchObject({ state: "failed", output: "outputs.other = —" });
  });
});

describe("route", () => {
  const route = { kind: "route", from: "server", to: "203.0.113.80", expect: { target: "foo-nat", destination: "0.0.0.0/0" } };
  test("judges target and destination", async () => {
    expect((await observe(route, { route: { target: "foo-nat", destination: "0.0.0.0/0" } })).state).toBe("passed");
    expect((await observe(route, { route: { target: "foo-igw", destination: "0.0.0.0/0" } })).state).toBe("failed");
    expect((await observe(route, { route: { target: "foo-nat", destination: "203.0.113.0/24" } })).state).toBe("failed");
  });
  test("an instance that is not there yet has failed, in words", async () => {
    expect(await observe({ ...route, from: "absent" })).toMatchObject({ state: "failed", summary: { en: "absent does not exist yet, or does not run" } });
  });
});

describe("log", () => {
  const log = { kind: "log", from: "server", file: "/var/log/app/access.log", timeout_seconds: 0.5, expect: { matches: "^10\\.0\\.80\\.20 ", lacks: "^203\\." } };
  const file = (before: string, after: string): FakeRuntimeOptions => {
    let text = before;
    return {
      exec: (node, [program, , start]) => {
        if (program === "stat") return { stdout: String(text.length) };
        if (program === "tail") return { stdout: text.slice(Number(start?.slice(1)) - 1) };
        text += node === "laptop" ? after : "";
        return {};
      },
    };
  };
  test("judges the whole file", async () => {
    expect((await observe(log, file("10.0.80.20 GET\n", ""))).state).toBe("passed");
    expect((await observe(log, file("10.0.0.10 GET\n", ""))).state).toBe("failed");
    expect((await observe(log, file("10.0.80.20 GET\n203.0.113.50 GET\n", ""))).state).toBe("failed");
  });
  test("with a trigger, an old line proves nothing", async () => {
    const triggered = { ...log, trigger: { from: "laptop", run: "curl http://10.0.80.20" } };
    expect((await observe(triggered, file("10.0.80.20 old\n", ""))).state).toBe("failed");
    expect((await observe(triggered, file("", "10.0.80.20 new\n"))).state).toBe("passed");
    expect((await observe(triggered, file("203.0.113.50 old\n", "10.0.80.20 new\n"))).state).toBe("passed");
  });
});

test("output is cut at 4 kB and says how much is missing", async () => {
  const seen = await observe({ kind: "command", from: "laptop", run: "cat", expect: { exit: 0 } }, curl(0, "é".repeat(5000)));
  expect(Buffer.byteLength(seen.output)).toBeLessThanOrEqual(4096);
  expect(seen.output).toMatch(/\[… \d+ B\]$/);
});

test("a probe that throws has failed, and says why", async () => {
  const seen = await observe({ kind: "command", from: "laptop", run: "cat", expect: { exit: 0 } }, { exec: () => Promise.reject(new Error("engine gone")) });
  expect(seen).toMatchObject({ state: "failed", output: "engine gone" });
});
