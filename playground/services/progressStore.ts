import { join } from "node:path";
import { z } from "zod";
import { checkObservationSchema } from "../contract/labStatus.ts";
import { measuredCellSchema } from "../model/comparison.ts";
import { readJsonFile, writeJsonFile } from "./jsonFile.ts";
import { SerialQueue } from "./parallel.ts";

const progressSchema = z.object({
  version: z.literal(1),
  /** Number of hints opened, by step. */
  hints: z.record(z.string(), z.number().int().min(0)).default({}),
  /** Answers by question. */
  answers: z.record(z.string(), z.string()).default({}),
  /** When the student had a step solved for them, by step. */
  solved: z.record(z.string(), z.string()).default({}),
  /** What each check last showed. */
  checks: z.record(z.string(), checkObservationSchema).default({}),
  /** When a report of it was last exported. */
  exportedAt: z.string().optional(),
  /** What each check last measured while it passed: kept when it fails later, because the lab was started anew. */
  measured: z.record(z.string(), z.object({ at: z.string(), command: z.string(), cells: z.array(measuredCellSchema) })).default({}),
});
export type LabProgress = z.output<typeof progressSchema>;

export const emptyProgress = (): LabProgress => ({ version: 1, hints: {}, answers: {}, solved: {}, checks: {}, measured: {} });

/** What a student has done in one lab: `progress.json` in their folder of it. Changes are written one after the other, each whole. */
export class ProgressStore {
  readonly #path: string;
  readonly #queue = new SerialQueue();
  #progress: Promise<LabProgress> | undefined;

  constructor(folder: string) {
    this.#path = join(folder, "progress.json");
  }

  read(): Promise<LabProgress> {
    this.#progress ??= readJsonFile(this.#path, (value) => progressSchema.parse(value)).then((found) => found ?? emptyProgress());
    return this.#progress;
  }

  /** Changes the progress in memory at once and on disk in turn; resolves when it is on disk. */
  async change(edit: (progress: LabProgress) => void): Promise<void> {
    const progress = await this.read();
    edit(progress);
    await this.#queue.run(() => writeJsonFile(this.#path, progress));
  }

  /** Waits for what is being written and forgets what was read, so that the folder may be removed. */
  async forget(): Promise<void> {
    await this.#queue.run(async () => undefined);
    this.#progress = undefined;
  }
}
