import { expect, it } from "vitest";
import type { LabSummary } from "../../playground/contract/contract.ts";
import { chooseNextLab, groupLabs, labNumber, standingOf } from "./nextLab.ts";

const text = { fr: "x", en: "x" };
const lab = (id: string, rest: Partial<LabSummary> = {}): LabSummary => ({
  id, title: text, summary: text, group: "private-networks", minutes: 30, memoryMegabytes: 100, buildsOn: [], phase: "stopped", passedChecks: 0, totalChecks: 5, nodeCount: 3, ...rest,
});
const done = { passedChecks: 5 };

it("goes on with a running lab, then with a begun one", () => {
  expect(chooseNextLab([lab("06"), lab("07", { passedChecks: 2 }), lab("08", { phase: "running" })])?.id).toBe("08");
  expect(chooseNextLab([lab("06"), lab("07", { passedChecks: 2 })])?.id).toBe("07");
});

it("takes the first lab whose foundations are done or absent", () => {
  expect(chooseNextLab([lab("06", done), lab("08", { group: "access", buildsOn: ["06"] }), lab("09", { group: "access" })])?.id).toBe("08");
  expect(chooseNextLab([lab("07", { buildsOn: ["06"] }), lab("06", { group: "access" })])?.id).toBe("06");
  expect(chooseNextLab([lab("07", { buildsOn: ["elsewhere"] })])?.id).toBe("07");
});

it("has nothing to offer when all is done", () => {
  expect(chooseNextLab([lab("06", done), lab("07", { ...done, phase: "running" })])).toBeUndefined();
});

it("groups in the course's order", () => {
  expect(groupLabs([lab("08", { group: "access" }), lab("07"), lab("06"), lab("01", { group: "physical" })]).map((entry) => [entry.group, entry.labs.map((one) => one.id)])).toEqual([
    ["physical", ["01"]],
    ["private-networks", ["06", "07"]],
    ["access", ["08"]],
  ]);
});

it("tells where the student stands", () => {
  expect([lab("a"), lab("a", { passedChecks: 1 }), lab("a", done), lab("a", { totalChecks: 0 })].map(standingOf)).toEqual(["none", "some", "done", "none"]);
  expect(labNumber("07-route-tables")).toBe("07");
  expect(labNumber("my-lab")).toBeUndefined();
});
