/**
 * `npm test`: its own set-up, then unit tests beside type check and lint, tests on the real engine, end-to-end tests in a browser. One lab of
 * each family is proved on the real engine, with two of its broken variants; all of them, with all of theirs, with `--every-lab`, and with `--labs` nothing else (`npm run test:labs`).
 * Labs that need a Kubernetes cluster are left out of all that: `--cluster` (`npm run test:cluster`) builds the images of the cluster
 * where they are missing, then proves these labs and runs the other tests that need a cluster; beside `--every-lab`, as the last part.
 * Quiet where all is well; a part that fails prints its output. The last line is "N passed, N failed[, N skipped]".
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBrowser } from "./browser.mjs";
import { ensureBuild } from "./build.mjs";
import { root } from "./checkout.mjs";
import { attempt } from "./command.mjs";
import { ensureDependencies } from "./dependencies.mjs";
import { prepareMachine } from "./machine.mjs";
import { ensureRegistry } from "./registry.mjs";
import { Steps } from "./steps.mjs";
import { closingLine, countPlaywright, countVitest, failuresOfPlaywright, failuresOfVitest, judge, slowestFiles, sum } from "./testResults.mjs";

const labsAlone = process.argv.includes("--labs");
const everyLab = labsAlone || process.argv.includes("--every-lab");
const withCluster = process.argv.includes("--cluster");
const clusterAlone = withCluster && !everyLab;
const labProofs = ["playground/services/labSuite.integration.test.ts", "playground/services/predictionAgrees.integration.test.ts"];

const steps = new Steps();
const reports = mkdtempSync(join(tmpdir(), "rempart-test-"));
const results = [];
/** What is named again before the last line. */
const failures = [];
/** Path of the image registry's program, once it is known. */
let registry;

/** Path of a dependency's program. */
const program = (...path) => join(root, "node_modules", ...path);

/**
 * Runs one part and counts it.
 * @param {string} title
 * @param {readonly string[]} args of Node
 * @param {{ file: string, count: (report: object) => import("./testResults.mjs").Counts, failures: (report: object) => import("./testResults.mjs").Failure[] } | undefined} report
 * @param {Record<string, string>} environment
 */
async function part(title, args, report, environment = {}) {
  let output = "";
  await steps
    .run(title, async (detail) => {
      const result = await attempt(process.execPath, args, detail, environment);
      output = result.output;
      const counts = judge(result.code, report && report.count(readReport(report.file)));
      results.push(counts);
      if (counts.failed === 0) return;
      const named = report ? report.failures(readReport(report.file)) : [];
      failures.push(...(named.length > 0 ? named : [{ test: title, reason: `exit code ${result.code}` }]));
      throw new Error(output);
    })
    .catch(() => process.stderr.write(`${output}\n`));
}

/** A part that died before its report counts as failed. */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return {};
  }
}

/** Makes the images that only some labs need; a test that wants one that is missing fails. */
async function everyImage() {
  await steps
    .run("Images of every lab", async (detail) => {
      const { code, output } = await attempt(process.execPath, [join(root, "playground", "bin", "rempart.mjs"), "images", "--build"], detail);
      if (code !== 0) throw new Error(output);
    })
    .catch((error) => steps.note(error.message));
}

/** Runs the tests of projects, or those of their files alone in whose paths one of the texts stands. */
function vitest(title, projects, files = [], labs = everyLab ? "all" : undefined) {
  const file = join(reports, `${projects.join("-")}.json`);
  const args = [program("vitest", "vitest.mjs"), "run", ...projects.flatMap((project) => ["--project", project]), "--reporter=default", "--reporter=json", `--outputFile.json=${file}`, ...files];
  return part(title, args, { file, count: countVitest, failures: failuresOfVitest }, { NO_COLOR: "1", ...(registry === undefined ? {} : { REMPART_TEST_REGISTRY: registry }), ...(labs === undefined ? {} : { REMPART_LABS: labs }) }).then(() => tellSlowest(readReport(file)));
}

/** The images that clusters need: an hour of nothing where one is missing would be no proof, so without them no test is run. */
async function cluster() {
  await steps.run("Images of the cluster", async (detail) => {
    const { code, output } = await attempt(process.execPath, [join(root, "playground", "bin", "rempart.mjs"), "images", "build", "cluster"], detail);
    if (code !== 0) throw new Error(output);
  });
  await vitest("Labs and tests that need a cluster", ["integration", "cluster"], [labProofs[0], ".cluster.test.ts"], "cluster");
}

/** Names the files that a long part spent its time on. */
function tellSlowest(report) {
  const slow = slowestFiles(report, 5).filter(({ milliseconds }) => milliseconds > 20_000);
  if (slow.length > 0) steps.note(`  longest: ${slow.map(({ name, milliseconds }) => `${name.replace(/(\.integration)?\.test\.tsx?$/, "")} ${(milliseconds / 1000).toFixed(0)} s`).join(", ")}`);
}

async function everything() {
  registry = await ensureRegistry(steps);
  // Those on the real engine keep both cores busy, and some of them measure: nothing runs beside them.
  await Promise.all([vitest("Unit tests", ["unit"]), typesAndStyle()]);
  await vitest("Tests on the real engine", ["integration"]);
  await endToEnd();
}

async function typesAndStyle() {
  await part("Type check", [program("typescript-native", "bin", "tsc"), "--noEmit"]);
  await part("Lint", [program("eslint", "bin", "eslint.js"), "--max-warnings", "0", "."]);
}

async function endToEnd() {
  const file = join(reports, "e2e.json");
  const browser = await ensureBrowser(steps).catch((error) => {
    steps.note(error.message);
    return undefined;
  });
  if (browser === undefined) {
    results.push({ passed: 0, failed: 1, skipped: 0 });
    return;
  }
  const environment = { REMPART_CHROMIUM: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: file, NO_COLOR: "1", FORCE_COLOR: "0" };
  await part("End-to-end tests", [program("@playwright", "test", "cli.js"), "test", "--reporter=list,json"], { file, count: countPlaywright, failures: failuresOfPlaywright }, environment);
}

try {
  await ensureDependencies(steps);
  await ensureBuild(steps);
  if (!(await prepareMachine(steps))) steps.note("The tests on the real engine will fail: see above.");
  else await everyImage();
  if (labsAlone) await vitest("Proof of every lab", ["integration"], labProofs);
  else if (!clusterAlone) await everything();
  if (withCluster) await cluster();
} catch (error) {
  steps.note(error.message);
  results.push({ passed: 0, failed: 1, skipped: 0 });
} finally {
  rmSync(reports, { recursive: true, force: true });
}
const total = sum(results);
for (const { test, reason } of failures) process.stdout.write(`✗ ${test}: ${reason}\n`);
process.stdout.write(`${closingLine(total)}\n`);
process.exitCode = total.failed > 0 ? 1 : 0;
