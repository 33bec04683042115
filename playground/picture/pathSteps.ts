import type { PathPrediction } from "../model/path.ts";
import type { Topology } from "../model/topology.ts";
import type { Layout } from "./layoutTypes.ts";
import { drawPrediction, placeSentence, shift, strokeOf, type DrawnPath, type SentenceRoom } from "./pathGeometry.ts";
import { stationOf } from "./pathStations.ts";

/**
 * Draws where a packet is at one step of its path: behind it the line that it came, before it, faint, where it goes on. At the step
 * at which it is lost, the same as the whole path.
 * @param step index of the hop, from 0
 * @param sentence what was decided there, in the reader's language
 */
export function drawStep(topology: Topology, layout: Layout, prediction: PathPrediction, step: number, sentence: string, room?: SentenceRoom): DrawnPath {
  const hop = prediction.hops[step];
  if (hop === undefined || hop.outcome === "drop" || hop.outcome === "refuse") return drawPrediction(topology, layout, prediction, sentence, room);
  const first = topology.nodes.find((node) => node.name === prediction.question.from)?.id;
  const walked = prediction.hops.slice(0, step + 1);
  const forward = prediction.hops.filter((one) => one.direction === "forward");
  const isReturn = hop.direction === "return";
  const there = strokeOf(topology, layout, forward, undefined, first);
  const far = there.stations.at(-1)?.id;
  const gone = strokeOf(topology, layout, walked.filter((one) => one.direction === hop.direction), undefined, isReturn ? far : first);
  const way = isReturn ? shift(gone.points, 5) : gone.points;
  // At the start there is no line yet; the packet is in the machine.
  const last = gone.stations.at(-1);
  const packet = way.at(-1) ?? last?.point ?? (first === undefined ? undefined : stationOf(topology, layout, first)?.point);
  const strokes = [{ points: there.points, isReturn: false, isAhead: true }, { points: way, isReturn }].filter((stroke) => stroke.points.length > 1);
  const touched = new Set([...walked.flatMap((one) => one.elements), ...(first === undefined ? [] : [first])]);
  return { strokes, stop: undefined, ...(packet === undefined ? {} : { packet }), ...placeSentence(layout, packet, sentence, room), touched };
}
