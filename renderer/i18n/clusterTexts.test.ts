import { expect, it } from "vitest";
import { clusterEn } from "./cluster.en.ts";
import { clusterFr } from "./cluster.fr.ts";
import type { ClusterKey } from "./clusterTexts.ts";

const placeholders = (text: string) => [...new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1]))].sort();

it("has the same values in both languages", () => {
  for (const key of Object.keys(clusterFr) as ClusterKey[]) expect(placeholders(clusterFr[key]), key).toEqual(placeholders(clusterEn[key]));
});
