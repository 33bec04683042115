/** Counts of a run of tests. @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * Whether a file failed and no test of it did: it could not be loaded, or its `beforeAll` threw, whereupon vitest calls its tests skipped.
 * @param {{ status: string, assertionResults: { status?: string }[] }} file
 */
const failedAsAWhole = (file) => file.status === "failed" && file.assertionResults.every(({ status }) => status !== "failed");

/**
 * Counts of vitest's JSON report. A file that failed as a whole counts as one failure.
 * @param {{ numPassedTests?: number, numFailedTests?: number, numPendingTests?: number, numTodoTests?: number, testResults?: { status: string, assertionResults: { status?: string }[] }[] }} report
 * @returns {Counts}
 */
export function countVitest(report) {
  const broken = (report.testResults ?? []).filter(failedAsAWhole).length;
  return { passed: report.numPassedTests ?? 0, failed: (report.numFailedTests ?? 0) + broken, skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0) };
}

/** One test that failed, and why in one line. @typedef {{ test: string, reason: string }} Failure */

const longestLine = 300;

/**
 * Why a test failed, in one line: the message's first line, what was wanted and what was there where a browser's test says so on lines of their own, and the
 * place in the test's file. A file may hold ten like expectations, and whoever reads the end of a log has nothing else.
 * @param {string | undefined} message coloured or not, of any length
 * @param {string | undefined} stack where it is not part of the message
 */
function inOneLine(message, stack = message) {
  const lines = (message ?? "").replaceAll(/\u001b\[[0-9;]*m/g, "").trim().split("\n");
  const seen = lines.slice(1).filter((line) => /^(Locator|Expected|Received|Timeout)[^:]*:/.test(line)).map((line) => line.replaceAll(/\s+/g, " "));
  const place = /[\w.-]+\.(?:test|spec)\.tsx?:\d+/.exec(stack ?? "")?.[0];
  return [lines[0] ?? "", ...seen].map((line) => line.slice(0, longestLine)).join("; ") + (place === undefined ? "" : ` (${place})`);
}

/**
 * The tests that failed, of vitest's JSON report: named again at the end, where whoever has a log of thousands of lines looks first.
 * @param {{ testResults?: { name: string, status: string, message?: string, assertionResults: { status: string, fullName: string, failureMessages?: string[] }[] }[] }} report
 * @returns {Failure[]}
 */
export function failuresOfVitest(report) {
  return (report.testResults ?? []).flatMap((file) => {
    const name = file.name.split("/").at(-1) ?? file.name;
    if (failedAsAWhole(file)) return [{ test: name, reason: inOneLine(file.message) }];
    const failed = file.assertionResults.filter(({ status }) => status === "failed");
    return failed.map(({ fullName, failureMessages }) => ({ test: `${name} › ${fullName}`, reason: inOneLine(failureMessages?.[0]) }));
  });
}

/**
 * The same of Playwright's JSON report, whose suites hold suites.
 * @typedef {{ title: string, specs?: { title: string, ok: boolean, tests?: { results?: { error?: { message?: string, stack?: string } }[] }[] }[], suites?: Suite[] }} Suite
 * @param {{ suites?: Suite[], errors?: { message?: string }[] }} report
 * @returns {Failure[]}
 */
export function failuresOfPlaywright(report) {
  const within = (suite, path) => [
    ...(suite.specs ?? []).filter(({ ok }) => !ok).map((spec) => {
      const error = spec.tests?.flatMap(({ results }) => results ?? []).find((result) => result.error)?.error;
      return { test: [...path, spec.title].join(" › "), reason: inOneLine(error?.message, error?.stack) };
    }),
    ...(suite.suites ?? []).flatMap((inner) => within(inner, [...path, inner.title])),
  ];
  return [...(report.errors ?? []).map(({ message }) => ({ test: "a spec that cannot load", reason: inOneLine(message) })), ...(report.suites ?? []).flatMap((suite) => within(suite, [suite.title]))];
}

/**
 * The test files of vitest's JSON report that took longest, for whoever wants the whole to be quicker.
 * @param {{ testResults?: { name: string, startTime: number, endTime: number }[] }} report times in milliseconds
 * @param {number} count
 * @returns {{ name: string, milliseconds: number }[]}
 */
export function slowestFiles(report, count) {
  return (report.testResults ?? [])
    .map(({ name, startTime, endTime }) => ({ name: name.split("/").at(-1) ?? name, milliseconds: endTime - startTime }))
    .sort((a, b) => b.milliseconds - a.milliseconds)
    .slice(0, count);
}

/**
 * Counts of Playwright's JSON report. A flaky test has failed: it says so only sometimes. So has a spec that cannot load.
 * @param {{ stats?: { expected?: number, unexpected?: number, flaky?: number, skipped?: number }, errors?: unknown[] }} report
 * @returns {Counts}
 */
export function countPlaywright(report) {
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report.stats ?? {};
  return { passed: expected, failed: unexpected + flaky + (report.errors ?? []).length, skipped };
}

/**
 * Counts of a step that is judged by its exit code; with a report, a failure that the report does not know of counts as one.
 * @param {number} code
 * @param {Counts | undefined} reported
 * @returns {Counts}
 */
export function judge(code, reported) {
  if (reported === undefined) return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
  const silent = (code !== 0 && reported.failed === 0) || reported.passed + reported.failed + reported.skipped === 0;
  return silent ? { ...reported, failed: reported.failed + 1 } : reported;
}

/**
 * @param {readonly Counts[]} all
 * @returns {Counts}
 */
export function sum(all) {
  return all.reduce((total, one) => ({ passed: total.passed + one.passed, failed: total.failed + one.failed, skipped: total.skipped + one.skipped }), { passed: 0, failed: 0, skipped: 0 });
}

/** The closing line. @param {Counts} counts */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
