import { mkdir, mkdtemp, readdir, realpath, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { LabDraft, LabFiles, OwnLab } from "../contract/authorContract.ts";
import { type Fault, RempartError } from "../model/errors.ts";
import { renameLab } from "../model/labDocument.ts";
import { parseLabFile } from "../model/labFile.ts";
import type { Localized } from "../model/lab.ts";
import { unpackLab } from "./labArchive.ts";
import { faultsOfFolder } from "./labFaultsOfFolder.ts";
import { readFolder, revisionOfFiles, writeFolder } from "./labFolder.ts";
import type { LabRegistry } from "./labRegistry.ts";
import { listTemplates, readTemplate, type LabTemplate } from "./templates.ts";

export interface StudioOptions {
  readonly registry: LabRegistry;
  /** Folder of the labs made on this computer; made when the first one is. */
  readonly own: string;
  /** Folder of the templates. */
  readonly templates: string;
  readonly images: readonly string[];
}

const labName = /^[a-z0-9][a-z0-9-]{1,40}$/;

/** The labs of the user's own: made from templates, written, packed into one file and taken from one. Faulty ones are kept, and not offered. */
export class Studio {
  readonly #options: StudioOptions;

  constructor(options: StudioOptions) {
    this.#options = options;
  }

  templates(): Promise<LabTemplate[]> {
    return listTemplates(this.#options.templates);
  }

  async list(): Promise<OwnLab[]> {
    const names = await readdir(this.#options.own).catch(() => []);
    return Promise.all(names.filter((name) => labName.test(name)).sort().map((name) => this.#describe(name)));
  }

  /** Throws `input.lab-id-taken`, `input.unknown-template`. */
  async create(id: string, title: Localized, template: string): Promise<LabDraft> {
    await this.#requireFree(id);
    const files = await readTemplate(this.#options.templates, this.#options.registry, template);
    const folder = join(this.#options.own, id);
    await writeFolder(folder, { ...files, "lab.yml": renameLab(files["lab.yml"] ?? "", id, title) });
    await this.#offer(id);
    return this.read(id);
  }

  /** Throws `input.unknown-lab` when it is none of the user's own. */
  async read(id: string): Promise<LabDraft> {
    const folder = await this.folderOf(id);
    const files = await readFolder(folder);
    return { lab: id, folder, files, revision: revisionOfFiles(files), faults: await faultsOfFolder(folder, this.#options.images) };
  }

  /** Throws `input.changed-on-disk`, and what `writeFolder` throws. */
  async write(id: string, files: LabFiles, revision: string): Promise<{ revision: string; faults: Fault[] }> {
    const folder = await this.folderOf(id);
    if (revisionOfFiles(await readFolder(folder)) !== revision) {
      throw new RempartError("input.changed-on-disk", `The files of ${id} were changed by another program meanwhile.`, { kind: "input", kept: "The files as they are on disk, and your text in the window.", next: "Open the lab again to have them from disk." });
    }
    await writeFolder(folder, files);
    const faults = await this.#offer(id);
    return { revision: revisionOfFiles(files), faults };
  }

  async remove(id: string): Promise<void> {
    const folder = await this.folderOf(id);
    this.#options.registry.remove(id);
    await rm(folder, { recursive: true, force: true });
  }

  /** Takes a lab from its file. Throws as `unpackLab` does, `input.lab-id-taken`, and `input.invalid-lab` with every fault; nothing is left then. */
  async unpack(packed: Buffer): Promise<OwnLab> {
    const files = unpackLab(packed);
    const { lab, faults } = parseLabFile(files["lab.yml"] ?? "");
    if (!lab) throw invalid(faults);
    await this.#requireFree(lab.id);
    await mkdir(this.#options.own, { recursive: true });
    const arriving = await mkdtemp(join(this.#options.own, ".arriving-"));
    try {
      await writeFolder(arriving, files);
      const found = await faultsOfFolder(arriving, this.#options.images);
      if (found.length > 0) throw invalid(found);
      await rename(arriving, join(this.#options.own, lab.id));
    } finally {
      await rm(arriving, { recursive: true, force: true });
    }
    await this.#offer(lab.id);
    return this.#describe(lab.id);
  }

  /** The folder of one of the user's own labs. Throws `input.unknown-lab`. */
  async folderOf(id: string): Promise<string> {
    const folder = labName.test(id) ? await realpath(join(this.#options.own, id)).catch(() => undefined) : undefined;
    if (folder === undefined) throw new RempartError("input.unknown-lab", `There is no lab ${id} of your own.`, { kind: "input", next: "rempart lab list says which there are." });
    return folder;
  }

  /** Every fault of the lab as it is on disk. The library has it as soon as there are none. */
  async #offer(id: string): Promise<Fault[]> {
    const { registry, own, images } = this.#options;
    const faults = await faultsOfFolder(join(own, id), images);
    if (faults.length > 0) registry.remove(id);
    else await registry.add(join(own, id));
    return faults;
  }

  async #requireFree(id: string): Promise<void> {
    const { registry, own } = this.#options;
    const isTaken = (await registry.list()).some(({ lab }) => lab.id === id) || (await stat(join(own, id)).then(() => true, () => false));
    if (isTaken) throw new RempartError("input.lab-id-taken", `There is a lab ${id} already.`, { kind: "input", kept: "The other lab was left as it is.", next: "Choose another id." });
  }

  async #describe(id: string): Promise<OwnLab> {
    const folder = join(this.#options.own, id);
    const files = await readFolder(folder);
    const { lab } = parseLabFile(files["lab.yml"] ?? "");
    return { lab: id, folder, title: lab?.title ?? { fr: id, en: id }, faults: (await faultsOfFolder(folder, this.#options.images)).length };
  }
}

function invalid(faults: Fault[]): RempartError {
  return new RempartError("input.invalid-lab", `The lab has ${faults.length === 1 ? "a fault" : `${faults.length} faults`}: ${faults[0]?.message ?? ""}`, { kind: "input", kept: "Nothing was taken over.", next: "Ask its author to mend it: rempart lab prove shows them the same.", faults });
}
