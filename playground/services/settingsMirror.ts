import { checkedMirror, environmentMirror, type MirrorSource } from "../images/mirrorSource.ts";
import type { SettingsStore } from "./settingsStore.ts";

/** The mirror of this run: what the environment names, else what the settings say at the moment when something is pulled. */
export function mirrorOf(settings: SettingsStore): MirrorSource {
  return async () => (await environmentMirror()) ?? checkedMirror((await settings.get()).registryMirror ?? "", "registryMirror", settings.file);
}
