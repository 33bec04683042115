import { describe, expect, it } from "vitest";
import { fakeTopology } from "../dev/fakeLab.ts";
import { fakeTunnels } from "../dev/fakeObservations.ts";
import { buildScene, type SceneView } from "../../playground/picture/buildScene.ts";
import { layoutTopology } from "../../playground/picture/layout.ts";
import { drawTunnels } from "../../playground/picture/tunnelGeometry.ts";

const layout = layoutTopology(fakeTopology);
const draw = (tunnels = fakeTunnels) => drawTunnels(fakeTopology, layout, tunnels, (bytes) => `${bytes} B`, (count) => `+${count}`);

describe("drawTunnels", () => {
  it("draws all tunnels of two machines as one line, from one to the other by the gateway", () => {
    const [drawn, ...others] = draw();
    expect(others).toEqual([]);
    const ends = ["laptop", "bastion"].map((id) => layout.nodes.find((node) => node.id === id));
    const gate = layout.nodes.find((node) => node.id === "igw-foo");
    for (const [index, end] of [[0, ends[0]], [-1, ends[1]]] as const) expect(Math.hypot((drawn?.points.at(index)?.x ?? 0) - (end?.x ?? 0), (drawn?.points.at(index)?.y ?? 0) - (end?.y ?? 0))).toBeLessThan(32);
    expect(drawn?.points.some((point) => Math.abs(point.x - (gate?.x ?? 0)) < 8 && Math.abs(point.y - (gate?.y ?? 0)) < 24)).toBe(true);
  });

  it("draws what goes on behind it, and names each with what it carried", () => {
    const [drawn] = draw();
    expect(drawn?.beyond).toMatchObject([{ isSealed: false }]);
    expect(drawn?.labels.map((label) => label.text)).toEqual(["ssh -L 8080 → 10.0.80.20:8080 · 12600 B", "ssh -D 1080 · 5800 B"]);
  });

  it("says a name shorter where an enlarged one has no room, and keeps it within the picture", () => {
    const view: SceneView = { states: new Map(), selected: undefined, hovered: undefined, marked: new Set(), path: undefined, dimmed: false, texts: { internetGateway: "", resolver: "", publicSubnet: "", privateSubnet: "", zone: String, folded: String, running: String, more: String } };
    const { shapes, left = 0 } = buildScene(fakeTopology, layout, { ...view, tunnels: draw() });
    const names = shapes.flatMap((shape) => (shape.kind === "text" && shape.shorter !== undefined ? [shape] : []));
    expect(names[0]?.shorter?.map((run) => run.text)).toEqual(["ssh -L 8080 → 10.0.80.20:8080", "-L 8080 → 10.0.80.20:8080"]);
    for (const name of names) expect(name.x - name.maxWidth).toBeGreaterThanOrEqual(left - 10);
  });

  it("names no more than there is room for, and counts the others", () => {
    const many = Array.from({ length: 7 }, (_, index) => ({ ...fakeTunnels[0]!, id: `t${index}`, name: `ssh -L ${index}` }));
    const labels = draw(many)[0]?.labels.map((label) => label.text) ?? [];
    expect(labels).toHaveLength(4);
    expect(labels.at(-1)).toBe("+4");
  });

  it("draws nothing for a machine that is not in the picture", () => {
    expect(draw([{ ...fakeTunnels[0]!, from: "gone" }])).toEqual([]);
  });

  it("is in the scene, and makes room at the left for names that are longer than the VPC is wide", () => {
    const view: SceneView = { states: new Map(), selected: undefined, hovered: undefined, marked: new Set(), path: undefined, dimmed: false, texts: { internetGateway: "", resolver: "", publicSubnet: "", privateSubnet: "", zone: String, folded: String, running: String, more: String } };
    const long = draw().map((tunnel) => ({ ...tunnel, labels: tunnel.labels.map((label) => ({ ...label, x: 40 })) }));
    expect(buildScene(fakeTopology, layout, { ...view, tunnels: draw() }).shapes.filter((shape) => shape.kind === "line" && shape.stroke === "tunnel")).toHaveLength(2);
    expect(buildScene(fakeTopology, layout, { ...view, tunnels: long }).left).toBeLessThan(-100);
  });
});
