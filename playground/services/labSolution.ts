import { shellInNode } from "../checks/execInNode.ts";
import { RempartError } from "../model/errors.ts";
import type { Step } from "../model/lab.ts";
import type { LabRuntime } from "./labRuntime.ts";
import { readLabText } from "./labTexts.ts";
import { fillPlaceholders } from "./solutionText.ts";

/** Seconds of one command of a solution, on a slow computer that does something else as well. */
const solveLimit = 120;

/** Does what the solution of a step says, its rounds first. Throws as `applyLabNetwork` and `runLabCommand` do. */
export async function runSolution(runtime: LabRuntime, solve: NonNullable<Step["solve"]>): Promise<void> {
  for (const { network, commands } of [...solve.rounds, solve]) {
    if (network !== undefined) await applyLabNetwork(runtime, network);
    for (const command of commands) await runLabCommand(runtime, command);
  }
}

/** Applies a network.yml of the lab's own folder (a solution, a broken variant), its placeholders filled. */
export async function applyLabNetwork(runtime: LabRuntime, path: string): Promise<void> {
  const text = await readLabText(runtime.loaded, path);
  if (text === undefined) throw new RempartError("lab.file-missing", `${path} of lab ${runtime.loaded.lab.id} is not there.`, { kind: "input" });
  await runtime.applyNetwork(await fillPlaceholders(text, runtime));
}

/** Runs a command that the lab declares. Throws `lab.solution-failed` with what it printed. */
export async function runLabCommand(runtime: LabRuntime, command: { node: string; user: "root" | "ops"; run: string }): Promise<void> {
  const result = await shellInNode(runtime, command.node, runtime.interpolate(command.run), solveLimit, command.user);
  if (result.exitCode !== 0) {
    throw new RempartError("lab.solution-failed", `A command of the solution ended with ${result.exitCode} in ${command.node}: ${`${result.stdout}${result.stderr}`.trim()}`, {
      kept: "What the commands before it did.",
      next: "Look at the node's terminal; solve the steps before this one first.",
    });
  }
}
