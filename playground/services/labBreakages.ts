import { z } from "zod";
import { applyBreakages, statementOf } from "../model/applyBreakages.ts";
import { breakageId, breakageSchema, resourceOfBreakage, type Breakage } from "../model/breakage.ts";
import type { Cloud } from "../model/cloud.ts";
import { drillRecordSchema, type DrillRecord } from "../model/drillRecord.ts";
import { SerialQueue } from "./parallel.ts";
import type { Workspace } from "./workspace.ts";

const file = ".breakages.json";

/** A breakage with who made it and when, and what the student had written of the thing then. */
const keptSchema = breakageSchema.extend({ at: z.string(), by: z.string(), statement: z.string() });
export type KeptBreakage = z.infer<typeof keptSchema>;

const recordSchema = z.object({ version: z.literal(1), hidden: z.boolean(), breakages: z.array(keptSchema), drill: drillRecordSchema.optional() });
type BreakageRecord = z.infer<typeof recordSchema>;

const nothing: BreakageRecord = { version: 1, hidden: false, breakages: [] };

/**
 * What is broken on purpose in one lab that runs, kept in the student's folder until the lab goes down: so it survives a restart of Rempart.
 * The file is not meant to be read by chance, and is no secret: whoever does a drill could as well read this source.
 */
export class LabBreakages {
  readonly #workspace: Workspace;
  readonly #writing = new SerialQueue();
  #record: BreakageRecord = nothing;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  get all(): readonly KeptBreakage[] {
    return this.#record.breakages;
  }
  /** Whether what is broken is shown nowhere but where it is felt. */
  get isHidden(): boolean {
    return this.#record.hidden;
  }
  get drill(): DrillRecord | undefined {
    return this.#record.drill;
  }

  /** Reads what an earlier process left; what cannot be read is nothing. */
  async load(): Promise<void> {
    const text = await this.#workspace.read(file);
    const parsed = recordSchema.safeParse(text === undefined ? undefined : unveiled(text));
    this.#record = parsed.success ? parsed.data : nothing;
  }

  /** What is in force when the student's network is this cloud. */
  overlay(cloud: Cloud): Cloud {
    return applyBreakages(cloud, this.#standing(cloud));
  }

  /** Machines that are switched off. */
  held(cloud: Cloud): ReadonlySet<string> {
    return new Set(this.#standing(cloud).flatMap(({ fault, target: [name] }) => (fault === "kill" && name !== undefined ? [name] : [])));
  }

  /** Impaired cables, by the machine at their end. */
  impaired(cloud: Cloud): ReadonlyMap<string, { lossPercent: number; delayMilliseconds: number }> {
    return new Map(this.#standing(cloud).flatMap(({ fault, target: [name = ""], lossPercent = 0, delayMilliseconds = 0 }) => (fault === "impair" ? [[name, { lossPercent, delayMilliseconds }]] : [])));
  }

  /** Puts a breakage in force, in the place of one of the same thing. */
  add(breakage: Breakage, cloud: Cloud, by: string): Promise<void> {
    const kept: KeptBreakage = { ...breakage, at: new Date().toISOString(), by, statement: statementOf(cloud, breakage) ?? "" };
    return this.#change({ breakages: [...this.#without([breakageId(breakage)]), kept] });
  }

  /** Ends breakages, by their ids. Where nothing is left, there is nothing to hide either. */
  remove(ids: readonly string[]): Promise<void> {
    const left = this.#without(ids);
    return this.#change({ breakages: left, ...(left.length === 0 && this.drill === undefined ? { hidden: false } : {}) });
  }

  /** Ids of what is broken of a resource, named as `KIND.NAME`. */
  ofResource(resource: string): string[] {
    return this.all.filter((breakage) => resourceOfBreakage(breakage) === resource).map(breakageId);
  }

  /** An apply that changed what is broken has written it again: that is mended. Returns the ids of what ended so. */
  async settle(cloud: Cloud): Promise<string[]> {
    const standing = this.#standing(cloud);
    const ended = this.all.filter((breakage) => !standing.includes(breakage)).map(breakageId);
    if (ended.length > 0) await this.remove(ended);
    return ended;
  }

  hide(hidden: boolean): Promise<void> {
    return this.#change({ hidden });
  }

  keepDrill(drill: DrillRecord | undefined): Promise<void> {
    return this.#change({ drill });
  }

  /** Nothing of the lab runs any more. */
  async forget(): Promise<void> {
    this.#record = nothing;
    await this.#writing.run(() => this.#keep());
  }

  #standing(cloud: Cloud): KeptBreakage[] {
    return this.all.filter((breakage) => statementOf(cloud, breakage) === breakage.statement);
  }

  #without(ids: readonly string[]): KeptBreakage[] {
    return this.all.filter((breakage) => !ids.includes(breakageId(breakage)));
  }

  async #change(patch: Partial<Record<keyof BreakageRecord, unknown>> & Partial<Pick<BreakageRecord, "hidden" | "breakages">> & { drill?: DrillRecord | undefined }): Promise<void> {
    const { drill = undefined, ...rest } = { ...this.#record, ...patch };
    this.#record = { ...rest, version: 1, ...(drill === undefined ? {} : { drill }) };
    await this.#writing.run(() => this.#keep());
  }

  /** As it is when its turn comes: what is written last is what is known last. */
  async #keep(): Promise<void> {
    const { breakages, drill, hidden } = this.#record;
    if (breakages.length === 0 && drill === undefined && !hidden) return this.#workspace.remove(file);
    await this.#workspace.write(file, `${Buffer.from(JSON.stringify(this.#record)).toString("base64")}\n`, 0o600);
  }
}

function unveiled(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64").toString("utf8"));
  } catch {
    return undefined;
  }
}
