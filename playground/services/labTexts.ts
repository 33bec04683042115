import { fillValues } from "../model/variants.ts";
import type { LoadedLab } from "./labRuntime.ts";
import { readLabFile } from "./safeLabFile.ts";

/** A text of a lab's folder with the values of the student's variant put in. Undefined when it is not there; throws what `readLabFile` throws. */
export async function readLabText(loaded: LoadedLab, path: string): Promise<string | undefined> {
  const text = await readLabFile(loaded.folder, path);
  return text === undefined ? undefined : fillValues(text, loaded.values ?? {});
}
