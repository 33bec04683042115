import { PassThrough, type Readable } from "node:stream";
import { RempartError } from "../model/errors.ts";
import type { BuildOptions, ImageSummary } from "./containerEngine.ts";

/** The images of the fake engine, by name. No registry answers it. */
export class FakeImages {
  readonly images = new Map<string, ImageSummary>();
  /** Set to have every call fail as if the engine were gone. */
  unreachable = false;

  constructor(images: readonly string[]) {
    for (const reference of images) this.#add(reference);
  }

  async imageSize(reference: string): Promise<number | undefined> {
    return this.images.get(reference)?.bytes;
  }

  async imageExists(reference: string): Promise<boolean> {
    this.reach();
    return this.images.has(reference);
  }

  /** `label` is a name or "name=value". */
  async listImages(label: string): Promise<ImageSummary[]> {
    const [name = "", value] = label.split("=");
    return [...this.images.values()].filter((image) => name in image.labels && (value === undefined || image.labels[name] === value));
  }

  async pullImage(reference: string): Promise<void> {
    throw new RempartError("machine.registry-unreachable", `no registry gave ${reference}`, { kind: "machine" });
  }

  async buildImage(context: Readable, options: BuildOptions, onProgress: (line: string) => void): Promise<void> {
    context.resume();
    onProgress(`built ${options.reference}`);
    this.#add(options.reference, options.labels);
  }

  async importImage(rootfs: Readable, reference: string): Promise<void> {
    rootfs.resume();
    this.#add(reference);
  }

  async loadImages(archive: Readable): Promise<void> {
    archive.resume();
  }

  async saveImages(): Promise<Readable> {
    return new PassThrough().end();
  }

  async tagImage(reference: string, name: string): Promise<void> {
    this.#add(name, this.images.get(reference)?.labels);
  }

  async removeImage(reference: string): Promise<void> {
    this.images.delete(reference);
  }

  async removeUnnamedImages(): Promise<void> {
    // Every image here has a name.
  }

  #add(reference: string, labels: Readonly<Record<string, string>> = {}): void {
    this.images.set(reference, { reference, bytes: 1_000_000, labels });
  }

  /** Throws where the engine is gone. */
  protected reach(): void {
    if (this.unreachable) throw new RempartError("machine.engine-unreachable", "The container engine does not answer.", { kind: "machine" });
  }
}
