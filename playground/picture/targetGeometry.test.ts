import { expect, test } from "vitest";
import { buildTopology } from "../model/buildTopology.ts";
import type { BalancersView, TargetView } from "../model/balancerView.ts";
import { balancerLabText, balancerNetworkText } from "../model/testBalancer.ts";
import { testCloud } from "../model/testCloud.ts";
import { layoutTopology } from "./layout.ts";
import { drawTargets, healthOf } from "./targetGeometry.ts";
import { drawTargetSign } from "./targetShapes.ts";

const topology = buildTopology(testCloud(balancerNetworkText, balancerLabText));
const layout = layoutTopology(topology);
const group = (name: string, loadBalancer: string, targets: TargetView[]): BalancersView["targetGroups"][number] => ({
  name, id: name, loadBalancer, protocol: "HTTP", port: 80, deregistrationDelay: 5, healthCheck: { path: "/", interval: 5, timeout: 2, healthyThreshold: 2, unhealthyThreshold: 2, matcher: "200" }, targets,
});
const view: BalancersView = {
  loadBalancers: [{ name: "public", id: "lb-1", dnsName: "", isInternal: false, nodes: ["public", "public-2"], listeners: [] }],
  targetGroups: [
    group("apps", "public", [{ instance: "app", port: 8080, state: "healthy" }, { instance: "web", port: 8081, state: "healthy" }]),
    group("wiki", "public", [{ instance: "app", port: 8080, state: "unhealthy", reason: "Target.Timeout" }]),
    group("others", "internal", [{ instance: "web", port: 8081, state: "unused" }]),
  ],
};

test("each instance that a balancer sends to has one line, which ends at it, with the sign of its health there", () => {
  const drawn = drawTargets(topology, layout, view);
  expect(drawn.map(({ state }) => state)).toEqual(["unhealthy", "healthy"]);
  const app = layout.nodes.find((node) => node.id === "node/app");
  expect(drawn[0]?.points.at(-1)?.x).toBe(app?.x);
  expect(drawn[0]?.sign.x).toBe(app?.x);
  for (const { points } of drawn) for (const [index, point] of points.entries()) expect(index === 0 || point.x === points[index - 1]?.x || point.y === points[index - 1]?.y).toBe(true);
});

test("a line from above touches the title of the subnet that it comes into as little as its sign does", () => {
  const app = layout.nodes.find((node) => node.id === "node/app");
  const box = layout.boxes.find((candidate) => candidate.id === app?.box);
  const [line] = drawTargets(topology, layout, view);
  if (box === undefined || line === undefined) throw new Error("app is in no subnet, or has no line");
  // Letters of the title stand between these two heights, and begin 13 from the side.
  const [top, bottom] = [box.y + 10, box.y + 27];
  const across = line.points.filter((point, index) => Math.min(line.points[index - 1]?.y ?? point.y, point.y) < bottom && Math.max(line.points[index - 1]?.y ?? point.y, point.y) > top);
  expect(across).toHaveLength(1);
  for (const { x } of across) expect(Math.min(x - box.x, box.x + box.width - x)).toBeLessThan(13);
  expect(line.sign.y - 6.5).toBeGreaterThan(bottom);
});

test("an instance in several groups shows the worst of them, of this balancer alone, from each of its nodes", () => {
  expect([healthOf(view, "public-2", "app"), healthOf(view, "public", "web"), healthOf(view, "public", "db"), healthOf(view, "elsewhere", "app")]).toEqual(["unhealthy", "healthy", undefined, undefined]);
});

test("where nothing is observed there is a line and no sign", () => {
  const drawn = drawTargets(topology, layout, { loadBalancers: [], targetGroups: [] });
  expect(drawn).toHaveLength(2);
  expect(drawn.flatMap(drawTargetSign)).toEqual([]);
});
