import { describe, expect, it } from "vitest";
import { diffPrograms, emptyProgram, feasiblePart, type FabricChange } from "../fabric/diff.ts";
import { observationText } from "../fabric/fakeObservation.ts";
import type { FabricProgram } from "../fabric/fabricProgram.ts";
import { parseObservation, repairOf } from "../fabric/observe.ts";
import { compileFabric } from "../fabric/compile.ts";
import { labCloud } from "../fabric/testPrograms.ts";
import { RempartError } from "../model/errors.ts";
import { fabricNode } from "./containerSpecs.ts";
import { leftStopped, mended, notMended, removedOutside, unfinished } from "./findings.ts";

const program = compileFabric(labCloud("07-route-tables-gateways", "solution/network.yml"));
const nobody: ReadonlySet<string> = new Set();
const at = new Date(2024, 0, 1, 9, 5, 7);
const digests = new Map([...parseObservation(observationText(program)).namespaces].map(([name, entry]) => [name, entry.rulesetDigest]));

/** The repair of a system that is `running` instead of the program. */
const repairFrom = (running: FabricProgram): FabricChange => repairOf(program, parseObservation(observationText(running)), digests, { ownLinks: nobody });
const told = (change: FabricChange, died = nobody): string[] => {
  const text = mended(at, died, { anew: false, change });
  return text ? [text.fr, text.en] : [];
};
const inNamespace = (name: string, change: (entry: FabricProgram["namespaces"][number]) => Partial<FabricProgram["namespaces"][number]>): FabricProgram => ({
  ...program,
  namespaces: program.namespaces.map((entry) => (entry.name === name ? { ...entry, ...change(entry) } : entry)),
});
const withoutLink = (id: string): FabricProgram => ({ ...program, links: program.links.filter((link) => link.id !== id) });

describe("what was mended", () => {
  it("is nothing where nothing was", () => {
    expect(told(repairFrom(program))).toEqual([]);
    expect(mended(at, nobody, { anew: false, change: undefined })).toBeUndefined();
  });

  it.each([
    ["a machine's cable", withoutLink("private-instance:eth0"), "câble de private-instance", "cable of private-instance"],
    ["the link to the Internet", withoutLink("igw-foo"), "lien de foo vers Internet", "link from foo to the Internet"],
    ["a peering's link", withoutLink("pcx-foo-bar"), "lien d’appairage foo-bar", "link of peering foo-bar"],
    ["a NAT gateway's link", withoutLink("nat-foo-nat"), "lien de la passerelle NAT foo-nat", "link of NAT gateway foo-nat"],
    ["a route", inNamespace("vpc-foo", (entry) => ({ routes: entry.routes.filter((route) => route.destination !== "203.0.113.90/32") })), "route 203.0.113.90/32 du routeur de foo", "route 203.0.113.90/32 of the router of foo"],
    ["many routes", inNamespace("vpc-foo", (entry) => ({ routes: entry.routes.filter((route) => route.table !== 102) })), "4 routes du routeur de foo", "4 routes of the router of foo"],
    ["a route too many", inNamespace("inet", (entry) => ({ routes: [...entry.routes, { table: 254, destination: "192.0.2.0/24", kind: "blackhole", device: undefined, via: undefined }] })), "route 192.0.2.0/24 en trop dans l’Internet du lab", "route 192.0.2.0/24 too many in the lab's Internet"],
    ["a routing rule", inNamespace("vpc-bar", (entry) => ({ rules: entry.rules.slice(1) })), "règles de routage du routeur de bar", "routing rules of the router of bar"],
    ["a filter", inNamespace("nat-foo-nat", () => ({ ruleset: "" })), "filtre de la passerelle NAT foo-nat", "filter of NAT gateway foo-nat"],
    ["a router's address", inNamespace("vpc-foo", (entry) => ({ localAddresses: entry.localAddresses.slice(1) })), "adresses du routeur de foo", "addresses of the router of foo"],
  ] as const)("names %s in both languages, with the time", (_, running, fr, en) => {
    expect(told(repairFrom(running))).toEqual([`09:05:07 : réparé : ${fr}.`, `09:05:07: mended: ${en}.`]);
  });

  it("tells of a machine that died and not of what went with it", () => {
    const change = diffPrograms(program, program, new Set(["proxy"]));
    expect(told(change, new Set(["proxy"]))).toEqual(["09:05:07 : réparé : proxy (arrêtée, redémarrée, recâblée).", "09:05:07: mended: proxy (stopped, started, wired again)."]);
    // While it is not back, nothing of it was mended.
    expect(told(feasiblePart(change, (node) => node !== "proxy"))).toEqual([]);
  });

  it("tells of a router that was made again as a whole", () => {
    const [fr, en] = told({ ...diffPrograms(emptyProgram, { ...program, namespaces: program.namespaces.filter((entry) => entry.name === "vpc-bar"), links: [], nodes: [] }) });
    expect([fr, en]).toEqual(["09:05:07 : réparé : tout dans le routeur de bar.", "09:05:07: mended: all in the router of bar."]);
  });

  it("tells of a wiring that was made anew", () => {
    expect(mended(at, new Set([fabricNode]), { anew: true, change: undefined })).toEqual({ fr: "09:05:07 : réparé : tout le câblage.", en: "09:05:07: mended: all of the wiring." });
  });
});

describe("what is not as it should be", () => {
  it("is said in both languages, with the machine and what to do", () => {
    const broken = new RempartError("fabric.script-failed", "the lab's network could not be changed: RTNETLINK", { next: "run the command again" });
    for (const text of [unfinished("my-lab"), removedOutside("server", "my-lab")]) {
      expect(text.fr).toContain("rempart up my-lab");
      expect(text.en).toContain("rempart up my-lab");
    }
    expect(leftStopped("server", 4, 30)).toEqual({ fr: "server : arrêt 4 fois en 30 s, laissé à l’arrêt.", en: "server: stopped 4 times in 30 s, left stopped." });
    expect(notMended(fabricNode, broken).en).toBe("Wiring: The lab's network could not be changed: RTNETLINK. Run the command again.");
    expect(notMended(fabricNode, broken).fr).toMatch(/^Câblage : Le réseau du lab n’a pas pu être modifié\. .*RTNETLINK/);
    expect(notMended("server", new Error("no")).en).toContain("server: ");
  });
});
