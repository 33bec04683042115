/** `npm run bench`: the set-up, then the measurements of `bench/run.ts`, with the arguments given. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { ensureBuild } from "./build.mjs";
import { root } from "./checkout.mjs";
import { ensureDependencies } from "./dependencies.mjs";
import { prepareMachine } from "./machine.mjs";
import { Steps } from "./steps.mjs";

const steps = new Steps();
try {
  await ensureDependencies(steps);
  await ensureBuild(steps);
} catch (error) {
  steps.note(error.message);
  process.exit(3);
}
if (!(await prepareMachine(steps))) process.exit(3);
const child = spawn(process.execPath, ["--import", "tsx", join(root, "bench", "run.ts"), ...process.argv.slice(2)], { cwd: root, stdio: "inherit" });
child.once("close", (code) => {
  process.exitCode = code ?? 1;
});
