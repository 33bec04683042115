import type { PathHop, PathPrediction } from "../model/path.ts";
import type { Topology } from "../model/topology.ts";
import type { Layout, Point } from "./layoutTypes.ts";
import { connectStations, stationOf, type Station } from "./pathStations.ts";

/** A predicted path as it is drawn: lines along the elements, and the place where the packet ends badly. */
export interface DrawnPath {
  readonly strokes: readonly { readonly points: readonly Point[]; readonly isReturn: boolean; /** Where the packet has not come yet. */ readonly isAhead?: boolean }[];
  /** Where it was dropped or refused; undefined when it arrives. */
  readonly stop: Point | undefined;
  /** Where the packet is, when its steps are looked at one by one. */
  readonly packet?: Point;
  /** Why it ends there, or what was decided where the packet is, wrapped. */
  readonly lines: readonly string[];
  readonly lineHeight: number;
  readonly growth?: number;
  readonly sentenceX: number;
  readonly sentenceWidth: number;
  /** Ids of nodes, gateways and boxes that the packet touched. */
  readonly touched: ReadonlySet<string>;
}

/** How a sentence in the picture is set: there is room for its text at the size that it is drawn with when the picture is zoomed out. */
export interface SentenceRoom {
  readonly characters: number;
  readonly advance: number;
  readonly lineHeight: number;
  /** How much the text may grow against its own size; as usual unless told. */
  readonly growth?: number;
}
const deskSentence: SentenceRoom = { characters: 46, advance: 8.4, lineHeight: 20 };

/**
 * For a picture at a desk that is shown at this zoom. Text grows there to one and a half times its size at most; zoomed out further it would be left
 * out of its box, but what decided over a packet is what the reader asked for: it gets room as on a wall.
 */
export function sentenceAtDesk(zoom: number): SentenceRoom {
  return zoom * 1.5 >= 1 ? deskSentence : roomSentence(zoom, 12);
}

/** For text of at least so many px on screen, in a picture that is shown at this zoom. */
export function roomSentence(zoom: number, minimum = 20): SentenceRoom {
  const size = Math.max(12, minimum / Math.max(0.2, zoom));
  return { characters: 36, advance: size * 0.58, lineHeight: size * 1.25, growth: 10 };
}

/**
 * Draws a prediction on a layout. A return path is drawn only when it is there that the packet is lost.
 * @param sentence why it ended, in the reader's language
 */
export function drawPrediction(topology: Topology, layout: Layout, prediction: PathPrediction, sentence: string, room: SentenceRoom = deskSentence): DrawnPath {
  const forward = prediction.hops.filter((hop) => hop.direction === "forward");
  const back = prediction.hops.filter((hop) => hop.direction === "return");
  const lost = prediction.hops.find((hop) => hop.outcome === "drop" || hop.outcome === "refuse");
  const touched = new Set(prediction.hops.flatMap((hop) => hop.elements));
  const first = topology.nodes.find((node) => node.name === prediction.question.from);
  if (first !== undefined) touched.add(first.id);
  const there = strokeOf(topology, layout, forward, lost?.direction === "forward" ? lost : undefined, first?.id);
  const strokes = [{ points: there.points, isReturn: false }];
  let stop = there.stop;
  if (lost?.direction === "return") {
    const last = there.stations.at(-1)?.id;
    const home = strokeOf(topology, layout, back, lost, last);
    strokes.push({ points: shift(home.points, 5), isReturn: true });
    stop = home.stop;
  }
  return { strokes: strokes.filter((stroke) => stroke.points.length > 1), stop, ...placeSentence(layout, stop, sentence, room), touched };
}

/** Sets a sentence beside a place, on the side where there is room. */
export function placeSentence(layout: Layout, at: Point | undefined, sentence: string, room: SentenceRoom = deskSentence): Pick<DrawnPath, "lines" | "lineHeight" | "growth" | "sentenceX" | "sentenceWidth"> {
  const lines = wrapWords(sentence, room.characters);
  const width = Math.max(0, ...lines.map((line) => line.length)) * room.advance + 28;
  const isRight = at !== undefined && (at.x + 20 + width <= layout.width || at.x < layout.width / 2);
  return { lines, lineHeight: room.lineHeight, ...(room.growth === undefined ? {} : { growth: room.growth }), sentenceX: at === undefined ? 0 : isRight ? at.x + 20 : at.x - 20 - width, sentenceWidth: width };
}

