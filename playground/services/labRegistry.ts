import { readdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import { type Fault, RempartError } from "../model/errors.ts";
import { parseLabFile } from "../model/labFile.ts";
import { type Lab, networksNamedBy } from "../model/lab.ts";
import { faultText } from "../model/faultTexts.ts";
import type { Network } from "../model/network.ts";
import { parseNetworkFile } from "../model/networkFile.ts";
import { validateTexts } from "../model/validate.ts";
import { chooseValues, fillValues, unknownValues, variantsOf, type VariantValues } from "../model/variants.ts";
import { figureFaults, pictureNames } from "./guideFigures.ts";
import { sceneFaults } from "./sceneFaults.ts";
import { guideFaults } from "./guideSteps.ts";
import type { LoadedLab } from "./labRuntime.ts";
import { readLabFile } from "./safeLabFile.ts";
import { withSamples } from "../model/placeholders.ts";

/** A lab of ours that cannot be offered, and why. */
export interface UnreadableLab {
  readonly folder: string;
  readonly error: RempartError;
}

/** Where else labs come from, and which variant of each is the student's. */
export interface LabSources {
  /** Folder with one folder for each lab that was made on this computer; it need not be there. */
  readonly own?: string;
  /** The seed that was chosen for a lab on this computer. */
  readonly seedOf?: (labId: string) => Promise<number | undefined>;
}

/**
 * The labs that can be started: those of the application (`assets/labs`) and folders that the user named. Labs of ours are
 * read once; `add` reads a folder again each time, so that an author sees what they changed.
 */
export class LabRegistry {
  readonly #root: string;
  readonly #images: readonly string[] | undefined;
  readonly #own: string | undefined;
  readonly #seedOf: (labId: string) => Promise<number | undefined>;
  readonly #seeded = new Map<string, LoadedLab>();
  readonly #added = new Map<string, LoadedLab>();
  /** Labs of ours by the names of their folders, each from when it is first asked for. */
  readonly #read = new Map<string, Promise<LoadedLab>>();
  #ours: Promise<{ labs: Map<string, LoadedLab>; unreadable: UnreadableLab[] }> | undefined;

  /** `root`: the folder that holds one folder for each lab. `images`: names of the image catalogue. */
  constructor(root: string, images?: readonly string[], sources: LabSources = {}) {
    this.#root = root;
    this.#images = images;
    this.#own = sources.own;
    this.#seedOf = sources.seedOf ?? (() => Promise.resolve(undefined));
  }

  /** Ours in the order of their folders' names, then the added ones. */
  async list(): Promise<LoadedLab[]> {
    const { labs } = await this.#readOurs();
    await this.#addOwn();
    return Promise.all([...labs.values(), ...this.#added.values()].map((loaded) => this.#withSeed(loaded)));
  }

  /** Labs of ours that are faulty: shown, not hidden, and no reason to withhold the others. */
  async unreadable(): Promise<readonly UnreadableLab[]> {
    return (await this.#readOurs()).unreadable;
  }

  /** Throws `input.unknown-lab`. */
  async get(id: string): Promise<LoadedLab> {
    // All of them are two dozen, and seconds of work: one lab is asked for much more often.
    const alone = this.#added.has(id) ? undefined : await this.#readNamed(id);
    if (alone) return this.#withSeed(alone);
    const { labs, unreadable } = await this.#readOurs();
    if (!labs.has(id) && !this.#added.has(id)) await this.#addOwn();
    const found = this.#added.get(id) ?? labs.get(id);
    if (found) return this.#withSeed(found);
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
    this.#seeded.delete(loaded.lab.id);
    return loaded;
  }

  /** A lab of the user's own is gone, or faulty: it can no longer be offered. */
  remove(id: string): void {
    this.#added.delete(id);
    this.#seeded.delete(id);
  }

  /** Labs made on this computer that are not known yet; faulty ones are their author's to mend, and are not offered. */
  async #addOwn(): Promise<void> {
    if (this.#own === undefined) return;
    const own = this.#own;
    const names = await readdir(own).catch(() => []);
    const isKnown = (name: string): boolean => this.#added.has(name);
    for (const name of names.filter((one) => !isKnown(one)).sort()) await this.add(join(own, name)).catch(() => undefined);
  }

  /** The lab as it is for the student of this computer. A seed that the lab's files no longer go with is told by what is wrong with them. */
  async #withSeed(loaded: LoadedLab): Promise<LoadedLab> {
    if (Object.keys(loaded.lab.variants).length === 0) return loaded;
    const seed = await this.#seedOf(loaded.lab.id);
    if (seed === undefined) return loaded;
    const known = this.#seeded.get(loaded.lab.id);
    if (known?.seed === seed) return known;
    const seeded = await loadLab(loaded.folder, loaded.ours, this.#images, seed);
    this.#seeded.set(loaded.lab.id, seeded);
    return seeded;
  }

  #readOurs(): Promise<{ labs: Map<string, LoadedLab>; unreadable: UnreadableLab[] }> {
    this.#ours ??= this.#readAll();
    return this.#ours;
  }

  async #readAll(): Promise<{ labs: Map<string, LoadedLab>; unreadable: UnreadableLab[] }> {
    const labs = new Map<string, LoadedLab>();
    const unreadable: UnreadableLab[] = [];
    for (const name of await this.#folders()) {
      try {
        const loaded = await this.#readFolder(name);
        if (labs.has(loaded.lab.id)) throw new RempartError("input.lab-id-taken", `Two labs have the id ${loaded.lab.id}.`, { kind: "input" });
        labs.set(loaded.lab.id, loaded);
      } catch (error) {
        if (!(error instanceof RempartError)) throw error;
        unreadable.push({ folder: join(this.#root, name), error });
      }
    }
    return { labs, unreadable };
  }

  /** The lab of ours whose folder is named like it, as all of them are; undefined where there is none, or a faulty one. */
  async #readNamed(id: string): Promise<LoadedLab | undefined> {
    if (!(await this.#folders()).includes(id)) return undefined;
    const loaded = await this.#readFolder(id).catch((error: unknown) => {
      if (!(error instanceof RempartError)) throw error;
    });
    return loaded?.lab.id === id ? loaded : undefined;
  }

  #readFolder(name: string): Promise<LoadedLab> {
    const loaded = this.#read.get(name) ?? loadLab(join(this.#root, name), true, this.#images);
    this.#read.set(name, loaded);
    return loaded;
  }

  async #folders(): Promise<string[]> {
    const entries = await readdir(this.#root, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
  }
}

/**
 * Reads and judges the folder of one lab: `lab.yml`, `network.yml`, both guides, and the networks of solutions and broken
 * variants that it names. `seed` chooses the student's variant, `chosen` gives its values outright. Throws `input.no-lab-folder`, or `input.invalid-lab` with every fault of every file.
 */
export async function loadLab(folder: string, ours: boolean, images?: readonly string[], seed?: number, chosen?: VariantValues): Promise<LoadedLab> {
  const real = await realpath(folder).catch(() => undefined);
  const writtenLab = real === undefined ? undefined : await readLabFile(real, "lab.yml");
  if (real === undefined || writtenLab === undefined) {
    throw new RempartError("input.no-lab-folder", `There is no lab in ${folder}.`, { kind: "input", next: "Name a folder that holds a lab.yml." });
  }
  const faults: Fault[] = [];
  const variants = variantsOf(writtenLab);
  const values = chosen ?? chooseValues(variants, seed);
  const hasVariants = Object.keys(variants).length > 0;
  const fill = (path: string, text: string): string => {
    if (!hasVariants) return text;
    faults.push(...unknownValues(text, values).map(({ name, line }) => unknownValue(path, name, line, Object.keys(values))));
    return fillValues(text, values);
  };
  const labText = fill("lab.yml", writtenLab);
  const read = async (path: string): Promise<string> => {
    const text = await readLabFile(real, path);
    if (text === undefined) faults.push(missing(path));
    return fill(path, text ?? "");
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
  return { lab, folder: real, ours, startNetwork, guides, ...(hasVariants ? { values } : {}), ...(hasVariants && seed !== undefined ? { seed } : {}) };
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
  return { code: "lab.file-missing", file: path, path: "", message: `${path} is missing or empty.`, hint: "Every file that lab.yml names, network.yml, guide.fr.md and guide.en.md must be there.", values: { path } };
}

/** The fault of a `<<name>>` that stands for nothing. */
export function unknownValue(file: string, name: string, line: number, available: readonly string[]): Fault {
  const values = { name, available: available.join(", ") };
  const { message, hint } = faultText({ code: "lab.unknown-value", values }, "en");
  return { code: "lab.unknown-value", file, path: "", line, values, message, ...(hint === undefined ? {} : { hint }) };
}
