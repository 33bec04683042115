import type { Cloud } from "../model/cloud.ts";

/**
 * The first of all those whose clouds are the same for every packet. What differs in record sets, outputs and tags alone is predicted
 * and wired alike, so that looking at it again would show nothing new.
 */
export function distinctForPackets<Entry>(entries: readonly Entry[], cloudOf: (entry: Entry) => Cloud): Entry[] {
  const first = new Map<string, Entry>();
  for (const entry of entries) {
    const seenByPackets = { ...cloudOf(entry), hostedZones: undefined, outputs: undefined, tags: undefined };
    // Addresses are numbers of any size, which JSON does not know.
    const key = JSON.stringify(seenByPackets, (_name, value: unknown) => (typeof value === "bigint" ? `${value}n` : value));
    if (!first.has(key)) first.set(key, entry);
  }
  return [...first.values()];
}
