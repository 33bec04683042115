import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { placeOf } from "./longestFirst.ts";

const services = fileURLToPath(new URL("../services/", import.meta.url));

it("puts the proof of the labs before all, and what is not known to be long last", () => {
  const files = ["ids.test.ts", "lifecycle.integration.test.ts", "labSuite.integration.test.ts", "dnsLab.integration.test.ts"].map((name) => `${services}${name}`);
  const inOrder = [...files].sort((a, b) => placeOf(a) - placeOf(b)).map((file) => file.slice(services.length));
  expect(inOrder).toEqual(["labSuite.integration.test.ts", "lifecycle.integration.test.ts", "ids.test.ts", "dnsLab.integration.test.ts"]);
});

it("knows only files that are there", () => {
  const known = ["labSuite", "predictionAgrees", "isolation", "lifecycle", "loadBalancers", "liveRepair"];
  for (const [place, name] of known.entries()) {
    const file = `${services}${name}.integration.test.ts`;
    expect(existsSync(file), file).toBe(true);
    expect(placeOf(file)).toBe(place);
  }
});
