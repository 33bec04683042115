import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files of tests that take minutes, the longest first: one that began last would have all the rest wait for it. */
const longest = ["labSuite", "predictionAgrees", "isolation", "lifecycle", "loadBalancers", "liveRepair"].map((name) => `/${name}.integration.test.ts`);

/** The place of a file in the order of a run: long ones by their length, all others after them, as they come. */
export function placeOf(file: string): number {
  const place = longest.findIndex((ending) => file.endsWith(ending));
  return place === -1 ? longest.length : place;
}

/** The order in which vitest runs files: its own, by their size or by how long they took last time, but with those first that are known to be long. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [...sorted].sort((a, b) => placeOf(a.moduleId) - placeOf(b.moduleId));
  }
}
