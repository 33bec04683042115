import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { NodeState, Topology } from "../../playground/model/topology.ts";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { projectorTexts } from "../i18n/projectorTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useApp, useLab } from "../state/stores.tsx";
import { ElementList } from "../topology/ElementList.tsx";
import { walk, type Direction } from "../topology/keyboardWalk.ts";
import type { Layout, Point } from "../../playground/picture/layoutTypes.ts";
import { roomSentence } from "../../playground/picture/pathGeometry.ts";
import { PathPanel } from "../topology/PathPanel.tsx";
import { reducesMotion } from "../topology/reducesMotion.ts";
import { tipPlace } from "../topology/tipPlace.ts";
import { TopologyCanvas, type CanvasHandle } from "../topology/TopologyCanvas.tsx";
import type { StageView } from "../topology/fittedView.ts";
import { useClusterPicture } from "../topology/useClusterPicture.ts";
import { useFolding } from "../topology/useFolding.ts";
import { takePathEnd, usePath } from "../topology/usePath.ts";
import { useSize } from "../topology/useSize.ts";
import { useTopologyScene } from "../topology/useTopologyScene.ts";
import { PacketDots } from "../packets/PacketDots.tsx";
import { PacketPanel } from "../packets/PacketPanel.tsx";
import { useCaptureAt } from "../packets/useCaptureAt.ts";
import { coverAddresses, hideAddresses } from "./hideAddresses.ts";
import { KeyLegend } from "./KeyLegend.tsx";
import { litBounds } from "./litBounds.ts";
import { PenLayer, ringAround } from "./PenLayer.tsx";
import type { ProjectorCommand } from "./projectorKeys.ts";
import { largestEnlargement, projectorLayout, roomLegibility, roomPanel, roomText } from "./projectorLayout.ts";
import { stepScene, vpcsOf, type ProjectorScene } from "./projectorScenes.ts";
import { SceneBar } from "./SceneBar.tsx";
import { SceneEditor } from "./SceneEditor.tsx";
import { Spotlight } from "./Spotlight.tsx";
import { useProjectorKeys } from "./useProjectorKeys.ts";
import { useProjectorModes } from "./useProjectorModes.ts";
import { useScenes } from "./useScenes.ts";
import { visibleElements } from "./visibleElements.ts";

const look = { legibility: roomLegibility, largestFit: largestEnlargement };
const directions: Readonly<Partial<Record<ProjectorCommand, Direction>>> = { left: "left", right: "right", up: "up", down: "down" };

interface ProjectorStageProps {
  readonly lab: string;
  readonly cloud: Topology;
  readonly states: ReadonlyMap<string, NodeState>;
  readonly fresh: ReadonlySet<string>;
  readonly isStopped: boolean;
  onLeave(): void;
}

