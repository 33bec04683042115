import { describe, expect, it } from "vitest";
import { exposureAt } from "../../playground/model/exposure.ts";
import { fakeExposure } from "../dev/fakeObservations.ts";
import { exposureTexts } from "../i18n/exposureTexts.ts";
import { exposureEn } from "../i18n/exposure.en.ts";
import { exposureFr } from "../i18n/exposure.fr.ts";
import { createTranslate } from "../i18n/translate.tsx";
import { buildScene, type SceneView } from "../../playground/picture/buildScene.ts";
import { describeExposure, exposureCount } from "./describeExposure.ts";
import { badgeLook, badgeRoom, portTexts } from "../../playground/picture/exposureBadges.ts";
import { exportSvg } from "../../playground/picture/exportSvg.ts";
import { layoutTopology } from "../../playground/picture/layout.ts";
import { sizes } from "../../playground/picture/layoutTypes.ts";
import { fakeTopology } from "../dev/fakeLab.ts";
import { colorNames, estimateRun, placeBadge, type BadgeShape, type Palette } from "../../playground/picture/scene.ts";

const exposure = fakeExposure("stranger");
const layout = layoutTopology(fakeTopology);
const view: SceneView = { states: new Map(), selected: undefined, hovered: undefined, marked: new Set(), path: undefined, dimmed: false, exposure, texts: { internetGateway: "Internet gateway", resolver: "", publicSubnet: "public", privateSubnet: "private", zone: String, folded: String, running: String, more: String } };
const badges = (from = exposure): BadgeShape[] => buildScene(fakeTopology, layout, { ...view, exposure: from }).shapes.filter((shape) => shape.kind === "badge");

describe("badges", () => {
  it("stand at the machines that were asked, and at their public addresses; nowhere without a scan", () => {
    // bastion, nat-foo and whoami; and the two public addresses at the gateway.
    expect(badges()).toHaveLength(5);
    expect(badges().filter((badge) => badge.texts[0] === "22")).toHaveLength(2);
    expect(buildScene(fakeTopology, layout, { ...view, exposure: undefined }).shapes.some((shape) => shape.kind === "badge")).toBe(false);
  });

  it("stay within what belongs to their machine, at its own size and enlarged", () => {
    const many = { ...exposure, addresses: exposure.addresses.map((one) => ({ ...one, rows: [22, 80, 443, 3128, 5432, 8080].map((port) => ({ protocol: "tcp" as const, ports: String(port), count: 1, state: "open" as const, reason: "syn-ack" })) })) };
    for (const node of layout.nodes.filter((placed) => placed.shape === "square")) {
      const [badge] = badges(many).filter((shape) => shape.bottom === node.y + sizes.node / 2 + 4 && Math.abs(shape.x - node.x) < sizes.node);
      if (badge === undefined) continue;
      for (const size of [12, 18]) {
        const placed = placeBadge(badge, size);
        expect(placed, node.id).toBeDefined();
        expect(placed!.width).toBeLessThanOrEqual(node.labelSide === "right" ? sizes.node + 28 : node.pitch);
        // Its lower edge keeps clear of the name, its text stays inside.
        expect(placed!.y + placed!.height).toBeLessThanOrEqual(node.y + 25);
        expect(placed!.textX + estimateRun({ text: placed!.text, color: "text", mono: true }, size)).toBeLessThan(placed!.x + placed!.width);
      }
    }
  });

  it("at a gateway reach over its VPC's edge, but never to the next gateway", () => {
    const gateway = layout.nodes.find((node) => node.shape === "circle")!;
    const x = gateway.x + 24;
    expect(badgeRoom(layout, gateway, x)).toBe(gateway.labelWidth + 120);
    const crowded = { ...layout, nodes: [...layout.nodes, { ...gateway, id: "other", x: gateway.x + 200 }] };
    expect(badgeRoom(crowded, gateway, x)).toBe(200 - 24 - sizes.gateway);
    const narrow = layoutTopology({ boxes: fakeTopology.boxes.filter((box) => ["internet", "vpc-foo", "foo-public"].includes(box.id)), nodes: fakeTopology.nodes.filter((node) => ["igw-foo", "bastion", "stranger"].includes(node.id)), edges: [] });
    const scene = buildScene(fakeTopology, narrow, view);
    const badge = scene.shapes.find((shape) => shape.kind === "badge" && shape.after !== undefined) as BadgeShape;
    const placed = placeBadge(badge, 12)!;
    expect(scene.width).toBeGreaterThanOrEqual(placed.x + placed.width);
  });

  it("say the same shorter and shorter", () => {
    expect(portTexts(["22", "80", "5432"])).toEqual(["22 · 80 · 5432", "22 · 80 +1", "22 +2", "+3"]);
    expect(portTexts([])).toEqual([]);
    const badge: BadgeShape = { ...badgeLook({ open: ["22", "80", "5432"], differing: 0 }, false), x: 0, bottom: 0, anchor: "middle", maxWidth: 60 };
    expect(placeBadge(badge, 12)?.text).toBe("22 +2");
    expect(placeBadge({ ...badge, maxWidth: 10 }, 12)).toBeUndefined();
  });

  it("never tell a state by colour alone", () => {
    const open = { open: ["22"], differing: 0 };
    const looks = [badgeLook(open, false), badgeLook({ open: [], differing: 0 }, false), badgeLook({ ...open, differing: 1 }, false), badgeLook(open, true), badgeLook({ open: [], differing: 0 }, true)];
    expect(new Set(looks.map((look) => JSON.stringify([look.texts, look.sign, look.dash]))).size).toBe(looks.length);
  });

  it("are in the exported picture", () => {
    const svg = exportSvg(buildScene(fakeTopology, layout, view), Object.fromEntries(colorNames.map((name) => [name, "#123456"])) as Palette, "lab");
    expect(svg.match(/>22</g)).toHaveLength(2);
  });
});

describe("words", () => {
  const [french, english] = [createTranslate(exposureTexts, "fr"), createTranslate(exposureTexts, "en")];
  it("say what a scan found at a machine, at a gateway and nowhere else", () => {
    expect(describeExposure(exposure, "bastion", english)).toBe("Seen from stranger, port 22 answers.");
    expect(describeExposure(exposure, "nat-foo", english)).toBe("Seen from stranger, nothing is open there.");
    expect(describeExposure(exposure, "igw-foo", english)).toBe("Seen from stranger, port 203.0.113.10:22 answers.");
    expect(describeExposure({ ...exposure, isStale: true }, "whoami", english)).toBe("Seen from stranger, port 80 answers. 1 difference from the prediction. That was before the last change.");
    expect(describeExposure(exposure, "private-1", english)).toBe("");
    expect(describeExposure(undefined, "bastion", english)).toBe("");
    expect(exposureCount(exposure, french)).toBe("2 portes ouvertes à 2 adresses sur 3");
    expect(exposureAt(exposure, "whoami")?.differing).toBe(1);
  });

  it("have the same values in both languages", () => {
    const placeholders = (text: string) => [...new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1]))].sort();
    for (const key of Object.keys(exposureFr) as (keyof typeof exposureFr)[]) expect(placeholders(exposureFr[key]), key).toEqual(placeholders(exposureEn[key]));
  });
});
