import { describe, expect, test } from "vitest";
import { parseDig, parseQueryLog } from "./dig.ts";
import { type FakeRuntimeOptions, fakeRuntime, onlyCheck } from "./fakeRuntime.ts";
import { observeCheck } from "./observeCheck.ts";

const header = (status: string, flags: string): string => `;; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: ${status}, id: 22053\n;; flags: ${flags}; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 1\n\n;; QUESTION SECTION:\n;www.example.com.\t\tIN\tA\n`;
const answer = (ttl = 300, address = "203.0.113.80"): string => `${header("NOERROR", "qr aa")}\n;; ANSWER SECTION:\nwww.example.com.\t${ttl}\tIN\tA\t${address}\n`;
const referral = `${header("NOERROR", "qr")}\n;; AUTHORITY SECTION:\ncom.\t\t\t86400\tIN\tNS\ta.gtld-servers.net.\n\n;; ADDITIONAL SECTION:\na.gtld-servers.net.\t86400\tIN\tA\t203.0.113.202\n`;
const silence = ";; communications error to 203.0.113.201#53: timed out\n;; no servers could be reached\n";

const dnsLab = {
  internet: {
    hosts: {
      laptop: { address: "203.0.113.50" },
      resolver: { address: "203.0.113.53", services: ["dns"] },
      root: { address: "203.0.113.201", services: ["dns"] },
      tld: { address: "203.0.113.202", services: ["dns"] },
    },
  },
  dns: { resolver: "resolver", zones: { ".": { name_servers: { "a.root-servers.net": "root" } } } },
};
async function observe(check: Record<string, unknown>, exec: FakeRuntimeOptions["exec"]) {
  const runtime = fakeRuntime({ lab: dnsLab, checks: [{ id: "it", kind: "dns", from: "laptop", name: "www.example.com", ...check }], ...(exec ? { exec } : {}) });
  return { seen: await observeCheck(onlyCheck(runtime), runtime), executed: runtime.executed };
}
const says = (stdout: string) => () => ({ stdout });
const state = async (expected: Record<string, unknown>, output: string): Promise<string> => (await observe({ expect: expected }, says(output))).seen.state;

describe("one question", () => {
  test("the command is the one that a student types", async () => {
    const { seen } = await observe({ server: "203.0.113.201", type: "NS", recurse: false, dnssec: true, checking_disabled: true, expect: { status: "NOERROR" } }, says(answer()));
    expect(seen.command).toBe("dig @203.0.113.201 www.example.com NS +norecurse +dnssec +cdflag +time=5 +tries=1");
  });
  test("status, answers and flags are judged, each alone", async () => {
    expect(await state({ status: "NOERROR", answers: ["203.0.113.80"], aa: true, ra: false }, answer())).toBe("passed");
    expect(await state({ status: "REFUSED" }, answer())).toBe("failed");
    expect(await state({ answers: ["203.0.113.81"] }, answer())).toBe("failed");
    expect(await state({ answers: ["203.0.113.80", "203.0.113.81"] }, answer())).toBe("failed");
    expect(await state({ answers: [] }, answer())).toBe("failed");
    expect(await state({ aa: false }, answer())).toBe("failed");
    expect(await state({ ra: true }, answer())).toBe("failed");
  });
  test("a referral has servers in the authority section, and no answer", async () => {
    expect(await state({ answers: [], authority: ["a.gtld-servers.net"] }, referral)).toBe("passed");
    expect(await state({ authority: ["a.gtld-servers.net", "b.gtld-servers.net"] }, referral)).toBe("failed");
  });
  test("the TTL has bounds, and an answer that is not there has none", async () => {
    expect(await state({ ttl: { min: 300, max: 300 } }, answer(300))).toBe("passed");
    expect(await state({ ttl: { max: 300 } }, answer(301))).toBe("failed");
    expect(await state({ ttl: { min: 300 } }, answer(299))).toBe("failed");
    expect(await state({ ttl: { max: 300 } }, referral)).toBe("failed");
  });
  test("silence passes only where it is expected", async () => {
    expect(await state({ result: "timeout" }, silence)).toBe("passed");
    expect(await state({ result: "timeout" }, answer())).toBe("failed");
    expect(await state({ answers: [] }, silence)).toBe("failed");
  });
});

