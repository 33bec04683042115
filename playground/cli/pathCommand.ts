import { InvalidArgumentError } from "commander";
import type { RempartClient, Result } from "../contract/contract.ts";
import { RempartError } from "../model/errors.ts";
import type { Localized } from "../model/lab.ts";
import type { PathHop, PathPrediction, PathQuestion, PathVerdict } from "../model/path.ts";
import { reasonText } from "../model/reasonText.ts";
import { addCommand, runConnected } from "./commandLine.ts";
import type { CommandDefinition } from "./commandLine.ts";
import type { Color, Console } from "./console.ts";
import { resolveLab } from "./resolveLab.ts";
import { formatTable } from "./table.ts";

interface PathOptions {
  readonly json?: boolean;
  readonly port?: number;
  readonly protocol: PathQuestion["protocol"];
  readonly predictOnly?: boolean;
}

const verdictTexts: Readonly<Record<PathVerdict, Localized>> = {
  open: { fr: "ouvert", en: "open" },
  refused: { fr: "refusé", en: "refused" },
  timeout: { fr: "sans réponse", en: "timeout" },
  unknown: { fr: "inconnu", en: "unknown" },
};
const verdictColors: Readonly<Record<PathVerdict, Color>> = { open: "green", refused: "red", timeout: "red", unknown: "yellow" };

/** `rempart path LAB FROM TO`: the predicted way of a packet hop by hop, and the real probe beside it. */
export const addPathCommand: CommandDefinition = (program, commandLine) => {
  const { console } = commandLine;
  addCommand(program, commandLine, "path <lab> <from> <to>", { fr: "prédire le chemin d’un paquet, et le vérifier pour de vrai", en: "predict a packet's path, and probe it for real" }, [
    "path 06-vpc-build laptop web --port 8080",
    "path 06-vpc-build web db --protocol icmp",
    "path 06-vpc-build laptop 203.0.113.10 --port 22 --predict-only",
  ])
    .option("--port <number>", console.text({ fr: "port visé, de 1 à 65535", en: "port, 1 to 65535" }), parsePort)
    .option("--protocol <name>", "tcp, udp, icmp", parseProtocol, "tcp")
    .option("--predict-only", console.text({ fr: "ne pas sonder le réseau qui tourne", en: "do not probe the network that runs" }))
    .action((argument: string, from: string, to: string, options: PathOptions) =>
      runConnected(commandLine, options.json, async (client) => {
        if (options.protocol !== "icmp" && options.port === undefined) {
          throw new RempartError("input.port-missing", console.text({ fr: `Un chemin ${options.protocol} a besoin d’un port.`, en: `A ${options.protocol} path needs a port.` }), { kind: "input", next: "--port 80, --protocol icmp" });
        }
        const lab = await resolveLab(client, argument);
        const question: PathQuestion = { from, to, protocol: options.protocol, ...(options.port === undefined || options.protocol === "icmp" ? {} : { port: options.port }) };
        await show(console, client, lab, question, options);
        return undefined;
      }),
    );
};

async function show(console: Console, client: RempartClient, lab: string, question: PathQuestion, options: PathOptions): Promise<void> {
  if (options.predictOnly === true) {
    const prediction = await client.call("path.predict", { lab, question });
    if (options.json) console.printJson({ prediction });
    else printPrediction(console, prediction);
    return;
  }
  const result = await client.call("path.probe", { lab, question });
  if (options.json) console.printJson(result);
  else {
    printPrediction(console, result.prediction);
    printObservation(console, result);
  }
}

function printPrediction(console: Console, prediction: PathPrediction): void {
  console.print(formatTable(prediction.hops.map((hop) => formatHop(console, hop))));
  console.print(`${console.text({ fr: "Prédit :", en: "Predicted:" })} ${verdict(console, prediction.verdict)}`);
}

function formatHop(console: Console, hop: PathHop): string[] {
  const stops = hop.outcome === "drop" || hop.outcome === "refuse";
  const mark = stops ? console.paint("red", "✘") : hop.outcome === "deliver" ? console.paint("green", "●") : hop.direction === "forward" ? "→" : "←";
  const decided = hop.decidedBy === undefined ? "" : console.paint("cyan", `  [${hop.decidedBy}]`);
  return [mark, hop.at, console.paint("dim", `${hop.source} → ${hop.destination}`), `${reasonText(hop, console.language)}${decided}`];
}

function printObservation(console: Console, { observation, agrees }: Result<"path.probe">): void {
  console.print(`${console.text({ fr: "Observé :", en: "Observed:" })}  ${verdict(console, observation.verdict)}  (${Math.round(observation.milliseconds)} ms)`);
  console.print(console.paint("dim", `    $ ${observation.command}`));
  for (const line of observation.output.trim().split("\n")) if (line !== "") console.print(console.paint("dim", `    ${line}`));
  if (agrees === false) console.print(console.paint("yellow", console.text({ fr: "Prédiction et observation diffèrent : regardez la machine elle-même.", en: "Prediction and observation differ: look at the machine itself." })));
}

function verdict(console: Console, value: PathVerdict): string {
  return console.paint(verdictColors[value], console.text(verdictTexts[value]));
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw new InvalidArgumentError("1 … 65535");
  return port;
}

function parseProtocol(text: string): PathQuestion["protocol"] {
  if (text === "tcp" || text === "udp" || text === "icmp") return text;
  throw new InvalidArgumentError("tcp, udp, icmp");
}
