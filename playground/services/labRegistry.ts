import { readdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import { type Fault, RempartError } from "../model/errors.ts";
import { parseLabFile } from "../model/labFile.ts";
import { type Lab, networksNamedBy } from "../model/lab.ts";
import type { Network } from "../model/network.ts";
import { parseNetworkFile } from "../model/networkFile.ts";
import { validateTexts } from "../model/validate.ts";
import { figureFaults, pictureNames } from "./guideFigures.ts";
import { sceneFaults } from "./sceneFaults.ts";
import { guideFaults } from "./guideSteps.ts";
import type { LoadedLab } from "./labRuntime.ts";
import { readLabFile } from "./safeLabFile.ts";
import { withSamples } from "./solutionText.ts";

/** A lab of ours that cannot be offered, and why. */
export interface UnreadableLab {
  readonly folder: string;
  readonly error: RempartError;
}

/**
 * The labs that can be started: those of the application (`assets/labs`) and folders that the user named. Labs of ours are
 * read once; `add` reads a folder again each time, so that an author sees what they changed.
 */
export class LabRegistry {
  readonly #root: string;
  readonly #images: readonly string[] | undefined;
  readonly #added = new Map<string, LoadedLab>();
  #ours: Promise<{ labs: Map<string, LoadedLab>; unreadable: UnreadableLab[] }> | undefined;

  /** `root`: the folder that holds one folder for each lab. `images`: names of the image catalogue. */
  constructor(root: string, images?: readonly string[]) {
    this.#root = root;
    this.#images = images;
  }

  /** Ours in the order of their folders' names, then the added ones. */
  async list(): Promise<LoadedLab[]> {
    const { labs } = await this.#readOurs();
    return [...labs.values(), ...this.#added.values()];
  }

  /** Labs of ours that are faulty: shown, not hidden, and no reason to withhold the others. */
  async unreadable(): Promise<readonly UnreadableLab[]> {
    return (await this.#readOurs()).unreadable;
  }

  /** Throws `input.unknown-lab`. */
  async get(id: string): Promise<LoadedLab> {
    const { labs, unreadable } = await this.#readOurs();
    const found = this.#added.get(id) ?? labs.get(id);
    if (found) return found;
    const faulty = unreadable.find((lab) => lab.folder === join(this.#root, id));
    if (faulty) throw faulty.error;
    throw new RempartError("input.unknown-lab", `There is no lab ${id}.`, { kind: "input", next: `There is: ${[...labs.keys(), ...this.#added.keys()].join(", ")}.` });
  }

  /**
   * Adds a folder of the user's, or reads it again. Throws `input.lab-id-taken` when another lab has the id, `input.no-lab-folder`,
   * `input.invalid-lab` with every fault, and what `readLabFile` throws.
   */
  async add(folder: string): Promise<LoadedLab> {
    const loaded = await loadLab(folder, false, this.#images);
    const { labs } = await this.#readOurs();
    const other = labs.get(loaded.lab.id) ?? this.#added.get(loaded.lab.id);
    // A folder of ours that the user names by its path is that lab.
    if (other?.folder === loaded.folder && other.ours) return other;
    if (other && other.folder !== loaded.folder) {
      throw new RempartError("input.lab-id-taken", `Another lab already has the id ${loaded.lab.id}: ${other.folder}.`, {
        kind: "input",
        kept: "The other lab was left as it is.",
        next: "Give your lab another id in lab.yml.",
      });
    }
    this.#added.set(loaded.lab.id, loaded);
    return loaded;
  }

  #readOurs(): Promise<{ labs: Map<string, LoadedLab>; unreadable: UnreadableLab[] }> {
    this.#ours ??= readFolders(this.#root, this.#images);
    return this.#ours;
  }
}

async function readFolders(root: string, images: readonly string[] | undefined): Promise<{ labs: Map<string, LoadedLab>; unreadable: UnreadableLab[] }> {
  const entries = await readdir(root, { withFileTypes: true });
  const labs = new Map<string, LoadedLab>();
  const unreadable: UnreadableLab[] = [];
  for (const name of entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort()) {
    const folder = join(root, name);
    try {
      const loaded = await loadLab(folder, true, images);
      if (labs.has(loaded.lab.id)) throw new RempartError("input.lab-id-taken", `Two labs have the id ${loaded.lab.id}.`, { kind: "input" });
      labs.set(loaded.lab.id, loaded);
    } catch (error) {
      if (!(error instanceof RempartError)) throw error;
      unreadable.push({ folder, error });
    }
  }
  return { labs, unreadable };
}

/**
 * Reads and judges the folder of one lab: `lab.yml`, `network.yml`, both guides, and the networks of solutions and broken
 * variants that it names. Throws `input.no-lab-folder`, or `input.invalid-lab` with every fault of every file.
 */
export async function loadLab(folder: string, ours: boolean, images?: readonly string[]): Promise<LoadedLab> {
  const real = await realpath(folder).catch(() => undefined);
  const labText = real === undefined ? undefined : await readLabFile(real, "lab.yml");
  if (real === undefined || labText === undefined) {
    throw new RempartError("input.no-lab-folder", `There is no lab in ${folder}.`, { kind: "input", next: "Name a folder that holds a lab.yml." });
  }
  const faults: Fault[] = [];
  const read = async (path: string): Promise<string> => {
    const text = await readLabFile(real, path);
    if (text === undefined) faults.push(missing(path));
    return text ?? "";
  };
  const startNetwork = await read("network.yml");
  const guides = { fr: await read("guide.fr.md"), en: await read("guide.en.md") };
  const parsed = parseLabFile(labText).lab;
  const futureNetworks = parsed ? await networksToCome(parsed, read, faults) : [];
  const futureInstances = [...new Set(futureNetworks.flatMap((network) => Object.keys(network.instances)))];
  const futureClusters = [...new Set(futureNetworks.flatMap((network) => Object.keys(network.clusters)))];
  const { lab, faults: ofTexts } = validateTexts(labText, startNetwork, { futureInstances, futureClusters, ...(images ? { images } : {}) });
  faults.push(...ofTexts);
  const start = parseNetworkFile(startNetwork).network;
  const names = lab ? pictureNames(lab, start ? [start, ...futureNetworks] : futureNetworks) : new Set<string>();
  if (lab) for (const language of ["fr", "en"] as const) if (guides[language] !== "") faults.push(...guideFaults(lab, guides[language], language), ...figureFaults(guides[language], language, names));
  if (lab) faults.push(...sceneFaults(lab.scenes, names));
  if (!lab || faults.length > 0) {
    throw new RempartError("input.invalid-lab", `The lab in ${folder} has ${faults.length} fault${faults.length === 1 ? "" : "s"}: ${faults[0]?.message ?? ""}`, {
      kind: "input",
      kept: "Nothing was started.",
      next: "Correct the files; rempart validate lists every fault with its line.",
      faults,
    });
  }
  return { lab, folder: real, ours, startNetwork, guides };
}

/** What the student's network may become, from every network that the lab names. */
async function networksToCome(lab: Lab, read: (path: string) => Promise<string>, faults: Fault[]): Promise<Network[]> {
  const networks: Network[] = [];
  for (const path of networksNamedBy(lab)) {
    const text = await read(path);
    if (text === "") continue;
    const parsed = parseNetworkFile(withSamples(text));
    faults.push(...parsed.faults.map((fault) => ({ ...fault, file: path })));
    if (parsed.network) networks.push(parsed.network);
  }
  return networks;
}

function missing(path: string): Fault {
  return { code: "lab.file-missing", file: path, path: "", message: `${path} is missing or empty.`, hint: "Every file that lab.yml names, network.yml, guide.fr.md and guide.en.md must be there." };
}
