import type { Readable } from "node:stream";
import type Docker from "dockerode";
import { RempartError } from "../model/errors.ts";
import type { BuildOptions, ImageSummary } from "./containerEngine.ts";
import { connectionCodeOf, guarded, isMissing, messageOf, toEngineError } from "./dockerErrors.ts";
import { readJsonLines } from "./streams.ts";

/** How long a registry may keep silent at the start, in milliseconds: offline, nobody wants to wait for the engine's own patience. */
const registrySilenceMilliseconds = 4_500;

/** Images of a Docker engine: pulled, built, imported, loaded, saved. */
export class DockerImages {
  readonly #docker: Docker;

  constructor(docker: Docker) {
    this.#docker = docker;
  }

  /** Bytes of an image with all its layers; undefined when it is not there. */
  async size(reference: string): Promise<number | undefined> {
    return guarded("look for an image", async () => {
      try {
        return (await this.#docker.getImage(reference).inspect()).Size;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    });
  }

  async tag(reference: string, name: string): Promise<void> {
    const { repository, tag } = splitReference(name);
    await guarded("name an image", () => this.#docker.getImage(reference).tag({ repo: repository, tag }));
  }

  async list(label: string): Promise<ImageSummary[]> {
    return guarded("list images", async () => {
      const images = await this.#docker.listImages({ filters: { label: [label] } });
      return images.flatMap((image) => {
        const labels = labelsOf(image.Labels);
        return (image.RepoTags ?? []).filter((reference) => reference !== "<none>:<none>").map((reference) => ({ reference, bytes: image.Size, labels }));
      });
    });
  }

  async pull(reference: string, onProgress: (line: string) => void, signal: AbortSignal | undefined): Promise<void> {
    const silence = new AbortController();
    const timer = setTimeout(() => silence.abort(), registrySilenceMilliseconds);
    const both = signal === undefined ? silence.signal : AbortSignal.any([signal, silence.signal]);
    try {
      const stream: unknown = await this.#docker.createImage({ fromImage: reference, abortSignal: both });
      await follow(
        stream,
        (line) => {
          clearTimeout(timer);
          onProgress(line);
        },
        signal,
      );
    } catch (error) {
      throwIfCancelled(signal);
      if (connectionCodeOf(error) !== undefined && !silence.signal.aborted) throw toEngineError(error, "pull an image");
      throw new RempartError("machine.registry-unreachable", `No registry gave ${reference}: ${silence.signal.aborted ? "no answer" : messageOf(error)}`, {
        kind: "machine",
        next: "Connect to the Internet, load an archive with `rempart images --load FILE`, or let Rempart build the image from packages.",
        cause: error,
      });
    } finally {
      clearTimeout(timer);
    }
  }

  async build(context: Readable, options: BuildOptions, onProgress: (line: string) => void, signal: AbortSignal | undefined): Promise<void> {
    const log: string[] = [];
    try {
      const stream: unknown = await this.#docker.buildImage(context, {
        t: options.reference,
        labels: { ...options.labels },
        buildargs: { ...options.buildArguments },
        networkmode: options.network ?? "default",
        forcerm: true,
        ...(signal === undefined ? {} : { abortSignal: signal }),
      });
      await follow(
        stream,
        (line) => {
          log.push(line);
          onProgress(line);
        },
        signal,
      );
    } catch (error) {
      throwIfCancelled(signal);
      if (connectionCodeOf(error) !== undefined) throw toEngineError(error, "build an image");
      throw new RempartError("machine.image-build-failed", `Building ${options.reference} failed: ${messageOf(error)}\n${log.slice(-15).join("\n")}`, {
        kind: "machine",
        next: "Check that the machine reaches its package mirror, then run `rempart doctor --fix` again.",
        cause: error,
      });
    }
  }

  async import(rootfs: Readable, reference: string): Promise<void> {
    const { repository, tag } = splitReference(reference);
    await guarded("import an image", async () => {
      const stream: unknown = await this.#docker.importImage(rootfs, { repo: repository, tag });
      await follow(stream, () => undefined, undefined);
    });
  }

  async load(archive: Readable, onProgress: (line: string) => void): Promise<void> {
    await guarded("load images", async () => {
      const stream: unknown = await this.#docker.loadImage(archive);
      await follow(stream, onProgress, undefined);
    });
  }

  async save(references: readonly string[]): Promise<Readable> {
    return guarded("save images", () => {
      // The client drops the last character of a path that has a query of its own.
      const query = references.map((reference) => `names=${encodeURIComponent(reference)}`).join("&");
      return new Promise<Readable>((resolve, reject) => {
        this.#docker.modem.dial({ path: `/images/get?${query}&`, method: "GET", isStream: true, statusCodes: { 200: true, 404: "no such image", 500: "server error" } }, (error: unknown, stream: unknown) => {
          if (isReadable(stream)) resolve(stream);
          else reject(error instanceof Error ? error : new Error("no stream"));
        });
      });
    });
  }

  async remove(reference: string): Promise<void> {
    await guarded("remove an image", async () => {
      try {
        await this.#docker.getImage(reference).remove();
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    });
  }

  async removeUnnamed(label: string): Promise<void> {
    await guarded("remove what is left of a build", async () => {
      await this.#docker.pruneImages({ filters: { dangling: ["true"], label: [label] } });
    });
  }
}

/** "registry:5000/name:tag" in its two parts; the tag is "latest" when absent. */
function splitReference(reference: string): { repository: string; tag: string } {
  const colon = reference.lastIndexOf(":");
  return colon > reference.lastIndexOf("/") ? { repository: reference.slice(0, colon), tag: reference.slice(colon + 1) } : { repository: reference, tag: "latest" };
}

function isReadable(value: unknown): value is Readable {
  return typeof value === "object" && value !== null && "pipe" in value && typeof value.pipe === "function";
}

function labelsOf(labels: unknown): Record<string, string> {
  const result: Record<string, string> = {};
  if (typeof labels !== "object" || labels === null) return result;
  for (const [name, value] of Object.entries(labels)) result[name] = String(value);
  return result;
}

function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new RempartError("input.cancelled", "Cancelled.", { kind: "input" });
}

/** Follows the engine's progress messages to their end; an `error` among them is thrown. */
async function follow(stream: unknown, onProgress: (line: string) => void, signal: AbortSignal | undefined): Promise<void> {
  if (!isReadable(stream)) return;
  const stop = (): void => void stream.destroy(new Error("cancelled"));
  signal?.addEventListener("abort", stop, { once: true });
  let failure: string | undefined;
  try {
    await readJsonLines(stream, (value) => {
      if (typeof value !== "object" || value === null) return;
      if ("error" in value) failure = String(value.error);
      if ("stream" in value) {
        for (const line of String(value.stream).split("\n")) if (line.trim() !== "") onProgress(line.trimEnd());
      } else if ("status" in value) {
        onProgress([("id" in value ? String(value.id) : ""), String(value.status), "progress" in value ? String(value.progress) : ""].filter((part) => part !== "").join(" "));
      }
    });
  } finally {
    signal?.removeEventListener("abort", stop);
  }
  if (failure !== undefined) throw new Error(failure);
}
