import { createHash } from "node:crypto";

/** A PNG that may be shown: whole, small, and nothing in it but the image. */
export interface Picture {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** SHA-256 in hexadecimal. */
  readonly digest: string;
}

/** No picture is larger, in bytes. */
export const pictureLimit = 300_000;
/** No picture is wider or higher, in pixels: a small file can hold a large image. */
const longestSide = 4096;

const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Chunks that make the image; texts, colour profiles, times and everything else are left out. */
const imageChunks = new Set(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]);

/**
 * Judges bytes that a machine of a lab calls a PNG. They come from where a student is root: only what begins and ends as a
 * PNG, is of at most 300 kB and 4096 × 4096 pixels, and is whole is taken, without its metadata. Undefined for anything else.
 */
export function parsePicture(bytes: Uint8Array): Picture | undefined {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (data.length > pictureLimit || !data.subarray(0, magic.length).equals(magic)) return undefined;
  const kept: Buffer[] = [magic];
  const kinds: string[] = [];
  let offset = magic.length;
  while (offset < data.length && kinds.at(-1) !== "IEND") {
    if (offset + 12 > data.length) return undefined;
    const end = offset + 12 + data.readUInt32BE(offset);
    if (end > data.length) return undefined;
    const kind = data.toString("latin1", offset + 4, offset + 8);
    kinds.push(kind);
    if (imageChunks.has(kind)) kept.push(data.subarray(offset, end));
    offset = end;
  }
  if (kinds[0] !== "IHDR" || !kinds.includes("IDAT") || kinds.at(-1) !== "IEND" || data.readUInt32BE(magic.length) !== 13) return undefined;
  const width = data.readUInt32BE(magic.length + 8);
  const height = data.readUInt32BE(magic.length + 12);
  if (width < 1 || height < 1 || width > longestSide || height > longestSide) return undefined;
  const png = Buffer.concat(kept);
  return { png, width, height, digest: createHash("sha256").update(png).digest("hex") };
}
