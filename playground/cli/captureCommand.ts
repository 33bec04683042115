import { RempartError } from "../model/errors.ts";
import { addCommand, run } from "./commandLine.ts";
import type { CommandDefinition } from "./commandLine.ts";
import { pipeStreams } from "./pipeStreams.ts";

/** `rempart capture LAB NODE [INTERFACE]`: packets as pcap on standard output. */
export const addCaptureCommand: CommandDefinition = (program, commandLine) => {
  const { console } = commandLine;
  addCommand(
    program,
    commandLine,
    "capture <lab> <node> [interface]",
    { fr: "capturer les paquets d’une machine, d’un VPC ou de « internet » (pcap sur la sortie standard)", en: "capture the packets of a machine, a VPC or “internet” (pcap on standard output)" },
    ["capture 06-vpc-build web | wireshark -k -i -", "capture 06-vpc-build internet > internet.pcap", "capture 06-vpc-build web eth0 | tcpdump -n -r -"],
  ).action((lab: string, node: string, interfaceName: string | undefined, options: { json?: boolean }) =>
    run(commandLine, options.json, async () => {
      if (process.stdout.isTTY) {
        throw new RempartError("input.binary-to-terminal", console.text({ fr: "Une capture ne se lit pas dans un terminal.", en: "A capture cannot be read in a terminal." }), { kind: "input", next: `rempart capture ${lab} ${node} | wireshark -k -i -` });
      }
      const access = await commandLine.capture();
      try {
        const stream = await access.open(lab, node, interfaceName);
        console.note(console.text({ fr: "Capture en cours ; Ctrl-C l’arrête.", en: "Capturing; Ctrl-C stops it." }));
        stream.stdin.end();
        const interrupted = await pipeStreams(stream, process.stdin, process.stdout, process.stderr);
        // Being stopped is the usual end of a capture.
        return interrupted === 130 || interrupted === 137 ? 0 : interrupted;
      } finally {
        await access.close();
      }
    }),
  );
};
