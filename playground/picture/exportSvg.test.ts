import { describe, expect, it } from "vitest";
import { buildScene, type SceneView } from "./buildScene.ts";
import { exportSvg, linePath } from "./exportSvg.ts";
import { layoutTopology } from "./layout.ts";
import { colorNames, fitRuns, type Palette } from "./scene.ts";
import { generateTopology, labSeven } from "./topologySamples.ts";

const palette = Object.fromEntries(colorNames.map((name, index) => [name, `#${(0x101010 + index).toString(16)}`])) as Palette;
const view: SceneView = {
  states: new Map([["bastion", "running"], ["lb-1", "stopped"]]), selected: undefined, hovered: undefined, marked: new Set(), path: undefined, dimmed: false,
  texts: { internetGateway: "Passerelle Internet", resolver: "Résolveur", publicSubnet: "public", privateSubnet: "privé", zone: (name) => `Zone ${name}`, folded: (total) => `${total} machines`, running: (count) => `${count} en marche`, more: (count) => `et ${count} de plus` },
};

describe("exportSvg", () => {
  const layout = layoutTopology(labSeven);
  const svg = exportSvg(buildScene(labSeven, layout, view), palette, "Lab <7>");

  it("is a document of the layout's size that refers to nothing outside", () => {
    expect(svg.startsWith(`<svg xmlns="http://www.w3.org/2000/svg" width="${layout.width}" height="${layout.height}"`)).toBe(true);
    expect(svg).not.toMatch(/href|url\(|undefined|NaN/);
    expect(svg).toContain("<title>Lab &lt;7&gt;</title>");
  });
  it("names every box and every node, and shows public addresses at the gateway", () => {
    for (const { name } of [...labSeven.boxes, ...labSeven.nodes]) expect(svg).toContain(name);
    expect(svg).toContain("203.0.113.10</tspan>");
    expect(svg).toContain("→ bastion");
  });
  it("tells states apart by shape and not only by colour", () => {
    const dots = (state: "running" | "stopped" | "disconnected" | "starting") => exportSvg(buildScene(labSeven, layout, { ...view, states: new Map([["bastion", state]]) }), palette, "");
    const withoutColours = (text: string) => text.replace(/#[0-9a-f]{6}/g, "#");
    const seen = (["running", "stopped", "disconnected", "starting"] as const).map((state) => withoutColours(dots(state)));
    expect(new Set(seen).size).toBe(4);
  });
  it("escapes names, which come from the student's file", () => {
    const hostile = { ...labSeven, nodes: labSeven.nodes.map((node) => (node.id === "bastion" ? { ...node, name: "<script>&\"" } : node)) };
    const text = exportSvg(buildScene(hostile, layoutTopology(hostile), view), palette, "");
    expect(text).not.toContain("<script>");
    expect(text).toContain("&lt;script&gt;&amp;&quot;");
  });
  it("writes counts into folded boxes", () => {
    const topology = generateTopology({ vpcs: 1, zones: 1, publicSubnets: 1, privateSubnets: 0, instances: 5, hosts: 0, nameLength: 4 });
    const folded = new Set(["subnet:0:a:public:0"]);
    const text = exportSvg(buildScene(topology, layoutTopology(topology, folded), { ...view, states: new Map([["i0xx", "running"]]) }), palette, "");
    expect(text).toContain("5 machines");
    expect(text).toContain("1 en marche");
    expect(text).not.toContain("i3xx");
  });
});

describe("fitRuns", () => {
  const measure = (run: { text: string }) => run.text.length * 10;
  it("drops what does not fit from the end, and shortens a first piece that is too long", () => {
    const runs = [{ text: "name", color: "text" as const }, { text: "10.0.0.0/16", color: "muted" as const }];
    expect(fitRuns(runs, 12, 400, measure)).toEqual(runs);
    expect(fitRuns(runs, 12, 100, measure)).toEqual([runs[0]]);
    expect(fitRuns([{ text: "a-very-long-name", color: "text" }], 12, 80, measure)[0]?.text).toBe("a-very-…");
    expect(fitRuns(runs, 12, 20, measure)).toEqual([]);
  });
});

describe("linePath", () => {
  it("rounds corners, but never beyond half of a short leg", () => {
    expect(linePath([{ x: 0, y: 0 }, { x: 100, y: 0 }, { x: 100, y: 8 }], 10)).toBe("M0 0L90 0Q100 0 100 4L100 8");
    expect(linePath([], 10)).toBe("");
  });
});
