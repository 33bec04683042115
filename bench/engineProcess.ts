import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { benchLab } from "./benchLab.ts";
import { withSession, type BenchSession } from "./benchSession.ts";
import { listed, median, type Benchmark, type Measurement } from "./measurement.ts";
import { processorSeconds, residentBytes } from "./processFigures.ts";

const idleSeconds = 20;
const residentLimitMegabytes = 150;
const processorLimitPercent = 1;
const startLimitSeconds = 5;

/** The real engine process, built, watching a lab of 12 instances at rest. */
export const engineProcess: Benchmark = { title: "Engine process with a lab up, and starting again", run: () => withSession(measure) };

async function measure(session: BenchSession): Promise<readonly Measurement[]> {
  const lab = benchLab("bench-idle", { subnets: 3, instancesPerSubnet: 4 });
  await session.addLab(lab);
  await session.client.call("labs.up", { lab: lab.id });
  // From here on the other process alone watches, as after a restart of Rempart.
  session.host.labs.dispose();
  const started: number[] = [];
  // The first run may still have to build; the start that counts is the second.
  await runToEnd(session, ["labs"]);
  const listing = [await runToEnd(session, ["labs"]), await runToEnd(session, ["labs"]), await runToEnd(session, ["labs"])];
  for (let round = 0; round < 3; round++) {
    const { engine, seconds } = await startEngine(session);
    started.push(seconds);
    if (round < 2) {
      await stop(engine);
      continue;
    }
    try {
      // What is compiled and loaded at the start is over by then.
      await pause(5);
      const before = await processorSeconds(engine.pid ?? 0);
      await pause(idleSeconds);
      const used = (await processorSeconds(engine.pid ?? 0)) - before;
      const resident = await residentBytes(engine.pid ?? 0);
      return [
        { name: "resident memory", value: resident / 1e6, unit: "MB", limit: residentLimitMegabytes, note: "rempart serve, the lab found again from its labels" },
        { name: "processor at rest", value: (100 * used) / idleSeconds, unit: "%", limit: processorLimitPercent, note: `of one core, over ${idleSeconds} s` },
        { name: "rempart serve until its window can open", value: Math.max(...started), unit: "s", limit: startLimitSeconds, note: `second start, built: ${listed(started, 2)} s; the slowest counts` },
        { name: "rempart labs, from the shell to its end", value: median(listing), unit: "s", limit: startLimitSeconds, note: `node playground/bin/rempart.mjs labs: ${listed(listing, 2)} s` },
      ];
    } finally {
      await stop(engine);
    }
  }
  return [];
}

function command(session: BenchSession, words: readonly string[]): ChildProcess {
  const { applicationRoot } = session.host.paths;
  return spawn(process.execPath, [join(applicationRoot, "playground", "bin", "rempart.mjs"), ...words], {
    cwd: applicationRoot,
    env: { ...process.env, REMPART_HOME: session.home },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** Seconds until the address of the window is printed. */
async function startEngine(session: BenchSession): Promise<{ engine: ChildProcess; seconds: number }> {
  const begin = performance.now();
  const engine = command(session, ["serve", "--json"]);
  const ended = once(engine, "exit").then(() => {
    throw new Error("rempart serve ended before its window was ready");
  });
  ended.catch(() => undefined);
  if (engine.stdout) await Promise.race([once(engine.stdout, "data"), ended]);
  return { engine, seconds: (performance.now() - begin) / 1000 };
}

async function runToEnd(session: BenchSession, words: readonly string[]): Promise<number> {
  const begin = performance.now();
  const child = command(session, words);
  child.stdout?.resume();
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`rempart ${words.join(" ")} ended with code ${String(code)}`);
  return (performance.now() - begin) / 1000;
}

async function stop(engine: ChildProcess): Promise<void> {
  if (engine.exitCode !== null || engine.signalCode !== null) return;
  const ended = once(engine, "exit");
  engine.kill("SIGTERM");
  await ended;
}

const pause = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
