import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Writes JSON so that a reader sees the old file or the new one, never half of one; only this user may read it.
 * Makes the folder if need be.
 */
export async function writeJsonFile(path: string, value: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/**
 * Reads JSON and lets `parse` judge it. Undefined when there is no file. A file that is not JSON or that `parse` refuses is
 * kept aside as `….corrupt` for whoever wants to look, and undefined is returned: nothing a user once chose is overwritten.
 */
export async function readJsonFile<Value>(path: string, parse: (value: unknown) => Value): Promise<Value | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  try {
    return parse(JSON.parse(text));
  } catch {
    await rename(path, `${path}.corrupt`);
    return undefined;
  }
}
