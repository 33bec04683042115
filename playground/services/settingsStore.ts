import { rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { settingsSchema } from "../contract/contract.ts";
import type { Settings } from "../contract/contract.ts";
import { checkedMirror } from "../images/mirrorSource.ts";
import { readJsonFile, writeJsonFile } from "./jsonFile.ts";

export type Layout = Record<string, unknown>;

const layoutSchema = z.record(z.string(), z.unknown());

/**
 * What the user chose and how the window was left: settings and one layout per lab, in the state folder. Writes are atomic and follow each other; a corrupt file is kept aside and defaults are used.
 */
export class SettingsStore {
  /** Where the settings are, for whoever names or edits that file. */
  readonly file: string;
  readonly #layoutsFolder: string;
  /** The last write; the next waits for it, so that the last call wins. */
  #writing: Promise<unknown> = Promise.resolve();

  /** @param stateFolder absolute path of the installation's state folder; made when first written to */
  constructor(stateFolder: string) {
    this.file = join(stateFolder, "settings.json");
    this.#layoutsFolder = join(stateFolder, "layouts");
  }

  async get(): Promise<Settings> {
    await this.#writing;
    return await this.#read();
  }

  /**
   * Changes what is given, keeps the rest, and returns the whole. An explicit undefined goes back to the default, and so does a mirror of blanks. Throws
   * `input.registry-mirror`, and changes nothing then.
   */
  set(change: Partial<Settings>): Promise<Settings> {
    return this.#inTurn(async () => {
      if (change.registryMirror !== undefined) change = { ...change, registryMirror: checkedMirror(change.registryMirror, "registryMirror") };
      const settings = settingsSchema.parse({ ...(await this.#read()), ...change });
      await writeJsonFile(this.file, settings);
      return settings;
    });
  }

  /** Empty when none was kept. */
  async layout(lab: string): Promise<Layout> {
    await this.#writing;
    return (await readJsonFile(this.#layoutFile(lab), (value) => layoutSchema.parse(value))) ?? {};
  }

  setLayout(lab: string, layout: Layout): Promise<void> {
    return this.#inTurn(() => writeJsonFile(this.#layoutFile(lab), layout));
  }

  /** The student's files of the lab are gone: which steps were finished is no longer true. */
  forgetLayout(lab: string): Promise<void> {
    return this.#inTurn(() => rm(this.#layoutFile(lab), { force: true }));
  }

  async #read(): Promise<Settings> {
    return (await readJsonFile(this.file, (value) => settingsSchema.parse(value))) ?? settingsSchema.parse({});
  }

  #layoutFile(lab: string): string {
    if (!/^[a-z0-9][a-z0-9-]*$/.test(lab)) throw new TypeError(`not a lab's id: ${lab}`);
    return join(this.#layoutsFolder, `${lab}.json`);
  }

  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const next = this.#writing.then(work, work);
    this.#writing = next.catch(() => undefined);
    return next;
  }
}
