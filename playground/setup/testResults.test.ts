import { expect, test } from "vitest";
import { closingLine, countPlaywright, countVitest, judge, slowestFiles, sum } from "./testResults.mjs";

test("a test file that cannot be loaded is a failure", () => {
  const report = { numPassedTests: 4, numFailedTests: 1, numPendingTests: 2, testResults: [{ status: "failed", assertionResults: [] }, { status: "failed", assertionResults: [{}] }, { status: "passed", assertionResults: [] }] };
  expect(countVitest(report)).toEqual({ passed: 4, failed: 2, skipped: 2 });
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
