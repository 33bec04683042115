import { useCallback, useMemo } from "react";
import { reasonText } from "../../playground/model/reasonText.ts";
import type { PathPrediction } from "../../playground/model/path.ts";
import type { NodeState, Topology } from "../../playground/model/topology.ts";
import { tunnelTitle } from "../../playground/model/tunnel.ts";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { exposureTexts } from "../i18n/exposureTexts.ts";
import { observationTexts, sizeText } from "../i18n/observationTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { buildScene } from "../../playground/picture/buildScene.ts";
import { describeElement } from "./describeElement.ts";
import { describeExposure } from "./describeExposure.ts";
import { describeTunnel } from "./describeTunnel.ts";
import type { Layout } from "../../playground/picture/layoutTypes.ts";
import { drawPrediction, sentenceAtDesk, type DrawnPath, type SentenceRoom } from "../../playground/picture/pathGeometry.ts";
import { drawStep } from "../../playground/picture/pathSteps.ts";
import type { Scene } from "../../playground/picture/scene.ts";
import { drawTunnels } from "../../playground/picture/tunnelGeometry.ts";
import { useBalancers } from "./useBalancers.ts";
import type { ClusterParts } from "./useClusterPicture.ts";
import { useDnsWalk } from "./useDnsWalk.ts";
import { useExposure } from "./useExposure.ts";
import { useSceneTexts } from "./useSceneTexts.ts";
import { useTunnels } from "./useTunnels.ts";

interface SceneParts {
  readonly lab: string;
  readonly cloud: Topology;
  readonly clusters: ClusterParts;
  readonly states: ReadonlyMap<string, NodeState>;
  readonly fresh: ReadonlySet<string>;
  readonly prediction: PathPrediction | undefined;
  /** The hop at which the packet is looked at; absent: the whole path. */
  readonly step: number | undefined;
  /** How sentences are set in a room; absent: as at a desk, at the zoom of the picture. */
  readonly sentences?: SentenceRoom;
  readonly zoom?: number | undefined;
  readonly isStopped: boolean;
  readonly reducesMotion: () => boolean;
}

/** All that is observed in a lab and drawn over its layout, and the same in words. */
export function useTopologyScene({ lab, cloud, clusters, states, fresh, prediction, step, sentences, zoom = 1, isStopped, reducesMotion }: SceneParts) {
  const { t, language } = useTranslate(canvasTexts);
  const observed = useTranslate(observationTexts);
  const exposed = useTranslate(exposureTexts);
  const texts = useSceneTexts();
  const tunnels = useTunnels(lab);
  const drawQuestion = useDnsWalk(lab, reducesMotion);
  const { balancers, drawBalanced, describeBalanced } = useBalancers(lab, cloud);
  const scans = useExposure(lab);
  const { exposure } = scans;
  const { topology, draw: drawClusters } = clusters;
  // Rounded down, so that a picture in movement is not set anew all the time, and text has room enough.
  const tenths = Math.floor(zoom * 10);
  const setting = useMemo(() => sentences ?? sentenceAtDesk(tenths / 10), [sentences, tenths]);
  const draw = useCallback((current: Layout, chosen: string | undefined, pointed: string | undefined): Scene => {
    const lost = prediction?.hops.find((hop) => hop.outcome === "drop" || hop.outcome === "refuse");
    const hop = step === undefined ? undefined : prediction?.hops[step];
    const whole = (): DrawnPath | undefined => prediction && drawPrediction(cloud, current, prediction, lost === undefined ? "" : reasonText(lost, language), setting);
    const drawn = prediction === undefined || step === undefined || hop === undefined ? whole() : drawStep(cloud, current, prediction, step, reasonText(hop, language), setting);
    const walk = drawQuestion(cloud, current);
    const marked = new Set([...fresh, ...(drawn?.touched ?? []), ...(walk?.touched ?? [])]);
    const lines = drawTunnels(cloud, current, tunnels, (bytes) => sizeText(observed, bytes), (count) => observed.t("tunnel.more", { count }));
    const inClusters = drawClusters(topology, current);
    return buildScene(topology, current, { states, selected: chosen, hovered: pointed, marked, path: drawn, tunnels: lines, targets: drawBalanced(current), walk, exposure, dimmed: isStopped, texts, ...(inClusters === undefined ? {} : { clusters: inClusters }) });
  }, [topology, cloud, states, fresh, prediction, step, setting, tunnels, drawBalanced, drawQuestion, drawClusters, exposure, isStopped, texts, observed, language]);
  const describe = (id: string, isFolded: boolean): string => [clusters.describe(id, isFolded) || describeElement(cloud, id, states, t, isFolded), describeBalanced(id), describeExposure(exposure, id, exposed)].join(" ").trim();
  return { draw, describe, tunnels, balancers, scans, tunnelTexts: tunnels.map((tunnel) => ({ id: tunnel.id, text: `${tunnelTitle(tunnel)}: ${describeTunnel(tunnel, observed)}` })) };
}