/** The picture of the projector mode, and what its keys do. */
export function ProjectorStage({ lab, cloud, states, fresh, isStopped, onLeave }: ProjectorStageProps) {
  const { t } = useTranslate(projectorTexts);
  const canvasText = useTranslate(canvasTexts);
  const notifyDone = useApp((state) => state.notifyDone);
  const phase = useLab(lab, (state) => state.status?.phase);
  const area = useRef<HTMLDivElement>(null);
  const stage = useRef<CanvasHandle>(null);
  const size = useSize(area);
  const [selected, setSelected] = useState<string>();
  const [pointer, setPointer] = useState<Point>();
  const [hovered, setHovered] = useState<string>();
  const [view, setView] = useState<StageView>({ pan: { x: 0, y: 0 }, zoom: 1 });
  const [hasKeys, setKeys] = useState(false);
  const [isNaming, setNaming] = useState(false);
  const [current, setCurrent] = useState<string | undefined>("whole");
  const { modes, strokes, draw: setStrokes, toggle, set } = useProjectorModes();
  const path = usePath(lab);
  const captures = useCaptureAt(lab, cloud, isStopped, path.close);
  const packets = captures.tool;
  const clusters = useClusterPicture(lab, cloud);
  const { topology } = clusters;
  const { folded } = useFolding(topology);
  const scenes = useScenes(lab, topology);

  const covered = path.draft === undefined && packets.capture === undefined ? 0 : roomPanel();
  const live = useMemo(() => (size.width === 0 ? undefined : projectorLayout(topology, folded, size.width - covered, size.height)), [topology, folded, covered, size.width, size.height]);
  // Rounded, so that a picture in movement is not set anew all the time.
  const tenths = Math.round(view.zoom * 10);
  const smallest = roomText();
  const sentences = useMemo(() => roomSentence(tenths / 10, smallest), [tenths, smallest]);
  const picture = useTopologyScene({ lab, cloud, clusters, states, fresh, prediction: path.result?.prediction, step: path.steps.at, sentences, isStopped: false, reducesMotion });
  const [frozen, setFrozen] = useState<{ layout: Layout; draw: typeof picture.draw }>();
  const layout = frozen?.layout ?? live;
  const draw = frozen?.draw ?? picture.draw;
  const makeScene = useCallback((placed: Layout) => (modes.addresses ? hideAddresses(draw(placed, selected, hovered)) : draw(placed, selected, hovered)), [draw, selected, hovered, modes.addresses]);
  const describe = (id: string): string => (modes.addresses ? coverAddresses(picture.describe(id, folded.has(id))) : picture.describe(id, folded.has(id)));

  const isReady = layout !== undefined;
  useEffect(() => {
    if (isReady) area.current?.querySelector<HTMLElement>(".topology-area")?.focus();
  }, [isReady]);
  const focusOn = (ids: readonly string[]) => stage.current?.focusOn(ids, !reducesMotion());
  const showScene = (scene: ProjectorScene | undefined) => {
    if (scene === undefined) return;
    setCurrent(scene.id);
    focusOn(scene.show);
    setSelected(scene.spotlight);
    set({ spotlight: scene.spotlight !== undefined, addresses: scene.hidesAddresses });
    if (scene.path === undefined) path.close();
    else path.ask(scene.path);
  };
  const nextVpc = (step: 1 | -1) => {
    const vpcs = vpcsOf(topology);
    const at = vpcs.findIndex((vpc) => current === `vpc ${vpc.id}`);
    const vpc = vpcs[at < 0 ? (step > 0 ? 0 : vpcs.length - 1) : (at + step + vpcs.length) % vpcs.length];
    if (vpc === undefined) return;
    setCurrent(`vpc ${vpc.id}`);
    focusOn([vpc.id]);
  };
  const freeze = () => {
    setFrozen(frozen === undefined && layout !== undefined ? { layout, draw: picture.draw } : undefined);
    toggle("frozen");
  };
  const choose = (id: string | undefined) => {
    const node = cloud.nodes.find((candidate) => candidate.id === id);
    if (node !== undefined) takePathEnd(path, node);
    setSelected(id);
  };
  const ring = () => {
    const bounds = layout === undefined || selected === undefined ? undefined : litBounds(topology, layout, selected, view.zoom);
    if (bounds !== undefined) setStrokes([...strokes, ringAround(bounds)]);
  };
  const escape = () => {
    if (hasKeys) setKeys(false);
    else if (modes.pen) toggle("pen");
    else if (path.draft !== undefined) path.close();
    else if (packets.capture !== undefined) packets.close();
    else if (modes.spotlight) toggle("spotlight");
    else if (strokes.length > 0) setStrokes([]);
    else if (selected !== undefined) setSelected(undefined);
    else onLeave();
  };
  const startPath = () => {
    const node = cloud.nodes.find((candidate) => candidate.id === selected);
    if (path.draft !== undefined) path.close();
    else path.start(node?.terminal === true || node?.kind === "instance" ? node.name : "");
  };
  const remember = (name: string) => {
    const scene = scenes.all.find((one) => one.id === current);
    const show = scene?.show ?? (layout === undefined ? [] : visibleElements(layout, view, size.width - covered, size.height));
    const added = scenes.add({ name, show, spotlight: modes.spotlight ? selected : undefined, hidesAddresses: modes.addresses, path: path.result?.question });
    setCurrent(added);
    setNaming(false);
    notifyDone(t("scene.saved", { name }));
  };
  const actions: Partial<Record<ProjectorCommand, () => void>> = {
    next: () => showScene(stepScene(scenes.all, current, 1)), previous: () => showScene(stepScene(scenes.all, current, -1)), whole: () => showScene(scenes.all[0]),
    vpc: () => nextVpc(1), vpcBack: () => nextVpc(-1), spotlight: () => toggle("spotlight"), freeze, pen: () => toggle("pen"), undo: () => setStrokes(strokes.slice(0, -1)), erase: () => setStrokes([]),
    addresses: () => toggle("addresses"), path: startPath, packets: () => (packets.capture === undefined ? captures.begin(selected) : packets.close()), remember: () => setNaming(true), keys: () => setKeys(!hasKeys), zoomIn: () => stage.current?.zoomBy(1.25), zoomOut: () => stage.current?.zoomBy(1 / 1.25),
    ...(path.result === undefined ? {} : { hopForward: () => path.steps.move(1), hopBack: () => path.steps.move(-1), play: path.steps.play }),
    choose: () => (modes.pen ? ring() : choose(selected)), escape,
  };
  useProjectorKeys((command) => {
    if (typeof command === "number") {
      showScene(scenes.all[command - 1]);
      return true;
    }
    const direction = directions[command];
    if (direction !== undefined && layout !== undefined) {
      const next = walk(layout, selected, direction);
      setSelected(next);
      setHovered(undefined);
      // A scene stays as it was prepared: only a free view follows.
      if (next !== undefined && current === undefined) stage.current?.reveal(next);
      return true;
    }
    const act = actions[command];
    act?.();
    return act !== undefined;
  });

  const lit = layout === undefined || selected === undefined ? undefined : litBounds(topology, layout, selected, view.zoom);
  const around = lit === undefined ? undefined : { x: lit.x * view.zoom + view.pan.x, y: lit.y * view.zoom + view.pan.y, width: lit.width * view.zoom, height: lit.height * view.zoom };
  return (
    <>
      <div ref={area} className="projector-area" onPointerMove={(event) => setPointer({ x: event.clientX, y: event.clientY })}>
        {layout === undefined ? null : (
          <div className="topology-area" tabIndex={0} role="application" aria-label={t("projector.label")} aria-activedescendant={selected === undefined ? undefined : `element-${selected}`} onContextMenu={(event) => event.preventDefault()} onPointerLeave={() => setHovered(undefined)}>
            <TopologyCanvas
              layout={layout} animate={!reducesMotion()} makeScene={makeScene} inset={{ top: 4, right: covered, bottom: 0 }} handle={stage} look={look}
              events={{ hover: (id) => setHovered(id), select: choose, settle: () => undefined, open: () => undefined, menu: (id) => setSelected(id), moved: () => undefined, touched: () => setCurrent(undefined), viewport: setView }}
            />
            <ElementList layout={layout} selected={selected} describe={describe} tunnels={picture.tunnelTexts} />
          </div>
        )}
        {packets.capture === undefined || layout === undefined ? null : <PacketDots capture={packets.capture.id} packets={packets.capture.packets} topology={cloud} layout={layout} view={view} />}
        {modes.spotlight ? <Spotlight width={size.width} height={size.height} around={around} pointer={pointer} /> : null}
        <PenLayer view={view} strokes={strokes} isOn={modes.pen} onChange={setStrokes} />
        {hovered === undefined || pointer === undefined || modes.pen || modes.spotlight ? null : <div className="topology-tip" role="tooltip" style={tipPlace(pointer, size, covered, smallest / 12)}>{describe(hovered)}</div>}
        {path.draft === undefined ? <PacketPanel tool={packets} topology={cloud} cover={modes.addresses ? coverAddresses : undefined} /> : null}
        <PathPanel topology={cloud} tool={path} canProbe={phase === "running" || phase === "broken"} cover={modes.addresses ? coverAddresses : undefined} groups={clusters.groups} />
        {hasKeys ? <KeyLegend onClose={() => setKeys(false)} /> : null}
      </div>
      <SceneBar scenes={scenes.all} current={current} modes={modes} onStep={(step) => showScene(stepScene(scenes.all, current, step))} onKeys={() => setKeys(!hasKeys)} onLeave={onLeave} />
      {isNaming ? <SceneEditor own={scenes.own} suggestion={t("scene.new")} onAdd={remember} onChange={scenes.keep} onClose={() => setNaming(false)} /> : null}
      {isStopped ? <p className="visually-hidden" role="status">{canvasText.t("topology.stopped")}</p> : null}
    </>
  );
}
