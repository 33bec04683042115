import type { Topology } from "../model/topology.ts";
import { tunnelTitle, type Tunnel } from "../model/tunnel.ts";
import { gatewayOf } from "./layout.ts";
import type { Layout, Point } from "./layoutTypes.ts";
import { connectStations, stationOf } from "./pathStations.ts";

/** All tunnels between the same two machines are one line with a name for each. */
export interface DrawnTunnel {
  readonly points: readonly Point[];
  /** What comes out of it and goes on unprotected, or protected as before where the tunnel itself goes on (a jump). */
  readonly beyond: readonly { readonly points: readonly Point[]; readonly isSealed: boolean }[];
  readonly isIdle: boolean;
  readonly labels: readonly { readonly text: string; /** The same said shorter and shorter. */ readonly shorter: readonly string[]; readonly x: number; readonly y: number; readonly anchor: "end" | "middle"; readonly maxWidth: number }[];
}

const labelLine = 16;
/** Between two lines that run side by side. */
const besides = 6;
/** As many as stand between the Internet and a VPC. */
const mostLabels = 4;
const widestLabel = 320;
const kindOrder: readonly Tunnel["kind"][] = ["wireguard", "openvpn", "ssh-local", "ssh-dynamic", "ssh-remote", "ssh-jump"];

/**
 * Draws tunnels along the way that their packets take. They are moved a little aside, so that a path drawn on the same way stays visible.
 * @param sizeOf writes a number of bytes
 * @param more what stands in place of the names for which there is no room
 */
export function drawTunnels(topology: Topology, layout: Layout, tunnels: readonly Tunnel[], sizeOf: (bytes: number) => string, more: (count: number) => string): DrawnTunnel[] {
  const groups = new Map<string, Tunnel[]>();
  for (const tunnel of [...tunnels].sort((a, b) => kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind))) groups.set(`${tunnel.from} ${tunnel.to}`, [...(groups.get(`${tunnel.from} ${tunnel.to}`) ?? []), tunnel]);
  const drawn = [...groups.values()].flatMap((group, index) => {
    const [first] = group;
    if (first === undefined) return [];
    const way = wayBetween(topology, first.from, first.to);
    const points = aside(lineAlong(topology, layout, way), index);
    if (points.length < 2) return [];
    const exits = [...new Map(group.flatMap((tunnel) => (tunnel.exit === undefined ? [] : [[`${tunnel.exit} ${tunnel.kind}`, tunnel] as const]))).values()];
    const beyond = exits.map((tunnel) => ({
      points: aside(lineAlong(topology, layout, wayBetween(topology, tunnel.kind === "ssh-remote" ? tunnel.from : tunnel.to, tunnel.exit ?? "")), index),
      isSealed: tunnel.kind === "ssh-jump",
    }));
    const gate = layout.nodes.find((node) => node.shape === "circle" && way.includes(node.id));
    const names = group.map((tunnel) => {
      const title = tunnelTitle(tunnel);
      return { text: `${title}${tunnel.bytes > 0 ? ` · ${sizeOf(tunnel.bytes)}` : ""}`, shorter: [title, title.replace(/^ssh /, "")] };
    });
    return [{ points, beyond: beyond.filter((line) => line.points.length > 1), isIdle: group.every((tunnel) => tunnel.state === "idle"), names, gate, place: gate?.id ?? way.join() }];
  });
  return drawn.map((tunnel, index): DrawnTunnel => {
    // All names at one place stand in one list, which the first tunnel there carries.
    const here = drawn.filter((other) => other.place === tunnel.place);
    const names = here.indexOf(tunnel) === 0 ? here.flatMap((other) => other.names) : [];
    const shown = names.length <= mostLabels ? names : [...names.slice(0, mostLabels - 1), { text: more(names.length - mostLabels + 1), shorter: [] }];
    return { points: tunnel.points, beyond: tunnel.beyond, isIdle: tunnel.isIdle, labels: shown.map((name, line) => ({ ...name, maxWidth: widestLabel, ...labelPlace(tunnel.gate, tunnel.points, shown.length - 1 - line, index + here.length) })) };
  });
}

/** Names stand at the left of the line up from a gateway, where nothing else does; else over the longest stretch. */
function labelPlace(gate: Point | undefined, points: readonly Point[], fromBottom: number, lines: number): { x: number; y: number; anchor: "end" | "middle" } {
  if (gate !== undefined) return { x: gate.x - 12 - besides * lines, y: gate.y - 22 - fromBottom * labelLine, anchor: "end" };
  const [longest] = points.slice(1).map((point, index) => ({ from: points[index] ?? point, to: point })).sort((a, b) => lengthOf(b) - lengthOf(a));
  const middle = longest === undefined ? { x: 0, y: 0 } : { x: (longest.from.x + longest.to.x) / 2, y: (longest.from.y + longest.to.y) / 2 };
  return { x: middle.x, y: middle.y - 8 - fromBottom * labelLine, anchor: "middle" };
}

/** Machines and gateways that packets between two machines pass. */
export function wayBetween(topology: Topology, from: string, to: string): string[] {
  const ends = [from, to].map((name) => topology.nodes.find((node) => node.name === name && node.terminal !== undefined && !node.kind.includes("gateway") && node.kind !== "peering-connection"));
  const [start, end] = ends;
  if (start === undefined || end === undefined) return [];
  const vpcOf = (node: typeof start): string | undefined => topology.boxes.find((box) => box.id === node.parent)?.parent;
  const gates = vpcOf(start) === vpcOf(end) ? [] : [vpcOf(start), vpcOf(end)].flatMap((vpc) => (vpc === undefined ? [] : [gatewayOf(topology, vpc)?.id ?? []].flat()));
  return [start.id, ...gates, end.id];
}

/** The line along machines and gateways, by their ids. */
export function lineAlong(topology: Topology, layout: Layout, ids: readonly string[]): Point[] {
  const stations = ids.flatMap((id) => stationOf(topology, layout, id) ?? []);
  const points: Point[] = [];
  stations.forEach((station, index) => {
    const next = stations[index + 1];
    if (next === undefined) return;
    for (const point of connectStations(layout, station, next)) {
      const last = points.at(-1);
      if (last === undefined || Math.abs(last.x - point.x) + Math.abs(last.y - point.y) > 0.5) points.push({ x: point.x, y: point.y });
    }
  });
  return points;
}

const aside = (points: readonly Point[], index: number): Point[] => {
  const by = -besides / 2 - index * besides;
  return points.map((point) => ({ x: point.x + by, y: point.y - by }));
};

const lengthOf = ({ from, to }: { from: Point; to: Point }): number => Math.abs(from.x - to.x) + Math.abs(from.y - to.y);
