import { describe, expect, it } from "vitest";
import type { PathHop, PathPrediction } from "../model/path.ts";
import { layoutTopology } from "./layout.ts";
import { drawPrediction, roomSentence, sentenceAtDesk } from "./pathGeometry.ts";
import { drawStep } from "./pathSteps.ts";
import { labSeven } from "./topologySamples.ts";

const layout = layoutTopology(labSeven);
const hop = (elements: string[], more: Partial<PathHop> = {}): PathHop => ({ direction: "forward", at: "", kind: "node", outcome: "pass", reason: "x", values: {}, source: "", destination: "", elements, ...more });
const hops = [hop(["laptop"]), hop(["igw:foo"], { kind: "internet-gateway" }), hop(["subnet:foo-public"], { kind: "network-acl" }), hop(["bastion"], { outcome: "deliver" }), hop(["bastion"], { direction: "return" }), hop(["igw:foo"], { direction: "return" }), hop(["laptop"], { direction: "return", outcome: "deliver" })];
const prediction: PathPrediction = { question: { from: "laptop", to: "x", protocol: "tcp", port: 80 }, verdict: "open", hops };
const place = (id: string) => layout.nodes.find((candidate) => candidate.id === id) ?? expect.fail(id);

describe("the steps of a packet", () => {
  it("begin in the machine, with the whole way ahead", () => {
    const drawn = drawStep(labSeven, layout, prediction, 0, "sent");
    expect(drawn.packet).toMatchObject({ x: place("laptop").x, y: place("laptop").y });
    expect(drawn.strokes.map((stroke) => stroke.isAhead)).toEqual([true]);
    expect(drawn.stop).toBeUndefined();
    expect(drawn.lines).toEqual(["sent"]);
  });

  it("come to the gateway, stay there while a network ACL decides, and reach the instance", () => {
    const [, gateway, acl, instance] = [0, 1, 2, 3].map((step) => drawStep(labSeven, layout, prediction, step, "y"));
    expect(gateway?.packet?.x).toBe(place("igw:foo").x);
    expect(acl?.packet).toEqual(gateway?.packet);
    expect(instance?.packet).toMatchObject({ x: place("bastion").x });
    const walked = (drawn: typeof gateway) => drawn?.strokes.find((stroke) => stroke.isAhead !== true)?.points.length ?? 0;
    expect(walked(instance)).toBeGreaterThan(walked(gateway));
  });

  it("go home on a line of their own", () => {
    const home = drawStep(labSeven, layout, prediction, 6, "z");
    expect(home.strokes.some((stroke) => stroke.isReturn)).toBe(true);
    expect(Math.abs((home.packet?.x ?? 0) - place("laptop").x)).toBeLessThan(40);
  });

  it("end where the packet is lost as the whole path does", () => {
    const lost: PathPrediction = { ...prediction, hops: [hop(["laptop"]), hop(["igw:foo"]), hop(["bastion"], { kind: "security-group", outcome: "drop" })] };
    expect(drawStep(labSeven, layout, lost, 2, "no")).toEqual(drawPrediction(labSeven, layout, lost, "no"));
    expect(drawStep(labSeven, layout, lost, 1, "yes").stop).toBeUndefined();
  });

  it("say their sentence in as many lines as a room needs", () => {
    const sentence = "The route 0.0.0.0/0 of the table foo-public sends it to the internet gateway foo-igw.";
    const desk = drawStep(labSeven, layout, prediction, 1, sentence);
    const room = drawStep(labSeven, layout, prediction, 1, sentence, roomSentence(1));
    expect(room.lines.length).toBeGreaterThan(desk.lines.length);
    expect(room.lineHeight).toBeGreaterThan(desk.lineHeight);
    // A picture that is zoomed out has larger text in its own units, and the box for it.
    const far = drawStep(labSeven, layout, prediction, 1, sentence, roomSentence(0.5));
    const longest = Math.max(...far.lines.map((line) => line.length));
    expect(far.sentenceWidth).toBeGreaterThan((longest * 0.56 * 20) / 0.5);
    expect(far.growth ?? 0).toBeGreaterThan(20 / 0.5 / 12);
    // At a desk only where the usual growth of text does not reach.
    expect(sentenceAtDesk(0.7).growth).toBeUndefined();
    expect((sentenceAtDesk(0.6).growth ?? 0) * 12 * 0.6).toBeGreaterThan(12);
  });
});
