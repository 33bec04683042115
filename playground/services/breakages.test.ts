import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compileFabric } from "../fabric/compile.ts";
import { assetText, labCloud } from "../fabric/testPrograms.ts";
import { applyBreakages, statementOf } from "../model/applyBreakages.ts";
import { breakageId, type BreakageOffer } from "../model/breakage.ts";
import type { Cloud } from "../model/cloud.ts";
import { drawDrill } from "../model/drawDrill.ts";
import { hostedZoneText } from "../model/hostedZoneFiles.ts";
import type { Lab } from "../model/lab.ts";
import { parseLabFile } from "../model/labFile.ts";
import { offerBreakages } from "../model/offerBreakages.ts";
import { predictPath } from "../model/packetPath.ts";

const labsFolder = new URL("../../assets/labs/", import.meta.url).pathname;
const labs = readdirSync(labsFolder).filter((name) => /^\d\d-/.test(name)).sort();
/** A lab with the network that solves its last step. */
const solved = (id: string): { lab: Lab; cloud: Cloud } => {
  const { lab } = parseLabFile(assetText(id, "lab.yml"));
  if (!lab) throw new Error(`${id} does not parse`);
  const last = lab.steps.flatMap(({ solve }) => solve?.network ?? []).at(-1) ?? "network.yml";
  return { lab, cloud: labCloud(id, last) };
};
const zonesOf = (cloud: Cloud): string => cloud.hostedZones.map((zone) => hostedZoneText(cloud, zone)).join();

describe.each(labs)("what can be broken in %s", (id) => {
  const { lab, cloud } = solved(id);
  const offers = offerBreakages(lab, cloud);

  it("is something, each thing once, and each makes a difference that somebody meets", () => {
    expect(offers.length).toBeGreaterThan(0);
    expect(new Set(offers.map((offer) => offer.id)).size).toBe(offers.length);
    for (const offer of offers) expect(differenceOf(lab, cloud, offer), offer.id).toBe("felt");
  });

  it("is written by the student, and leaves the machines' own making alone", () => {
    for (const offer of offers) {
      expect(statementOf(cloud, offer), offer.id).toBeTypeOf("string");
      const broken = applyBreakages(cloud, [offer]);
      expect(broken.nodes.map((node) => ({ ...node, isStopped: undefined })), offer.id).toEqual(cloud.nodes);
      // Another decoy is as good: nobody poisons the same record twice.
      if (offer.fault !== "poison") expect(applyBreakages(broken, [offer]), `${offer.id}, twice`).toEqual(broken);
    }
  });
});

/** What somebody meets when it is broken: a connection that fails, another zone, a check that fails, or packets that are lost. */
function differenceOf(lab: Lab, cloud: Cloud, offer: BreakageOffer): "felt" | "nothing" {
  const broken = applyBreakages(cloud, [offer]);
  if (offer.fault === "prepared") return lab.checks.some(({ id }) => id === offer.check) ? "felt" : "nothing";
  if (offer.fault === "impair") return (offer.lossPercent ?? 0) > 0 && compileFabric(cloud).links.some((link) => link.id === `${offer.target[0]}:eth0`) ? "felt" : "nothing";
  if (offer.fault === "poison") return zonesOf(broken) === zonesOf(cloud) ? "nothing" : "felt";
  if (!offer.path || predictPath(cloud, offer.path).verdict !== "open" || predictPath(broken, offer.path).verdict === "open") return "nothing";
  // Whoever is switched off is no matter of the wiring: it is as it was, for the time when the machine runs again.
  const isRewired = JSON.stringify(compileFabric(broken)) !== JSON.stringify(compileFabric(cloud));
  return isRewired === (offer.fault !== "kill") ? "felt" : "nothing";
}

describe("a drill", () => {
  const { lab, cloud } = solved("24-full-architecture");
  const offers = offerBreakages(lab, cloud);
  const drawn = (seed: string, difficulty: number): string[] => drawDrill(offers, seed, difficulty).map(breakageId);

  it("is the same for the same seed, and others for other seeds", () => {
    const seeds = Array.from({ length: 40 }, (_, seed) => String(seed));
    for (const seed of seeds) expect(drawn(seed, 2)).toEqual(drawn(seed, 2));
    expect(new Set(seeds.map((seed) => drawn(seed, 2).join())).size).toBeGreaterThan(12);
    expect(new Set(seeds.flatMap((seed) => drawDrill(offers, seed, 2).map(({ fault }) => fault))).size).toBeGreaterThanOrEqual(5);
  });

  it("has one simple fault for beginners, and two of two kinds in two places at the most difficult", () => {
    for (let seed = 0; seed < 40; seed++) {
      const [only, ...others] = drawDrill(offers, String(seed), 1);
      expect(others).toEqual([]);
      expect(["drop-route", "close-port", "kill"]).toContain(only?.fault);
      const [first, second] = drawDrill(offers, String(seed), 3);
      expect(first?.fault).not.toBe(second?.fault);
      expect(first?.target[0]).not.toBe(second?.target[0]);
    }
  });

  it("is none where nothing can be broken", () => {
    expect(drawDrill([], "1", 1)).toEqual([]);
  });
});

describe("what is broken", () => {
  const { cloud } = solved("07-route-tables-gateways");

  it("ends when the student writes it anew, and not when they write something else", () => {
    const other = labCloud("07-route-tables-gateways", "network.yml");
    const statements = (of: Cloud) => (["foo-private 0.0.0.0/0", "bar-private 10.0.0.0/16", "foo-private 10.9.0.0/16"] as const).map((words) => statementOf(of, { fault: "drop-route", target: words.split(" ") }));
    expect(statements(cloud)).toEqual(["0.0.0.0/0 -> foo-nat", "10.0.0.0/16 -> foo-bar", undefined]);
    expect(statements(other)).not.toEqual(statements(cloud));
  });

  it("is never the route that comes with the VPC", () => {
    const target = ["foo-private", "10.0.0.0/16"];
    expect(applyBreakages(cloud, [{ fault: "drop-route", target }])).toEqual(cloud);
    expect(statementOf(cloud, { fault: "drop-route", target })).toBeUndefined();
  });
});
