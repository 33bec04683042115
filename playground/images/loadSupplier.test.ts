import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeEngine } from "../engine/fakeEngine.ts";
import { readText } from "../engine/streams.ts";
import { imageReference } from "./catalogue.ts";
import { ensureImage } from "./ensureImage.ts";
import { loadArchive, loadBundled, saveArchive } from "./loadSupplier.ts";

/** An engine whose archive is a list of references, one a line. */
class Archiving extends FakeEngine {
  override async saveImages(references: readonly string[] = []): Promise<Readable> {
    return Readable.from([references.join("\n")]);
  }

  override async loadImages(archive: Readable): Promise<void> {
    for (const reference of (await readText(archive)).split("\n")) this.images.set(reference, { reference, bytes: 1, labels: {} });
  }
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rempart-archive-"));
  // In place of the program, which a machine may lack: its first four bytes, and the rest as it is.
  writeFileSync(join(folder, "zstd"), "#!/bin/sh\ncase \" $* \" in *' -d '*) exec tail -c +5 ;; *) printf '\\050\\265\\057\\375'; exec cat ;; esac\n");
  chmodSync(join(folder, "zstd"), 0o755);
  vi.stubEnv("PATH", `${folder}:${process.env["PATH"] ?? ""}`);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test("an archive that was packed is unpacked, whatever its name; its index says what is in it", async () => {
  const names = ["curl:1", "kubernetes-node"] as const;
  const archive = join(folder, "images.tar.zst");
  const saved = await saveArchive(new Archiving(names.map(imageReference)), archive);
  expect(saved.map((image) => image.name).sort()).toEqual([...names].sort());
  expect(readFileSync(archive).subarray(0, 4)).toEqual(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]));
  expect(JSON.parse(readFileSync(`${archive}.index.json`, "utf8"))).toEqual({ images: saved });
  const engine = new Archiving();
  await loadArchive(engine, archive, () => undefined);
  expect([...engine.images.keys()].sort()).toEqual(names.map(imageReference).sort());
  expect(existsSync(`${archive}.partial`)).toBe(false);
});

test("an image that is missing is loaded from the archive of the package before anybody is asked or anything is built", async () => {
  const archive = join(folder, "bundle.tar.zst");
  await saveArchive(new Archiving([imageReference("kubernetes-node")]), archive);
  vi.stubEnv("REMPART_IMAGES_ARCHIVE", archive);
  const engine = new Archiving();
  expect(await ensureImage(engine, "kubernetes-node", () => undefined)).toBe(imageReference("kubernetes-node"));
  expect([...engine.images.keys()]).toEqual([imageReference("kubernetes-node")]);
  expect(await loadBundled(engine, "curl:1", () => undefined)).toBe(false);
});

test("an archive of another version of Rempart is left alone", async () => {
  const archive = join(folder, "bundle.tar");
  writeFileSync(`${archive}.index.json`, JSON.stringify({ images: [{ name: "curl:1", reference: "rempart/curl-1:000000000000", bytes: 1 }] }));
  expect(await loadBundled(new Archiving(), "curl:1", () => undefined, archive)).toBe(false);
});

test("without the program, a packed archive says what is missing", async () => {
  const archive = join(folder, "images.tar.zst");
  writeFileSync(archive, Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0]));
  vi.stubEnv("PATH", join(folder, "empty"));
  await expect(loadArchive(new Archiving(), archive, () => undefined)).rejects.toMatchObject({ code: "machine.no-zstd" });
});
