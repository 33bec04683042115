import { RempartError } from "../model/errors.ts";
import { addCommand, run } from "./commandLine.ts";
import type { CommandDefinition } from "./commandLine.ts";
import { pipeStreams } from "./pipeStreams.ts";

/** `rempart exec LAB NODE -- COMMAND…`: runs a command in a machine; its exit code becomes ours. */
export const addExecCommand: CommandDefinition = (program, commandLine) => {
  const { console } = commandLine;
  addCommand(program, commandLine, "exec <lab> <node> [command...]", { fr: "exécuter une commande dans une machine (son code de sortie est rendu)", en: "run a command in a machine (its exit code is passed on)" }, [
    "exec 06-vpc-build laptop -- ip route",
    "exec 06-vpc-build laptop -- curl -sS http://203.0.113.10:8080/",
    "exec 06-vpc-build laptop --user root -- tcpdump -c 3 -i eth0",
  ])
    .option("--user <name>", console.text({ fr: "utilisateur de la machine", en: "user of the machine" }), "ops")
    .action((lab: string, node: string, command: string[], options: { json?: boolean; user: string }) =>
      run(commandLine, options.json, async () => {
        if (command.length === 0) throw new RempartError("input.command-missing", console.text({ fr: "Il manque la commande, après --.", en: "The command is missing, after --." }), { kind: "input", next: `rempart exec ${lab} ${node} -- ip route` });
        const access = await commandLine.nodeAccess();
        const stream = await access.exec(lab, node, command, { user: options.user });
        if (options.json !== true) return await pipeStreams(stream, process.stdin, process.stdout, process.stderr);
        stream.stdin.end();
        const [stdout, stderr, exitCode] = await Promise.all([readAll(stream.stdout), readAll(stream.stderr), stream.ended]);
        console.printJson({ exitCode, stdout, stderr });
        return exitCode;
      }),
    );
};

async function readAll(stream: AsyncIterable<Buffer | string>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString("utf8");
}
