import { shellInNode } from "../checks/execInNode.ts";
import { RempartError } from "../model/errors.ts";
import type { Step } from "../model/lab.ts";
import type { LabRuntime } from "./labRuntime.ts";
import { readLabText } from "./labTexts.ts";
import { fillPlaceholders } from "./solutionText.ts";

/** Seconds of one command of a solution, on a slow computer that does something else as well. */
const solveLimit = 120;

/** Does what the solution of a step says, its rounds first. Throws as `applyLabNetwork` and `runLabCommands` do. */
export async function runSolution(runtime: LabRuntime, step: string, solve: NonNullable<Step["solve"]>): Promise<void> {
  for (const { network, commands } of [...solve.rounds, solve]) {
    if (network !== undefined) await applyLabNetwork(runtime, network);
    await runLabCommands(runtime, commands, `the solution of step "${step}"`);
  }
}

/** Applies a network.yml of the lab's own folder (a solution, a broken variant), its placeholders filled. */
export async function applyLabNetwork(runtime: LabRuntime, path: string): Promise<void> {
  const text = await readLabText(runtime.loaded, path);
  if (text === undefined) throw new RempartError("lab.file-missing", `${path} of lab ${runtime.loaded.lab.id} is not there.`, { kind: "input" });
  await runtime.applyNetwork(await fillPlaceholders(text, runtime));
}

/** Runs commands that the lab declares, in order. `of` says what they belong to, for the error `lab.solution-failed`, which tells what the command printed. */
export async function runLabCommands(runtime: LabRuntime, commands: readonly { node: string; user: "root" | "ops"; run: string }[], of: string): Promise<void> {
  for (const [index, command] of commands.entries()) {
    const result = await shellInNode(runtime, command.node, runtime.interpolate(command.run), solveLimit, command.user);
    if (result.exitCode === 0) continue;
    throw new RempartError("lab.solution-failed", `Command ${index + 1} of ${of} ended with ${result.exitCode} in ${command.node}: ${`${result.stdout}${result.stderr}`.trim()}`, {
      kept: "What the commands before it did.",
      next: "Look at the node's terminal; solve the steps before this one first.",
    });
  }
}
