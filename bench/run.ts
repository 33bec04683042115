import { cpus, totalmem } from "node:os";
import { reportLine, verdictOf, type Benchmark } from "./measurement.ts";
import { applyChange } from "./applyChange.ts";
import { everyLab } from "./everyLab.ts";
import { engineProcess } from "./engineProcess.ts";
import { gradeClass } from "./gradeClass.ts";
import { hundredInstances } from "./hundredInstances.ts";
import { meshCluster } from "./meshCluster.ts";
import { terminals } from "./terminals.ts";
import { topologyFrames } from "./topologyFrames.ts";
import { upAndDown } from "./upAndDown.ts";

const benchmarks: readonly (readonly [string, Benchmark])[] = [
  ["up", upAndDown],
  ["apply", applyChange],
  ["hundred", hundredInstances],
  ["terminals", terminals],
  ["engine", engineProcess],
  ["topology", topologyFrames],
  ["grade", gradeClass],
  ["labs", everyLab],
  ["cluster", meshCluster],
];

/** `npm run bench [NAME…]`: every benchmark, or those named. Exit code 1 when a figure is over its limit or a benchmark fails. */
async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !benchmarks.some(([known]) => known === name));
  if (unknown.length > 0) {
    process.stderr.write(`No such benchmark: ${unknown.join(", ")}. There are: ${benchmarks.map(([name]) => name).join(", ")}.\n`);
    return 2;
  }
  process.stdout.write(`${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}\n`);
  let failed = false;
  for (const [name, benchmark] of benchmarks) {
    if (names.length > 0 && !names.includes(name)) continue;
    process.stdout.write(`\n${benchmark.title} (${name})\n`);
    try {
      for (const measurement of await benchmark.run()) {
        failed ||= verdictOf(measurement) === "over";
        process.stdout.write(`${reportLine(measurement)}\n`);
      }
    } catch (error) {
      failed = true;
      process.stdout.write(`  failed       ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    }
  }
  return failed ? 1 : 0;
}

process.exit(await main(process.argv.slice(2)));
