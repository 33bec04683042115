import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parsePicture, pictureLimit, type Picture } from "../checks/pngPicture.ts";
import { RempartError } from "../model/errors.ts";

/** The pictures that a lab's checks took, one for each check: `pictures/CHECK.png` in the student's folder of the lab. */
export class PictureStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = join(folder, "pictures");
  }

  /** Keeps a picture in place of the one before it; a reader sees one or the other, whole. The check's id is that of a lab that was validated. */
  async keep(check: string, png: Uint8Array): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const temporary = join(this.#folder, `.${randomUUID()}.tmp`);
    try {
      await writeFile(temporary, png, { mode: 0o600 });
      await rename(temporary, this.#path(check));
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  /** The picture of a check, judged anew: the folder is the student's. Throws `check.no-picture`. */
  async read(check: string): Promise<Picture> {
    const picture = parsePicture(await readAtMost(this.#path(check), pictureLimit + 1).catch(() => new Uint8Array()));
    if (!picture) throw new RempartError("check.no-picture", `The check ${check} has no picture.`, { kind: "input", next: "Run the check: it takes one." });
    return picture;
  }

  #path(check: string): string {
    return join(this.#folder, `${check}.png`);
  }
}

async function readAtMost(path: string, bytes: number): Promise<Uint8Array> {
  const handle = await open(path);
  try {
    const buffer = Buffer.alloc(bytes);
    const { bytesRead } = await handle.read(buffer, 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
