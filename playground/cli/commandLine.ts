import type { Command } from "commander";
import type { RempartClient } from "../contract/contract.ts";
import type { ExecStream } from "../engine/containerEngine.ts";
import type { RempartError } from "../model/errors.ts";
import type { Localized } from "../model/lab.ts";
import type { RempartPaths } from "../services/paths.ts";
import type { Console } from "./console.ts";
import type { NodeAccess } from "./nodeAccess.ts";
import { exitCodeOf } from "./exitCodes.ts";
import { printError } from "./printError.ts";

/** A connection to the engine's side: a host that runs, or one in this process. */
export interface Connection {
  readonly client: RempartClient;
  /** True when another process serves: what it does goes on when this one ends. */
  readonly isRemote: boolean;
  close(): Promise<void>;
}

/** Looking for all labs that run: `needed` fails where no engine answers, `wanted` goes without. */
export type Discovery = "needed" | "wanted";

/** Captures in a lab that runs, as streams of pcap. */
export interface CaptureAccess {
  open(lab: string, node: string, interfaceName: string | undefined): Promise<ExecStream>;
  close(): Promise<void>;
}

/** What commands need of the world; tests give their own. */
export interface CommandLine {
  readonly console: Console;
  readonly environment: NodeJS.ProcessEnv;
  readonly version: string;
  readonly paths: RempartPaths;
  /** With `discover`, the host knows every lab that runs; without, those that it is asked about. Throws what keeps it from a needed discovery. */
  connect(options?: { readonly discover?: Discovery }): Promise<Connection>;
  /** Streams into nodes go past the contract: their bytes are nobody's JSON. */
  nodeAccess(): Promise<NodeAccess>;
  capture(): Promise<CaptureAccess>;
  setExitCode(code: number): void;
}

/** One command, in a file of its own: adds itself to the program. */
export type CommandDefinition = (program: Command, commandLine: CommandLine) => void;

/** Adds a command with its description, its examples under `--help`, and `--json`. */
export function addCommand(program: Command, commandLine: CommandLine, usage: string, description: Localized, examples: readonly string[]): Command {
  const { console } = commandLine;
  return program
    .command(usage)
    .description(console.text(description))
    .option("--json", console.text({ fr: "écrire le résultat en JSON", en: "write the result as JSON" }))
    .addHelpText("after", `\n${console.text({ fr: "Exemples :", en: "Examples:" })}\n${examples.map((example) => `  $ rempart ${example}`).join("\n")}`);
}

/** Runs a command's work: errors are printed and become the exit code. Work may return an exit code of its own. */
export async function run(commandLine: CommandLine, json: boolean | undefined, work: () => Promise<number | undefined>): Promise<void> {
  try {
    const code = await work();
    if (code !== undefined) commandLine.setExitCode(code);
  } catch (error) {
    printError(commandLine.console, error, json === true);
    commandLine.setExitCode(exitCodeOf(error));
  }
}

/** {@link run} with a connection that is closed in any case. */
export function runConnected(commandLine: CommandLine, json: boolean | undefined, work: (client: RempartClient) => Promise<number | undefined>, options: { readonly discover?: Discovery } = {}): Promise<void> {
  return run(commandLine, json, async () => {
    const connection = await commandLine.connect(options);
    try {
      return await work(connection.client);
    } finally {
      await connection.close();
    }
  });
}

/** The error of a remote call, told by its code. */
export function hasCode(error: unknown, code: string): error is RempartError {
  return error instanceof Error && "code" in error && error.code === code;
}
