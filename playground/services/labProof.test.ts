import { expect, test } from "vitest";
import { type Look, settledFaults } from "./labProof.ts";

const passed = { fr: "réussit", en: "passed" };
const late = { fr: "échoue", en: "late" };
const good: Look = { wronglyPassed: [], late: [] };
const tooGood: Look = { wronglyPassed: [passed], late: [] };
const slow: Look = { wronglyPassed: [], late: [late] };

/** The faults of a lab that is seen so, and how often it was looked at. */
async function faultsOf(...seen: readonly Look[]): Promise<{ faults: string[]; looks: boolean[] }> {
  const looks: boolean[] = [];
  const faults = await settledFaults(async (isFirst) => {
    looks.push(isFirst);
    const look = seen[looks.length - 1];
    if (look === undefined) throw new Error("one look too many");
    return look;
  });
  return { faults: faults.map(({ en }) => en), looks };
}

test("a lab that is as it should be is looked at once", async () => {
  expect(await faultsOf(good)).toEqual({ faults: [], looks: [true] });
});

test("what should pass and failed is looked at once more, more slowly", async () => {
  expect(await faultsOf(slow, good)).toEqual({ faults: [], looks: [true, false] });
  expect((await faultsOf(slow, slow)).faults).toEqual(["late"]);
});

test("what should fail and passed must fail twice after that", async () => {
  expect(await faultsOf(tooGood, good, good)).toEqual({ faults: [], looks: [true, false, false] });
  expect((await faultsOf(tooGood, tooGood)).faults).toEqual(["passed"]);
  expect((await faultsOf(tooGood, good, tooGood)).faults).toEqual(["passed"]);
});

test("what passed at the second look alone is a fault: nothing excuses it", async () => {
  expect((await faultsOf(slow, tooGood)).faults).toEqual(["passed"]);
});
