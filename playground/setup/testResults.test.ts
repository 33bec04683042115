import { expect, test } from "vitest";
import { closingLine, countPlaywright, countVitest, failuresOfPlaywright, failuresOfVitest, judge, slowestFiles, sum } from "./testResults.mjs";

test("a test file that cannot be loaded, or whose preparation threw, is a failure", () => {
  const failed = (...statuses: string[]) => ({ status: "failed", assertionResults: statuses.map((status) => ({ status })) });
  const report = { numPassedTests: 4, numFailedTests: 1, numPendingTests: 2, testResults: [failed(), failed("passed", "failed"), failed("skipped", "skipped"), { status: "passed", assertionResults: [{ status: "passed" }] }] };
  expect(countVitest(report)).toEqual({ passed: 4, failed: 3, skipped: 2 });
});

test("a flaky end-to-end test and a spec that cannot load are failures", () => {
  expect(countPlaywright({ stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 2 }, errors: [{}] })).toEqual({ passed: 3, failed: 3, skipped: 2 });
});

test("an exit code that the report does not explain, or a report without any test, counts as a failure", () => {
  expect(judge(0, undefined)).toEqual({ passed: 1, failed: 0, skipped: 0 });
  expect(judge(2, undefined)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(judge(1, { passed: 5, failed: 0, skipped: 0 })).toEqual({ passed: 5, failed: 1, skipped: 0 });
  expect(judge(0, { passed: 0, failed: 0, skipped: 0 })).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(judge(1, { passed: 5, failed: 2, skipped: 0 })).toEqual({ passed: 5, failed: 2, skipped: 0 });
});

test("the closing line names skipped tests only when there are any", () => {
  expect(closingLine(sum([{ passed: 2, failed: 0, skipped: 0 }, { passed: 1, failed: 1, skipped: 0 }]))).toBe("3 passed, 1 failed");
  expect(closingLine({ passed: 1, failed: 0, skipped: 2 })).toBe("1 passed, 0 failed, 2 skipped");
});

test("the files that took longest come first", () => {
  const file = (name: string, seconds: number) => ({ name: `/checkout/${name}`, startTime: 1000, endTime: 1000 + seconds * 1000 });
  expect(slowestFiles({ testResults: [file("a.test.ts", 3), file("b.test.ts", 9), file("c.test.ts", 5)] }, 2)).toEqual([
    { name: "b.test.ts", milliseconds: 9000 },
    { name: "c.test.ts", milliseconds: 5000 },
  ]);
  expect(slowestFiles({}, 2)).toEqual([]);
});

test("what failed is named with why in one line, without the colours", () => {
  const report = {
    testResults: [
      { name: "/checkout/a.test.ts", status: "failed", message: "", assertionResults: [{ status: "passed", fullName: "holds" }, { status: "failed", fullName: "adds up", failureMessages: ["\u001b[31mexpected 1\u001b[39m to be 2\n    at /checkout/a.test.ts:31:7"] }] },
      { name: "/checkout/b.test.ts", status: "failed", message: "Cannot find module\nx", assertionResults: [] },
      { name: "/checkout/c.test.ts", status: "passed", assertionResults: [{ status: "passed", fullName: "holds" }] },
    ],
  };
  expect(failuresOfVitest(report)).toEqual([{ test: "a.test.ts › adds up", reason: "expected 1 to be 2 (a.test.ts:31)" }, { test: "b.test.ts", reason: "Cannot find module" }]);
  expect(failuresOfVitest({})).toEqual([]);
  const spec = (title: string, ok: boolean) => ({ title, ok, tests: [{ results: [ok ? {} : { error: { message: "too late\n\nLocator:  locator('p')\nExpected substring: \"a\"\nReceived: \"b\"\nCall log:\n  - waiting", stack: "Error: too late\n  at /checkout/pages/page.ts:3:1\n  at /checkout/a.spec.ts:7:9" } }] }] });
  const suites = [{ title: "a.spec.ts", specs: [spec("opens", true), spec("closes", false)], suites: [{ title: "in English", specs: [spec("reads", false)] }] }];
  expect(failuresOfPlaywright({ suites, errors: [{ message: "no such file" }] })).toEqual([
    { test: "a spec that cannot load", reason: "no such file" },
    { test: "a.spec.ts › closes", reason: "too late; Locator: locator('p'); Expected substring: \"a\"; Received: \"b\" (a.spec.ts:7)" },
    { test: "a.spec.ts › in English › reads", reason: "too late; Locator: locator('p'); Expected substring: \"a\"; Received: \"b\" (a.spec.ts:7)" },
  ]);
});
