import { afterEach, describe, expect, it, vi } from "vitest";
import type { Topology } from "../../playground/model/topology.ts";
import { layoutTopology } from "../../playground/picture/layout.ts";
import { elementBounds } from "../topology/focusBounds.ts";
import { fakeTopology } from "../dev/fakeLab.ts";
import { coverAddresses, hideAddresses } from "./hideAddresses.ts";
import { litBounds } from "./litBounds.ts";
import { largestEnlargement, projectorLayout, roomPanel, roomText } from "./projectorLayout.ts";
import { defaultScenes, readScenes, scenesOfLab, stepScene } from "./projectorScenes.ts";
import { visibleElements } from "./visibleElements.ts";

const names = { whole: "W", internet: "I", vpc: (name: string) => `V ${name}`, cluster: (name: string) => `C ${name}` };
const idOf = (topology: Topology, name: string): string => [...topology.boxes, ...topology.nodes].find((element) => element.name === name)?.id ?? "none";

describe("scenes", () => {
  it("suggests everything, the Internet with its gateways, and each VPC", () => {
    const scenes = defaultScenes(fakeTopology, names);
    expect(scenes.map((scene) => scene.name)).toEqual(["W", "I", "V Foo", "V Bar"]);
    expect(scenes[0]?.show).toEqual([]);
    expect(scenes[1]?.show).toContain(idOf(fakeTopology, "igw-foo"));
    expect(scenes[2]?.show).toEqual([idOf(fakeTopology, "Foo")]);
  });

  it("finds by name what a lab's scene shows, and leaves out what the network has not yet", () => {
    const scene = { title: { fr: "Sortie", en: "Way out" }, show: ["laptop", "nobody", "Internet"], spotlight: "nat-foo", hide_addresses: true, path: { from: "laptop", to: "bastion", protocol: "tcp" as const, port: 22 } };
    expect(scenesOfLab([scene], fakeTopology, (title) => title.fr)).toEqual([
      { id: "lab 0", name: "Sortie", show: [idOf(fakeTopology, "laptop"), idOf(fakeTopology, "Internet")], spotlight: idOf(fakeTopology, "nat-foo"), hidesAddresses: true, path: scene.path, isOwn: false },
    ]);
  });

  it("reads saved scenes, and nothing that is none", () => {
    const saved = { id: "own 1", name: "Mine", show: ["a"], hidesAddresses: false };
    expect(readScenes([saved, { id: 3 }, "x", { ...saved, path: { from: "a", to: "b", protocol: "gre" } }])).toEqual([{ ...saved, isOwn: true }]);
    expect(readScenes({})).toEqual([]);
    expect(readScenes(undefined)).toEqual([]);
  });

  it("goes round at both ends, and begins anew after a free view", () => {
    const scenes = defaultScenes(fakeTopology, names);
    expect(stepScene(scenes, "whole", -1)?.name).toBe("V Bar");
    expect(stepScene(scenes, scenes.at(-1)?.id, 1)?.id).toBe("whole");
    expect(stepScene(scenes, undefined, 1)?.id).toBe("whole");
  });
});

describe("what is in view", () => {
  const layout = layoutTopology(fakeTopology);

  it("is everything as an empty list, so that a later machine is in the scene, too", () => {
    expect(visibleElements(layout, { pan: { x: 0, y: 0 }, zoom: 1 }, layout.width, layout.height)).toEqual([]);
  });

  it("is only what is wholly there", () => {
    const vpc = layout.boxes.find((box) => box.id === idOf(fakeTopology, "Bar"));
    if (vpc === undefined) throw new Error("no VPC Bar");
    const shown = visibleElements(layout, { pan: { x: 30 - vpc.x, y: 30 - vpc.y }, zoom: 1 }, vpc.width + 60, vpc.height + 60);
    expect(shown).toContain(vpc.id);
    expect(shown).toContain(idOf(fakeTopology, "bar-1"));
    expect(shown).not.toContain(idOf(fakeTopology, "laptop"));
  });
});

