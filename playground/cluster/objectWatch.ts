import type { z } from "zod";
import { metadataSchema } from "./kubernetesObjects.ts";
import type { ClusterApi } from "./clusterApi.ts";

/** So long after a failed attempt the next is made; longer each time, up to the last. */
const retryMilliseconds = [250, 500, 1000, 2000] as const;
/** A kind that the cluster does not know yet (the mesh's policies before it is installed) is asked for again after so long. */
const unknownKindMilliseconds = 3000;
/** What was not told of so long after a list began anew is gone. */
const settleMilliseconds = 1000;

/** What a watch needs to know of time; tests have their own. */
export type Pause = (milliseconds: number, signal: AbortSignal) => Promise<void>;

export const pause: Pause = (milliseconds, signal) =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", done, { once: true });
  });

interface ObjectWatchOptions {
  /** As `/api/v1/pods`. */
  readonly path: string;
  /** The kind may be missing from the cluster. */
  readonly mayBeUnknown: boolean;
  onChange(): void;
  /** Whether the API server answers, each time that this was learned. */
  onLink(isUp: boolean): void;
}

/** Holds all objects of one kind as they are in the cluster. Takes up again where it was after a connection that was lost. */
export class ObjectWatch<Schema extends z.ZodType> {
  readonly #api: Pick<ClusterApi, "watch">;
  readonly #schema: Schema;
  readonly #options: ObjectWatchOptions;
  readonly #objects = new Map<string, z.output<Schema>>();
  readonly #pause: Pause;
  /** Known from before a list began anew, and not told of since. */
  #doubtful = new Set<string>();
  #version: string | undefined;
  /** Rises with each attempt to watch. */
  #attempt = 0;

  constructor(api: Pick<ClusterApi, "watch">, schema: Schema, options: ObjectWatchOptions, wait: Pause = pause) {
    this.#api = api;
    this.#schema = schema;
    this.#options = options;
    this.#pause = wait;
  }

  get objects(): z.output<Schema>[] {
    return [...this.#objects.values()];
  }

  /** Watches until the signal aborts. Never throws. */
  async run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      const began = this.#version;
      this.#attempt += 1;
      try {
        if (began === undefined) this.#beginAnew(signal);
        await this.#api.watch(this.#options.path, began, (type, object) => {
          failures = 0;
          this.#take(type, object);
        }, signal);
        failures = 0;
        if (!signal.aborted) this.#options.onLink(true);
        // A server that closes at once must not be asked without end.
        await this.#pause(50, signal);
      } catch (error) {
        this.#attempt += 1;
        const status = statusOf(error);
        if (status === 410) {
          this.#version = undefined;
        } else if (status === 404 && this.#options.mayBeUnknown) {
          if (this.#objects.size > 0) this.#clear();
          this.#version = undefined;
          await this.#pause(unknownKindMilliseconds, signal);
        } else {
          if (!signal.aborted) this.#options.onLink(false);
          await this.#pause(retryMilliseconds[Math.min(failures, retryMilliseconds.length - 1)] ?? 2000, signal);
          failures += 1;
        }
      }
    }
  }

  #beginAnew(signal: AbortSignal): void {
    this.#doubtful = new Set(this.#objects.keys());
    if (this.#doubtful.size === 0) return;
    const attempt = this.#attempt;
    void this.#pause(settleMilliseconds, signal).then(() => {
      if (signal.aborted || this.#doubtful.size === 0 || this.#attempt !== attempt) return;
      for (const key of this.#doubtful) this.#objects.delete(key);
      this.#doubtful.clear();
      this.#options.onChange();
    });
  }

  #clear(): void {
    this.#objects.clear();
    this.#options.onChange();
  }

  #take(type: string, object: unknown): void {
    if (type === "ERROR") {
      // The version is too old: everything is told again from the next watch on.
      this.#version = undefined;
      return;
    }
    this.#options.onLink(true);
    const version = versionOf(object);
    if (version !== undefined) this.#version = version;
    if (type === "BOOKMARK") return;
    const metadata = metadataSchema.safeParse(isRecord(object) ? object["metadata"] : undefined);
    if (!metadata.success) return;
    const key = `${metadata.data.namespace ?? ""}/${metadata.data.name}`;
    this.#doubtful.delete(key);
    const parsed = this.#schema.safeParse(object);
    // What cannot be read is not shown, rather than the last that could.
    if (type === "DELETED" || !parsed.success) this.#objects.delete(key);
    else this.#objects.set(key, parsed.data);
    this.#options.onChange();
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

function versionOf(object: unknown): string | undefined {
  const metadata = isRecord(object) ? object["metadata"] : undefined;
  const version = isRecord(metadata) ? metadata["resourceVersion"] : undefined;
  return typeof version === "string" && version !== "" ? version : undefined;
}

function statusOf(error: unknown): number | undefined {
  const status = isRecord(error) ? error["statusCode"] : undefined;
  return typeof status === "number" ? status : undefined;
}
