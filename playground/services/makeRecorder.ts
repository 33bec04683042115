import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { AttemptRecorder } from "./attemptRecorder.ts";
import { digestOfLab } from "./labDigest.ts";
import type { LabRegistry } from "./labRegistry.ts";
import type { RempartPaths } from "./paths.ts";
import { makeScrub, personalOf } from "./scrub.ts";
import type { SettingsStore } from "./settingsStore.ts";

/** The version in the application's package.json. */
export async function versionOf(applicationRoot: string): Promise<string> {
  return (JSON.parse(await readFile(join(applicationRoot, "package.json"), "utf8")) as { version: string }).version;
}

/** The recorder of this installation's labs. */
export function makeRecorder({ registry, paths, settings }: { readonly registry: LabRegistry; readonly paths: RempartPaths; readonly settings: SettingsStore }): AttemptRecorder {
  const personal = personalOf(paths.labs);
  return new AttemptRecorder({
    folderOf: (lab) => join(paths.labs, lab),
    startOf: async (id) => {
      const [loaded, { language }, rempart] = await Promise.all([registry.get(id), settings.get(), versionOf(paths.applicationRoot)]);
      return { lab: { id, digest: await digestOfLab(loaded.folder) }, rempart, platform: `${process.platform} ${process.arch}`, language: language ?? "fr", seed: loaded.seed ?? null };
    },
    // What the lab is called and made of is not the student's name, even where it is the same word.
    scrubOf: async (id) => {
      const { lab, startNetwork } = await registry.get(id);
      return makeScrub(personal, `${JSON.stringify(lab)}\n${startNetwork}`);
    },
  });
}
