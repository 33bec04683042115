import type { Lab, Language } from "../model/lab.ts";
import { buildTopology } from "../model/buildTopology.ts";
import { parseNetworkFile } from "../model/networkFile.ts";
import { resolveCloud } from "../model/resolve.ts";
import type { Topology } from "../model/topology.ts";
import { buildScene } from "../picture/buildScene.ts";
import { exportSvg } from "../picture/exportSvg.ts";
import { foldedByDefault, layoutTopology } from "../picture/layout.ts";
import { lightPalette } from "../picture/lightPalette.ts";
import { sceneTexts } from "../picture/sceneTexts.ts";
import type { Attempt } from "./attempt.ts";
import type { AttemptEvent } from "./attemptEvents.ts";

/** A report shows at most so many pictures: the first, the last, and those in between that changed most. */
const maximumMoments = 8;
/** Width of a page's text, in the units of a picture. */
const pageWidth = 960;

type Applied = Extract<AttemptEvent, { type: "network.applied" }>;
type Changed = Extract<AttemptEvent, { type: "check.changed" }>;

/** A network that came into force, and the checks that changed while it was. */
export interface Moment {
  /** From 1, over all that were applied: those that are not shown are counted. */
  readonly number: number;
  readonly applied: Applied;
  /** The lab was started with it. */
  readonly isStart: boolean;
  readonly passed: readonly string[];
  readonly failed: readonly string[];
}

/** The networks of an attempt that matter: the first, the last, and each in which a check passed or failed anew. */
export function momentsOf(attempt: Attempt): Moment[] {
  const all: { applied: Applied; isStart: boolean; changed: Changed[] }[] = [];
  let isStart = false;
  for (const event of attempt.events) {
    if (event.type === "lab.started") isStart = true;
    else if (event.type === "network.applied") {
      all.push({ applied: event, isStart, changed: [] });
      isStart = false;
    } else if (event.type === "check.changed") all.at(-1)?.changed.push(event);
  }
  const moments = all.map(({ applied, isStart: begins, changed }, index): Moment => {
    const states = new Map(changed.map((event) => [event.check, event.observation.state]));
    const inState = (state: string): string[] => [...states].flatMap(([check, last]) => (last === state ? [check] : []));
    return { number: index + 1, applied, isStart: begins, passed: inState("passed"), failed: inState("failed") };
  });
  // The same network again, as after a restart, is the same picture.
  const different = moments.filter((moment, index) => moments[index - 1]?.applied.network !== moment.applied.network || index === 0);
  const weight = (moment: Moment, index: number): number => (index === 0 || index === different.length - 1 ? Number.MAX_SAFE_INTEGER : 10 * (moment.passed.length + moment.failed.length) + moment.applied.plan.changes.length);
  const weighed = different.map((moment, index) => ({ moment, weight: weight(moment, index) }));
  const kept = new Set(weighed.toSorted((one, other) => other.weight - one.weight).slice(0, maximumMoments).map(({ moment }) => moment));
  return different.filter((moment) => kept.has(moment));
}

/**
 * The picture of a network in its lab, as an SVG document in the light theme; what a plan changed is outlined. Undefined where
 * the text is no network of the lab, or there is nothing to draw.
 */
export function drawNetwork(lab: Lab, networkText: string, language: Language, title: string, changed: readonly { readonly kind: string; readonly name: string }[] = []): string | undefined {
  const topology = topologyOf(lab, networkText);
  if (topology === undefined || topology.nodes.length + topology.boxes.length === 0) return undefined;
  const folded = foldedByDefault(topology);
  // Side by side where there is room, then below each other, then close together.
  const attempts = [{}, { vpcsPerLine: 1 }, { maximumWidth: pageWidth }, { vpcsPerLine: 1, maximumWidth: pageWidth }].map((room) => layoutTopology(topology, folded, { isStill: true, ...room }));
  const layout = attempts.find((attempt) => attempt.width <= pageWidth) ?? attempts.reduce((best, attempt) => (attempt.width < best.width ? attempt : best));
  const names = new Set(changed.map(({ name }) => name));
  const marked = new Set([...topology.nodes, ...topology.boxes].filter((element) => names.has(element.name)).map(({ id }) => id));
  const scene = buildScene(topology, layout, { states: new Map(), selected: undefined, hovered: undefined, marked, path: undefined, dimmed: false, texts: sceneTexts(language) });
  return exportSvg(scene, { ...lightPalette, bg: "#ffffff" }, title);
}

function topologyOf(lab: Lab, networkText: string): Topology | undefined {
  const { network, faults } = parseNetworkFile(networkText);
  if (network === undefined || faults.length > 0) return undefined;
  try {
    return buildTopology(resolveCloud(lab, network));
  } catch {
    // A network that was valid in another edition of the lab: the report goes without its picture.
    return undefined;
  }
}
