import { join } from "node:path";

/** Folder of the labs that were made on this computer, one folder each. No lab has an id that begins so, so it is nobody's workspace. */
export function ownLabsFolder(labsFolder: string): string {
  return join(labsFolder, "_labs");
}
