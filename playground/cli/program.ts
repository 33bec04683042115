import { Command, CommanderError } from "commander";
import { addApplyCommand } from "./applyCommand.ts";
import { addBreakCommand } from "./breakCommand.ts";
import { addCaptureCommand } from "./captureCommand.ts";
import { addCheckCommand } from "./checkCommand.ts";
import type { CommandDefinition, CommandLine } from "./commandLine.ts";
import { addDoctorCommand } from "./doctorCommand.ts";
import { addDownCommand } from "./downCommand.ts";
import { addDrillCommand } from "./drillCommand.ts";
import { addExecCommand } from "./execCommand.ts";
import { addExposureCommand } from "./exposureCommand.ts";
import { exitCodes } from "./exitCodes.ts";
import { addGradeCommand } from "./gradeCommand.ts";
import { addImagesCommand } from "./imagesCommand.ts";
import { addLabCommand } from "./labCommand.ts";
import { addLabsCommand } from "./labsCommand.ts";
import { addPathCommand } from "./pathCommand.ts";
import { addPlanCommand } from "./planCommand.ts";
import { addRepairCommand } from "./repairCommand.ts";
import { addReportCommand } from "./reportCommand.ts";
import { addServeCommand } from "./serveCommand.ts";
import { addShellCommand } from "./shellCommand.ts";
import { addStatusCommand } from "./statusCommand.ts";
import { addTopologyCommand } from "./topologyCommand.ts";
import { addUpCommand } from "./upCommand.ts";
import { addValidateCommand } from "./validateCommand.ts";
import { addVerifyCommand } from "./verifyCommand.ts";

/** Every command, in the order of `rempart --help`. */
const definitions: readonly CommandDefinition[] = [
  addLabsCommand,
  addUpCommand,
  addDownCommand,
  addStatusCommand,
  addPlanCommand,
  addApplyCommand,
  addCheckCommand,
  addExecCommand,
  addShellCommand,
  addPathCommand,
  addExposureCommand,
  addCaptureCommand,
  addBreakCommand,
  addDrillCommand,
  addRepairCommand,
  addTopologyCommand,
  addReportCommand,
  addValidateCommand,
  addLabCommand,
  addVerifyCommand,
  addGradeCommand,
  addDoctorCommand,
  addImagesCommand,
  addServeCommand,
];

/** The program with all its commands. */
export function createProgram(commandLine: CommandLine): Command {
  const { console } = commandLine;
  const program = new Command("rempart")
    .description(console.text({ fr: "Un petit cloud sur votre machine pour apprendre les réseaux.", en: "A small cloud on your own machine to learn networking." }))
    .version(commandLine.version, "--version")
    .option("--language <language>", console.text({ fr: "langue des textes : fr ou en", en: "language of the texts: fr or en" }))
    .addHelpText("after", `\n${console.text({ fr: "Codes de sortie : 0 fait, 1 vérification échouée, 2 entrée fautive, 3 machine pas prête, 4 erreur interne.", en: "Exit codes: 0 done, 1 checks failed, 2 bad input, 3 machine not ready, 4 internal error." })}`)
    .configureOutput({ writeOut: (text) => console.print(text.trimEnd()), writeErr: (text) => console.note(text.trimEnd()), getOutHasColors: () => console.colors })
    .exitOverride();
  for (const define of definitions) define(program, commandLine);
  return program;
}

/** Runs one command line; the exit code is set on `commandLine`. */
export async function runProgram(commandLine: CommandLine, userArguments: readonly string[]): Promise<void> {
  const program = createProgram(commandLine);
  try {
    if (userArguments.length === 0) program.outputHelp();
    else await program.parseAsync([...userArguments], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // --help and --version end with 0; anything else that the parser says is a wrong command line.
    commandLine.setExitCode(error.exitCode === 0 ? exitCodes.done : exitCodes.badInput);
  }
}
