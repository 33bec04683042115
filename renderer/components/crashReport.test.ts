import { expect, it } from "vitest";
import { crashReport } from "./crashReport.ts";

const at = new Date("2031-02-03T04:05:06Z");
const error = Object.assign(new Error("no such box"), { stack: "Error: no such box\n    at drawBox (scene.js:3:1)" });
const crash = { error, components: "\n    at TopologyView\n    at LabScreen", place: "#/lab/07", browser: "Chromium 140", at };

it("says when, where, in which browser, with which stack and components", () => {
  expect(crashReport(crash)).toBe("Rempart's window stopped at 2031-02-03T04:05:06.000Z, at #/lab/07\n\nChromium 140\n\nError: no such box\n    at drawBox (scene.js:3:1)\n\nComponents:\nat TopologyView\n    at LabScreen");
});

it("names the error where the stack does not, and says it once where it does", () => {
  expect(crashReport({ ...crash, error: Object.assign(new Error("gone"), { stack: "drawBox@scene.js:3:1" }) })).toContain("Error: gone\ndrawBox@");
  expect(crashReport(crash).split("no such box")).toHaveLength(2);
});

it("can be made before the components are known, and from the first screen", () => {
  const text = crashReport({ ...crash, components: undefined, place: "" });
  expect(text).not.toContain("Components");
  expect(text).toContain("at #/\n");
});

it("stays short enough for a form", () => {
  expect(crashReport({ ...crash, components: "x".repeat(100_000) }).length).toBeLessThanOrEqual(20_000);
});
