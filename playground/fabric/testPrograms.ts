import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Cloud } from "../model/cloud.ts";
import { parseLabFile } from "../model/labFile.ts";
import { parseNetworkFile } from "../model/networkFile.ts";
import { resolveCloud } from "../model/resolve.ts";
import { validateLab } from "../model/validate.ts";
import { chooseValues, fillValues, variantsOf } from "../model/variants.ts";
import type { FabricProgram, LinkEnd, NamespaceProgram } from "./fabricProgram.ts";
import { routeText, ruleText } from "./script.ts";

/** For tests: the lab and the network in the two texts, resolved. Throws where they are not valid. */
export function cloudOf(labText: string, networkText: string): Cloud {
  const { lab, faults: labFaults } = parseLabFile(labText);
  const { network, faults: networkFaults } = parseNetworkFile(networkText);
  if (!lab || !network) throw new Error(JSON.stringify([...labFaults, ...networkFaults], undefined, 1));
  const faults = validateLab(lab, network, { images: ["instance"] });
  if (faults.length > 0) throw new Error(JSON.stringify(faults, undefined, 1));
  return resolveCloud(lab, network);
}

/** The cloud of one of our labs with the network in `file`. A key that the student's machine would make is replaced by a fixed one. */
export function labCloud(id: string, file: string): Cloud {
  const { lab } = parseLabFile(assetText(id, "lab.yml"));
  const { network, faults } = parseNetworkFile(assetText(id, file).replace(/"\{\{[^}]*\}\}"/g, "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGsample"));
  if (!lab || !network) throw new Error(JSON.stringify(faults, undefined, 1));
  return resolveCloud(lab, network);
}

const rawText = (id: string, file: string): string => readFileSync(fileURLToPath(new URL(`../../assets/labs/${id}/${file}`, import.meta.url)), "utf8");
/** A file of one of our labs, as a student without a seed gets it. */
export const assetText = (id: string, file: string): string => fillValues(rawText(id, file), chooseValues(variantsOf(rawText(id, "lab.yml")), undefined));

/** The program as a text that a reader can check line by line against the network. */
export function programText(program: FabricProgram): string {
  return [
    ...program.namespaces.flatMap(namespaceText),
    ...program.links.map((link) => `link ${link.id}\n    ${endText(link.a)}\n    ${endText(link.b)}`),
    ...program.nodes.map((node) => `node ${node.node}\n${indented(node.hosts ?? "")}\n${indented(node.resolver ?? "")}`),
    "",
  ].join("\n");
}

function namespaceText(entry: NamespaceProgram): string[] {
  return [
    `namespace ${entry.name} (${entry.kind})`,
    ...Object.entries(entry.sysctls).map(([key, value]) => `    sysctl ${key}=${value}`),
    ...entry.localAddresses.map((address) => `    address ${address}`),
    ...entry.rules.map((rule) => `    rule ${ruleText(rule)}`),
    ...entry.routes.map((route) => `    route ${routeText(route)}`),
    ...(entry.ruleset === "" ? [] : [indented(entry.ruleset)]),
    "",
  ];
}

function endText(end: LinkEnd): string {
  const place = end.kind === "node" ? `node ${end.node}` : `namespace ${end.namespace}`;
  const bridge = end.kind === "namespace" && end.bridge ? ` in ${end.bridge}` : "";
  return [`${place} ${end.interface}${bridge}`, ...end.addresses, ...(end.defaultVia ? [`default via ${end.defaultVia}`] : [])].join(" ");
}

const indented = (text: string): string => text.trimEnd().replace(/^(?=.)/gm, "    ");