/** Query logs that grow when the laptop asks: the resolver asks the root, then the server of the top-level domain. */
function logs(order: readonly string[], written?: string) {
  const text: Record<string, string> = { root: "", tld: "" };
  return (node: string, [program, ...rest]: readonly string[]) => {
    if (program === "stat") return { stdout: String(text[node]?.length ?? 0) };
    if (program === "tail") return { stdout: (text[node] ?? "").slice(Number(rest[1]?.slice(1)) - 1) };
    if (program === "cat") return written === undefined ? { exitCode: 1 } : { stdout: written };
    if (program !== "dig") return {};
    order.forEach((server, index) => (text[server] += `2026-01-01T10:00:00.00${index}Z client @0x7f 203.0.113.53#4711 (www.example.com): query: www.example.com IN A -E(0)DC (203.0.113.201)\n`));
    text.root += "2026-01-01T10:00:00.000Z client @0x7f 203.0.113.50#4711 (www.example.com): query: www.example.com IN A - (203.0.113.201)\n";
    return { stdout: answer() };
  };
}

describe("what the servers' logs say", () => {
  const asked = { server: "203.0.113.53", expect: { asked: ["root", "tld"] } };
  const written = { server: "203.0.113.53", expect: { asked_as_written_in: "/home/ops/walk.txt" } };
  test("the resolver forgets the branch first, and the order counts", async () => {
    const { seen, executed } = await observe(asked, logs(["root", "tld"]));
    expect(seen.state).toBe("passed");
    expect(executed).toContainEqual({ node: "resolver", command: ["rndc", "flushtree", "com"] });
    expect((await observe(asked, logs(["tld", "root"]))).seen.state).toBe("failed");
    expect((await observe(asked, logs(["root"]))).seen.state).toBe("failed");
  });
  test("the student's file is compared with the logs, and the right order is not given away", async () => {
    expect((await observe(written, logs(["root", "tld"], "203.0.113.201\n203.0.113.202\n"))).seen.state).toBe("passed");
    const wrong = (await observe(written, logs(["root", "tld"], "203.0.113.202\n203.0.113.201\n"))).seen;
    expect(wrong.state).toBe("failed");
    expect(JSON.stringify(wrong)).not.toContain("root (203.0.113.201)");
    expect((await observe(written, logs(["root", "tld"]))).seen.state).toBe("failed");
    expect((await observe(written, logs([], ""))).seen.state).toBe("failed");
  });
  test("a spared server hears nothing, and the second TTL is lower", async () => {
    const spared = { server: "203.0.113.53", expect: { spared: "tld" } };
    const falling = (step: number, inner: ReturnType<typeof logs>) => {
      let ttl = 300;
      return (node: string, command: readonly string[]) => {
        const result = inner(node, command);
        if (command[0] !== "dig") return result;
        ttl -= step;
        return { stdout: answer(ttl) };
      };
    };
    expect((await observe(spared, falling(1, logs([])))).seen.state).toBe("passed");
    expect((await observe(spared, falling(0, logs([])))).seen.state).toBe("failed");
    expect((await observe(spared, falling(1, logs(["tld"])))).seen.state).toBe("failed");
  });
});

test("dig's output and the query log are read as they are written", () => {
  expect(parseDig(referral)).toMatchObject({ status: "NOERROR", flags: ["qr"], answer: [], authority: [{ name: "com", ttl: 86400, type: "NS", value: "a.gtld-servers.net" }] });
  expect(parseDig(silence).status).toBeUndefined();
  expect(parseQueryLog("2026-11-23T21:58:25.479Z client @0x7f2066ecf098 203.0.113.53#59155 (WWW.example.com): query: WWW.example.com IN A -E(0)DC (203.0.113.201)\n")).toEqual([
    { at: Date.parse("2026-11-23T21:58:25.479Z"), client: "203.0.113.53", port: 59155, name: "www.example.com", type: "A", recursive: false },
  ]);
});
