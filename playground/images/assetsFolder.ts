import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The folder `assets` of this installation: beside the sources in a checkout (whether run from the sources or from the
 * build in `out/`), in the resources of the packaged app.
 */
export function assetsFolder(): string {
  const starts = [dirname(fileURLToPath(import.meta.url)), ...("resourcesPath" in process && typeof process.resourcesPath === "string" ? [process.resourcesPath] : [])];
  for (const start of starts) {
    for (let folder = start; ; folder = dirname(folder)) {
      if (existsSync(join(folder, "assets", "images"))) return join(folder, "assets");
      if (dirname(folder) === folder) break;
    }
  }
  throw new Error("the folder assets/ of Rempart is missing");
}
