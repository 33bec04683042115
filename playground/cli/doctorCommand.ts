import type { Diagnostic } from "../contract/contract.ts";
import { toErrorData } from "../model/errors.ts";
import { addCommand, runConnected } from "./commandLine.ts";
import type { CommandDefinition } from "./commandLine.ts";
import type { Color, Console } from "./console.ts";
import { exitCodes } from "./exitCodes.ts";
import { interruptible } from "./interrupts.ts";
import { reportProgress } from "./progressReporter.ts";

const marks: Readonly<Record<Diagnostic["state"], readonly [Color, string]>> = { ok: ["green", "✔"], warning: ["yellow", "!"], failed: ["red", "✘"], unknown: ["dim", "?"] };

/** `rempart doctor`: what this machine lacks, and with `--fix` what Rempart can mend. Exit code 3 while something fails. */
export const addDoctorCommand: CommandDefinition = (program, commandLine) => {
  const { console } = commandLine;
  addCommand(program, commandLine, "doctor", { fr: "diagnostiquer cette machine", en: "diagnose this machine" }, ["doctor", "doctor --fix", "doctor --json"])
    .option("--fix", console.text({ fr: "réparer ce que Rempart sait réparer", en: "mend what Rempart can mend" }))
    .action((options: { json?: boolean; fix?: boolean }) =>
      runConnected(commandLine, options.json, async (client) => {
        let { diagnostics } = await client.call("system.diagnose", {});
        if (options.fix === true) {
          const stop = reportProgress(console, client, () => true);
          try {
            // In the list's order: an engine must be there before an image can be built.
            for (const { id } of [...diagnostics]) {
              const known = (await client.call("system.diagnose", {})).diagnostics.find((one) => one.id === id);
              if (!known?.canFix) continue;
              console.note(`${console.text(known.title)}…`);
              const cancel = (): Promise<unknown> => client.call("system.cancel", { task: "setup" });
              try {
                await interruptible(client.call("system.fix", { id }), cancel, () => console.note(console.text({ fr: "\nInterrompu.", en: "\nInterrupted." })));
              } catch (error) {
                const data = toErrorData(error);
                console.note(`  ${data.message}`);
                if (data.code === "input.cancelled") break;
              }
            }
          } finally {
            stop();
          }
          ({ diagnostics } = await client.call("system.diagnose", {}));
        }
        const healthy = diagnostics.every((one) => one.state !== "failed");
        if (options.json) console.printJson({ ready: healthy, diagnostics });
        else for (const one of diagnostics) printDiagnostic(console, one);
        return healthy ? exitCodes.done : exitCodes.machineNotReady;
      }),
    );
};

function printDiagnostic(console: Console, one: Diagnostic): void {
  const [color, mark] = marks[one.state];
  console.print(`${console.paint(color, mark)} ${console.text(one.title)}: ${console.text(one.detail)}`);
  if (one.state === "ok") return;
  if (one.advice) console.print(`    → ${console.text(one.advice)}`);
  if (one.canFix) console.print(console.paint("dim", "    rempart doctor --fix"));
}
