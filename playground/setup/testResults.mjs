/** Counts of a run of tests. @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * Counts of vitest's JSON report. A file that could not even be loaded has no test in it, yet is a failure.
 * @param {{ numPassedTests?: number, numFailedTests?: number, numPendingTests?: number, numTodoTests?: number, testResults?: { status: string, assertionResults: unknown[] }[] }} report
 * @returns {Counts}
 */
export function countVitest(report) {
  const broken = (report.testResults ?? []).filter((file) => file.status === "failed" && file.assertionResults.length === 0).length;
  return { passed: report.numPassedTests ?? 0, failed: (report.numFailedTests ?? 0) + broken, skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0) };
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
