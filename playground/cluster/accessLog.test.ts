import { describe, expect, it } from "vitest";
import { isError, isMeshTls, isPlainRefused, isRefused, namedPolicy, parseAccessLog, type AccessLogLine } from "./accessLog.ts";
import { accessLines } from "./testAccessLog.ts";

const parse = (line: string): AccessLogLine => {
  const parsed = parseAccessLog(line);
  if (parsed === undefined) throw new Error(`not read: ${line}`);
  return parsed;
};

describe("parseAccessLog", () => {
  it("reads what the proxy of the pod that was called tells", () => {
    const line = parse(accessLines.received);
    expect(line).toEqual({ at: Date.parse("2026-11-28T06:42:10.123Z"), side: "inbound", code: 200, flags: "", details: "via_upstream", milliseconds: 3, peer: "10.244.1.9", service: "", serverName: "outbound_.80_._.backend.default.svc.cluster.local" });
    expect([isMeshTls(line), isRefused(line), isError(line)]).toEqual([true, false, false]);
  });

  it("reads what the caller's proxy tells: the pod that was called, and the service", () => {
    expect(parse(accessLines.sent)).toMatchObject({ side: "outbound", peer: "10.244.2.4", service: "backend.default.svc.cluster.local", serverName: "" });
  });

  it("knows a refusal, and which policy made it where Envoy says it", () => {
    const line = parse(accessLines.refused);
    expect([line.side, line.code, isRefused(line), isError(line)]).toEqual(["inbound", 403, true, false]);
    expect(namedPolicy(line.details)).toBeUndefined();
    expect(namedPolicy("rbac_access_denied_matched_policy[ns[default]-policy[deny-post]-rule[0]]")).toEqual({ namespace: "default", name: "deny-post" });
  });

  it("knows a connection without TLS that was refused because only TLS is taken", () => {
    const line = parse(accessLines.plainRefused);
    expect([line.side, line.peer, isPlainRefused(line), isRefused(line), isMeshTls(line)]).toEqual(["inbound", "10.244.1.30", true, true, false]);
  });

  it("takes an overflow and a timeout for errors, and a caller who hung up for none", () => {
    expect(isError(parse(accessLines.overflow))).toBe(true);
    expect(isError(parse(accessLines.timeout))).toBe(true);
    expect(isError({ ...parse(accessLines.received), code: 0, flags: "DC" })).toBe(false);
  });

  it("is not led astray by quotes and blanks in what a caller sends", () => {
    const line = parse(accessLines.received.replace('"curl/8.14.1"', '"evil \\" 10.9.9.9:1 outbound|80||x.y \\\\"'));
    expect(line).toMatchObject({ peer: "10.244.1.9", side: "inbound" });
  });

  it("leaves out what the proxy says beside its access log", () => {
    for (const line of ["", "2026-11-28T06:42:10.1Z\tinfo\tcache\treturned workload certificate", "[2026-11-28 06:42:10.1][12][warning][config] gRPC config", accessLines.received.slice(0, 120)]) expect(parseAccessLog(line)).toBeUndefined();
  });
});
