import { StringDecoder } from "node:string_decoder";
import { RempartError } from "../model/errors.ts";
import { addCommand, run } from "./commandLine.ts";
import type { CommandDefinition } from "./commandLine.ts";

/** `rempart shell LAB NODE`: a shell in a machine, on this terminal. */
export const addShellCommand: CommandDefinition = (program, commandLine) => {
  const { console } = commandLine;
  addCommand(program, commandLine, "shell <lab> <node>", { fr: "ouvrir un shell dans une machine", en: "open a shell in a machine" }, ["shell 06-vpc-build laptop"])
    .option("--user <name>", console.text({ fr: "utilisateur de la machine", en: "user of the machine" }), "ops")
    .action((lab: string, node: string, options: { json?: boolean; user: string }) =>
      run(commandLine, options.json, async () => {
        const { stdin, stdout } = process;
        if (!stdin.isTTY || !stdout.isTTY) {
          throw new RempartError("input.no-terminal", console.text({ fr: "Un shell a besoin d’un terminal.", en: "A shell needs a terminal." }), { kind: "input", next: `rempart exec ${lab} ${node} -- …` });
        }
        const size = (): { columns: number; rows: number } => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 });
        const access = await commandLine.nodeAccess();
        const environment = { TERM: commandLine.environment["TERM"] ?? "xterm-256color", LANG: "C.UTF-8" };
        const terminal = await access.terminal(lab, node, ["bash", "-l"], { user: options.user, environment, ...size() });
        const decoder = new StringDecoder("utf8");
        const onInput = (chunk: Buffer): void => void terminal.stream.write(chunk);
        const onResize = (): void => void terminal.resize(size()).catch(() => undefined);
        terminal.stream.on("data", (chunk: Buffer) => stdout.write(decoder.write(chunk)));
        stdin.setRawMode(true);
        stdin.on("data", onInput);
        stdout.on("resize", onResize);
        try {
          const code = await terminal.ended;
          return code < 0 ? 130 : code;
        } finally {
          stdin.setRawMode(false);
          stdin.off("data", onInput);
          stdin.pause();
          stdout.off("resize", onResize);
        }
      }),
    );
};
