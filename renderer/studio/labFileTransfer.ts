import type { OwnLab } from "../../playground/contract/authorContract.ts";
import type { RempartClient } from "../../playground/contract/contract.ts";
import { RempartError } from "../../playground/model/errors.ts";
import { bytesOf, saveFile } from "../files/saveFile.ts";

/** A lab's file is text, packed; nothing larger is even read. */
const largestBytes = 2_600_000;

/** Hands a lab to the reader as one file, through the browser's own saving. */
export async function saveLabFile(client: RempartClient, lab: string): Promise<void> {
  const { name, data } = await client.call("studio.pack", { lab });
  saveFile(name, new Blob([bytesOf(data)], { type: "application/gzip" }));
}

/** Takes a lab from a file. Throws `input.lab-file-too-large`, and what the engine says of it. */
export async function takeLabFile(client: RempartClient, file: File): Promise<OwnLab> {
  if (file.size > largestBytes) throw new RempartError("input.lab-file-too-large", `${file.name} is larger than ${largestBytes} bytes.`, { kind: "input", kept: "Nothing was written." });
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return client.call("studio.unpack", { data: btoa(text) });
}
