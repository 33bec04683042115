import { describe, expect, it } from "vitest";
import type { LoadedLab } from "../services/labRuntime.ts";
import { testLab } from "../services/testLab.ts";
import { chosenLabs, needsCluster } from "./chosenLabs.ts";

const lab = (id: string, group: LoadedLab["lab"]["group"], variants: number, startNetwork = testLab.startNetwork): LoadedLab => {
  const broken = Object.fromEntries(Array.from({ length: variants }, (_, index) => [`variant-${index}`, { title: { fr: "", en: "" }, fails: ["one"], commands: [], undo: [] }]));
  return { ...testLab, startNetwork, lab: { ...testLab.lab, id, group, broken } };
};
const labs = [lab("02-two", "dns", 2), lab("03-three", "dns", 1), lab("07-seven", "access", 3), lab("01-one", "access", 3), lab("17-cluster", "cluster", 0, "clusters: { main: { subnet: a } }\n")];
const idsOf = (chosen?: string): string[] => chosenLabs(labs, chosen).map((loaded) => loaded.lab.id);

describe("the labs that a run of the tests proves", () => {
  it("are the one of each family with the fewest variants, the first of several such, all, or those named", () => {
    expect(idsOf("")).toEqual(["03-three", "01-one"]);
    expect(idsOf("all")).toEqual(["02-two", "03-three", "07-seven", "01-one"]);
    expect(idsOf("01-one,02-two")).toEqual(["02-two", "01-one"]);
  });

  it("need a cluster only when they are asked for by that word, or by their id", () => {
    expect(idsOf("cluster")).toEqual(["17-cluster"]);
    expect(idsOf("17-cluster,01-one")).toEqual(["01-one", "17-cluster"]);
  });

  it("are told apart by what their network holds", () => {
    expect(["", "clusters:\n", "clusters: {}\n", "vpcs: { foo: {} }\n"].filter((startNetwork) => needsCluster({ startNetwork }))).toEqual([]);
  });

  it("are never none because of a slip", () => {
    expect(() => idsOf("01-one,04-four")).toThrow("04-four");
  });
});