/** The line along the places that some hops touch, and where it ends badly. */
export function strokeOf(topology: Topology, layout: Layout, hops: readonly PathHop[], lost: PathHop | undefined, start: string | undefined): { points: Point[]; stop: Point | undefined; stations: Station[] } {
  const ids: string[] = start === undefined ? [] : [start];
  for (const hop of hops) {
    for (const id of hop.elements) if (ids.at(-1) !== id) ids.push(id);
    if (hop === lost) break;
  }
  const stations: Station[] = [];
  for (const id of ids) {
    const station = stationOf(topology, layout, id);
    if (station !== undefined && stations.at(-1)?.id !== id) stations.push(station);
  }
  const points: Point[] = [];
  let stop: Point | undefined;
  const ending = lost === undefined ? undefined : stopStation(topology, layout, lost, stations);
  if (ending !== undefined) stop = ending.point;
  // Lost in front of a node: the packet never reaches it, the line ends at the cross.
  if (ending?.replaces !== undefined && stations.length > 1 && stations.at(-1)?.id === ending.replaces) stations.pop();
  stations.forEach((station, index) => {
    const next = stations[index + 1];
    if (next !== undefined) append(points, connectStations(layout, station, next));
  });
  const last = stations.at(-1);
  if (ending !== undefined && last !== undefined) append(points, connectStations(layout, last, { id: "stop", point: ending.point, exits: ending.exits }));
  return { points: stop === undefined ? points : trimEnd(points, 13), stop, stations };
}

interface Ending {
  readonly point: Point;
  readonly exits: Station["exits"];
  /** The station that the packet fails to reach. */
  readonly replaces: string | undefined;
}

function stopStation(topology: Topology, layout: Layout, hop: PathHop, stations: readonly Station[]): Ending | undefined {
  const last = stations.at(-1);
  if (last === undefined) return undefined;
  const own = hop.elements.map((id) => stationOf(topology, layout, id)).filter((station) => station !== undefined).at(-1);
  const isAtNode = hop.kind === "security-group" || hop.kind === "service" || hop.kind === "node" || hop.kind === "source-check" || hop.kind === "network-acl";
  const station = own ?? last;
  const exit = station.exits[0];
  if (exit === undefined) return { point: { x: station.point.x, y: station.point.y - 40 }, exits: [], replaces: undefined };
  const end = exit.points.at(-1) ?? station.point;
  if (isAtNode && station.id !== stations[0]?.id) {
    // Just before the node, on the side from which the packet comes.
    const previous = stations.at(-2);
    const side = previous === undefined ? exit : nearest(station, previous);
    const edge = side.points[0] ?? station.point;
    const out = side.points[1] ?? edge;
    const middle = { x: (edge.x + out.x) / 2, y: (edge.y + out.y) / 2 };
    return { point: middle, exits: [{ rail: side.rail, points: [middle, ...side.points.slice(1)] }], replaces: station.id };
  }
  return { point: end, exits: [{ rail: exit.rail, points: [end] }], replaces: undefined };
}

function nearest(station: Station, other: Station): Station["exits"][number] {
  let best = station.exits[0];
  let cost = Infinity;
  for (const exit of station.exits) {
    for (const candidate of other.exits) {
      if (candidate.rail !== exit.rail) continue;
      const distance = Math.abs((exit.points.at(-1)?.y ?? 0) - (candidate.points.at(-1)?.y ?? 0));
      if (distance < cost) {
        cost = distance;
        best = exit;
      }
    }
  }
  return best ?? { rail: "", points: [station.point] };
}

function append(points: Point[], more: readonly Point[]): void {
  for (const point of more) {
    const last = points.at(-1);
    if (last === undefined || last.x !== point.x || last.y !== point.y) points.push({ x: point.x, y: point.y });
  }
}

/** Shortens a line at its end, so that its arrow stops at the cross and not in it. */
function trimEnd(points: readonly Point[], by: number): Point[] {
  const end = points.at(-1);
  const before = points.at(-2);
  if (end === undefined || before === undefined) return [...points];
  const length = Math.hypot(end.x - before.x, end.y - before.y);
  if (length <= by) return [...points.slice(0, -1)];
  return [...points.slice(0, -1), { x: end.x - ((end.x - before.x) / length) * by, y: end.y - ((end.y - before.y) / length) * by }];
}

/** Beside the line that leads there. */
export function shift(points: readonly Point[], by: number): Point[] {
  return points.map((point) => ({ x: point.x + by, y: point.y + by }));
}

/** Breaks a sentence into lines of at most so many characters, between words. */
export function wrapWords(sentence: string, width: number): string[] {
  const lines: string[] = [];
  // In French a space stands before some signs, and no line begins with one of them.
  for (const word of sentence.split(/(?<!«) (?![:;?!»])/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length + 1 <= width) lines[lines.length - 1] = `${last} ${word}`;
    else if (word !== "") lines.push(word);
  }
  return lines;
}
