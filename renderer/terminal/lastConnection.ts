import { commandTarget } from "../../playground/model/commandTarget.ts";
import type { PathQuestion } from "../../playground/model/path.ts";

/** `ops@laptop:~$ curl …`, also of a machine that was reached from another one. */
const prompt = /(?:^|\s)[\w-]+@([\w.-]+):\S*[$#] (.+)$/;

/**
 * The last connection that was tried on a terminal: the newest command line that names one, asked from the machine whose prompt stands
 * before it. Undefined where there is none.
 * @param lines of the screen and what was scrolled away, from top to bottom, each whole
 */
export function lastConnection(lines: readonly string[]): PathQuestion | undefined {
  for (const line of [...lines].reverse()) {
    const [, from, command] = prompt.exec(line) ?? [];
    const target = command === undefined ? undefined : commandTarget(command);
    if (from !== undefined && target !== undefined) return { from, ...target };
  }
  return undefined;
}