describe("the layout for a room", () => {
  const zoomOf = (layout: { width: number; height: number }, width: number, height: number): number => Math.min(largestEnlargement, width / layout.width, height / layout.height);

  it.each([[1280, 660], [820, 660], [1920, 1020], [640, 900]])("is never smaller on a screen of %i by %i than the usual one", (width, height) => {
    const chosen = projectorLayout(fakeTopology, new Set(), width, height);
    expect(zoomOf(chosen, width, height)).toBeGreaterThanOrEqual(zoomOf(layoutTopology(fakeTopology), width, height) * 0.99);
    expect(chosen.nodes.map((node) => node.id).sort()).toEqual(layoutTopology(fakeTopology).nodes.map((node) => node.id).sort());
  });

  it("puts VPCs below each other where the screen is high", () => {
    const tall = projectorLayout(fakeTopology, new Set(), 640, 1400);
    expect(zoomOf(tall, 640, 1400)).toBeGreaterThan(zoomOf(layoutTopology(fakeTopology), 640, 1400) * 1.08);
  });
});

describe("hidden addresses", () => {
  it("covers addresses and prefixes of both families, and nothing else", () => {
    expect(coverAddresses("10.0.0.5 → 203.0.113.0/24, ssh -L 8080 → 10.0.80.20:8080, 2001:db8::1/64 and fe80::1")).toBe("••• → •••, ssh -L 8080 → •••:8080, ••• and •••");
    const plain = "v1.37.2 at 10:30:15, 3,2 ms, port 8080, nat-foo";
    expect(coverAddresses(plain)).toBe(plain);
  });

  it("covers them in texts and badges of a picture", () => {
    const scene = hideAddresses({
      width: 1, height: 1,
      shapes: [
        { kind: "text", x: 0, y: 0, size: 12, anchor: "start", maxWidth: 9, runs: [{ text: "web", color: "text" }, { text: "10.0.0.1", color: "muted", mono: true }], shorter: [{ text: "to 10.0.0.1", color: "text" }] },
        { kind: "badge", x: 0, bottom: 0, anchor: "start", texts: ["10.0.0.1:22", "22"], color: "text", fill: "bg", stroke: "bg", maxWidth: 9, size: 12 },
      ],
    });
    expect(JSON.stringify(scene)).not.toContain("10.0.0.1");
    expect(JSON.stringify(scene)).toContain("web");
  });
});

describe("sizes for a room", () => {
  afterEach(() => vi.unstubAllGlobals());
  const screen = (innerWidth: number, innerHeight: number): void => void vi.stubGlobal("window", { innerWidth, innerHeight });

  it("are 20 px at 1280 × 720 and below, and the same share of a larger screen, by its smaller side", () => {
    const texts = ([[1280, 720], [800, 600], [1920, 1080], [3840, 2160], [2560, 600]] as const).map(([width, height]) => {
      screen(width, height);
      return [Math.round(roomText()), Math.round(roomPanel())];
    });
    expect(texts).toEqual([[20, 460], [20, 460], [27, 682], [54, 1363], [20, 460]]);
  });

  it("light an element as it is drawn: no wider than its texts, and within its room", () => {
    screen(1280, 720);
    const layout = layoutTopology(fakeTopology);
    for (const node of layout.nodes.filter((placed) => placed.shape !== "circle")) {
      const [room, lit] = [elementBounds(layout, node.id), litBounds(fakeTopology, layout, node.id, 2)];
      expect(lit?.width).toBeLessThanOrEqual(room?.width ?? 0);
      expect((lit?.x ?? 0) <= node.x && (lit?.x ?? 0) + (lit?.width ?? 0) >= node.x).toBe(true);
    }
    const wide = layout.nodes.find((node) => node.labelSide === "below" && node.labelWidth > 150);
    expect(wide).toBeDefined();
    expect(litBounds(fakeTopology, layout, wide?.id ?? "", 2)?.width).toBeLessThan(wide?.labelWidth ?? 0);
    expect(litBounds(fakeTopology, layout, "nobody", 2)).toBeUndefined();
  });
});
