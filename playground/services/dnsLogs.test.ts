import { expect, test } from "vitest";
import { parseDnsLog } from "./dnsLogs.ts";

const at = (time: string): number => Date.parse(`2026-11-28T03:10:${time}Z`);

test("BIND's query log tells who asked, from which port, and whether a search was wanted", () => {
  expect(parseDnsLog("resolver", "2026-11-28T03:10:13.402Z client @0x7fd4412c6098 203.0.113.50#55709 (www.example.com): query: WWW.example.com IN A +E(0)K (203.0.113.53)\n2026-11-28T03:10:13.40")).toEqual([
    { kind: "query", node: "resolver", at: at("13.402"), client: "203.0.113.50", port: 55709, name: "www.example.com", type: "A", recursive: true },
  ]);
});

test("BIND's own log tells failures: of a question, and of one that it asked in vain", () => {
  const log = `2026-11-28T03:10:13.402Z info: connection refused resolving 'www.example.com/A/IN': 203.0.113.80#53
2026-11-28T03:10:13.402Z info: client @0x7fd4412c6098 203.0.113.50#55709 (www.example.com): query failed (failure) for www.example.com/IN/A at query.c:7909
2026-11-28T03:10:13.500Z info: client @0x7fd4412c6098 203.0.113.50#55710 (www.example.org): query failed (REFUSED) for www.example.org/IN/A at query.c:5702
2026-11-28T03:10:13.600Z notice: resolver priming query complete: failure
`;
  expect(parseDnsLog("resolver", log)).toEqual([
    { kind: "failure", node: "resolver", at: at("13.402"), server: "203.0.113.80", name: "www.example.com", type: "A", reason: "connection refused" },
    { kind: "answer", node: "resolver", at: at("13.402"), client: "203.0.113.50", port: 55709, name: "www.example.com", type: "A", code: "SERVFAIL", milliseconds: undefined, cached: undefined },
    { kind: "answer", node: "resolver", at: at("13.500"), client: "203.0.113.50", port: 55710, name: "www.example.org", type: "A", code: "REFUSED", milliseconds: undefined, cached: undefined },
  ]);
});

test("unbound's log tells what was asked, and what was answered, how fast and from where", () => {
  const log = `[1795835413] unbound[42:0] query: 203.0.113.50 www.Example.com. A IN
[1795835413] unbound[42:0] reply: 203.0.113.50 www.Example.com. A IN NOERROR 0.012345 0 60
[1795835414] unbound[42:0] reply: 203.0.113.50 . NS IN SERVFAIL 0.000000 1 17
[1795835414] unbound[42:0] info: start of service (unbound 1.17.1).
`;
  const common = { node: "resolver", client: "203.0.113.50", port: undefined, type: "A", name: "www.example.com", at: 1_795_835_413_000 };
  expect(parseDnsLog("resolver", log)).toEqual([
    { kind: "query", ...common, recursive: true },
    { kind: "answer", ...common, code: "NOERROR", milliseconds: 12.3, cached: false },
    { kind: "answer", ...common, at: 1_795_835_414_000, name: ".", type: "NS", code: "SERVFAIL", milliseconds: 0, cached: true },
  ]);
});
