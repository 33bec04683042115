import type { LabStatus, NodeStatus } from "../contract/contract.ts";
import type { Localized } from "../model/lab.ts";
import type { Color, Console } from "./console.ts";
import { phaseTexts } from "./labsCommand.ts";
import { formatBytes, formatTable } from "./table.ts";

const stateTexts: Readonly<Record<NodeStatus["state"], Localized>> = {
  absent: { fr: "absente", en: "absent" },
  starting: { fr: "démarre", en: "starting" },
  running: { fr: "tourne", en: "running" },
  disconnected: { fr: "sans réseau", en: "disconnected" },
  stopped: { fr: "arrêtée", en: "stopped" },
};
const stateColors: Readonly<Record<NodeStatus["state"], Color>> = { absent: "dim", starting: "yellow", running: "green", disconnected: "red", stopped: "red" };

/** Loss and delay on purpose: who wonders about lost packets is told. */
const impairmentTexts = ({ lossPercent, delayMilliseconds }: NonNullable<NodeStatus["impairment"]>): Localized => ({
  fr: `lien dégradé : ${lossPercent} % de perte, ${delayMilliseconds} ms de délai`,
  en: `link impaired: ${lossPercent} % loss, ${delayMilliseconds} ms delay`,
});

/** A lab's machines, findings and outputs, for people. */
export function printStatus(console: Console, status: LabStatus): void {
  const memory = status.memoryBytes > 0 ? `, ${formatBytes(status.memoryBytes)}` : "";
  console.print(`${console.paint("bold", status.lab)}: ${console.text(phaseTexts[status.phase])}${memory}`);
  const rows = status.nodes.map((node) => [
    `  ${node.name}`,
    console.paint(stateColors[node.state], console.text(stateTexts[node.state])),
    node.restarts > 0 ? console.text({ fr: `${node.restarts} redémarrage(s)`, en: `${node.restarts} restart(s)` }) : "",
    node.memoryBytes === undefined ? "" : formatBytes(node.memoryBytes),
    node.impairment === undefined ? "" : console.paint("yellow", console.text(impairmentTexts(node.impairment))),
  ]);
  if (rows.length > 0) console.print(formatTable(rows));
  for (const finding of status.findings) console.print(`  ${console.paint("yellow", "!")} ${console.text(finding)}`);
  for (const [name, value] of Object.entries(status.outputs)) console.print(`  ${name} = ${value}`);
  console.print(console.text({ fr: `  dossier : ${status.folder}`, en: `  folder: ${status.folder}` }));
}
