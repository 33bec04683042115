import { readFile, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { labImageNames } from "../images/catalogue.ts";
import type { Fault } from "../model/errors.ts";
import { RempartError } from "../model/errors.ts";
import { parseLabFile } from "../model/labFile.ts";
import { parseNetworkFile } from "../model/networkFile.ts";
import { networkFaults } from "../model/validateNetwork.ts";
import { faultsOfFolder } from "../services/labFaultsOfFolder.ts";
import { LabRegistry } from "../services/labRegistry.ts";
import { addCommand, run } from "./commandLine.ts";
import type { CommandDefinition } from "./commandLine.ts";
import { exitCodes } from "./exitCodes.ts";
import { formatFaults } from "./printError.ts";

/** `rempart validate PATH…`: every fault of labs' files, with its line. Needs no Docker. */
export const addValidateCommand: CommandDefinition = (program, commandLine) => {
  const { console, paths } = commandLine;
  addCommand(program, commandLine, "validate <paths...>", { fr: "lister toutes les fautes de dossiers de lab ou de network.yml, avec leur ligne", en: "list every fault of lab folders or network.yml files, with its line" }, [
    "validate ./my-lab",
    "validate ~/rempart/06-vpc-build/network.yml",
    "validate assets/labs/*",
  ]).action((given: string[], options: { json?: boolean }) =>
    run(commandLine, options.json, async () => {
      const results = [];
      for (const path of given) results.push({ path, faults: await faultsOf(resolve(path), paths.labAssets) });
      const count = results.reduce((sum, result) => sum + result.faults.length, 0);
      if (options.json) console.printJson({ valid: count === 0, results });
      else {
        for (const { path, faults } of results) {
          const folder = basename(path).endsWith(".yml") ? join(dirname(path), "/") : join(path, "/");
          if (faults.length === 0) console.print(`${path}: ${console.paint("green", console.text({ fr: "sans faute", en: "no faults" }))}`);
          else console.print(formatFaults(console, faults, folder));
        }
        if (count > 0) console.note(console.text({ fr: `${count} faute(s).`, en: `${count} fault(s).` }));
      }
      return count === 0 ? exitCodes.done : exitCodes.badInput;
    }),
  );
};

async function faultsOf(path: string, labAssets: string): Promise<readonly Fault[]> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new RempartError("input.no-such-file", `There is nothing at ${path}.`, { kind: "input" });
  if (found.isDirectory()) return await faultsOfFolder(path, labImageNames);
  const text = await readFile(path, "utf8");
  if (basename(path) === "lab.yml") return parseLabFile(text).faults;
  return await faultsOfNetwork(path, text, labAssets);
}

/** A network.yml alone is judged against its lab: the lab.yml beside it, or the lab that its folder is named after. */
async function faultsOfNetwork(path: string, text: string, labAssets: string): Promise<readonly Fault[]> {
  const parsed = parseNetworkFile(text);
  const file = basename(path);
  const named = (faults: readonly Fault[]): Fault[] => faults.map((fault) => ({ ...fault, file }));
  if (!parsed.network) return named(parsed.faults);
  const beside = await readFile(join(dirname(path), "lab.yml"), "utf8").catch(() => undefined);
  const lab = beside === undefined ? await labOfFolder(basename(dirname(path)), labAssets) : parseLabFile(beside).lab;
  return named([...parsed.faults, ...(lab ? networkFaults(lab, parsed.network, parsed.positions, labImageNames) : [])]);
}

async function labOfFolder(id: string, labAssets: string) {
  return (await new LabRegistry(labAssets, labImageNames).get(id).catch(() => undefined))?.lab;
}
