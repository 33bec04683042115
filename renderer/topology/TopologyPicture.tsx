import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Topology } from "../../playground/model/topology.ts";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { AnyInspector, type Inspected } from "../inspector/AnyInspector.tsx";
import { useLab, useStores } from "../state/stores.tsx";
import { machineOf, terminalName } from "./clusterElements.ts";
import { ElementList } from "./ElementList.tsx";
import { ExposureLegend } from "./ExposureLegend.tsx";
import { ImpairForm } from "./ImpairForm.tsx";
import { layoutTopology } from "../../playground/picture/layout.ts";
import type { Layout, Point } from "../../playground/picture/layoutTypes.ts";
import { PacketDots } from "../packets/PacketDots.tsx";
import { PacketPanel } from "../packets/PacketPanel.tsx";
import { useCaptureAt } from "../packets/useCaptureAt.ts";
import type { StageView } from "./fittedView.ts";
import { moveNodes, readPositions } from "./movedLayout.ts";
import { NamespaceFilter } from "./NamespaceFilter.tsx";
import { PathPanel } from "./PathPanel.tsx";
import { PopupMenu } from "./PopupMenu.tsx";
import { SearchBox } from "./SearchBox.tsx";
import { reducesMotion } from "./reducesMotion.ts";
import { StoppedPill } from "./StoppedPill.tsx";
import { tipPlace } from "./tipPlace.ts";
import { TopologyCanvas, type CanvasHandle } from "./TopologyCanvas.tsx";
import { TopologyToolbar } from "./TopologyToolbar.tsx";
import { TrafficLegend } from "./TrafficLegend.tsx";
import { TunnelLegend } from "./TunnelLegend.tsx";
import { useClusterPicture } from "./useClusterPicture.ts";
import { useElementActions } from "./useElementActions.ts";
import { useExport } from "./useExport.ts";
import { canScan } from "./useExposure.ts";
import { useFolding } from "./useFolding.ts";
import { takePathEnd, usePath } from "./usePath.ts";
import { useSize } from "./useSize.ts";
import type { useTopology } from "./useTopology.ts";
import { useTopologyKeys } from "./useTopologyKeys.ts";
import { useTopologyScene } from "./useTopologyScene.ts";

/** The same as --inspector in topology.css. */
const inspectorWidth = 296;
/** A legend that is opened lies over the picture: making room for all of it would leave nothing to see. */
const closedLegends = 84;

interface TopologyPictureProps {
  readonly lab: string;
  /** The picture of the cloud as the engine tells it; what clusters tell of themselves comes to it here. */
  readonly cloud: Topology;
  readonly states: ReturnType<typeof useTopology>["states"];
  readonly fresh: ReadonlySet<string>;
  readonly isStopped: boolean;
}

/** The picture with all that can be done in it: pointing, choosing, folding, paths, scans, and the inspector over its right edge. */
export function TopologyPicture({ lab, cloud, states, fresh, isStopped }: TopologyPictureProps) {
  const { t } = useTranslate(canvasTexts);
  const store = useStores().lab(lab);
  const remembered = useLab(lab, (state) => state.layout?.positions);
  const phase = useLab(lab, (state) => state.status?.phase);
  const stage = useRef<CanvasHandle>(null);
  const area = useRef<HTMLDivElement>(null);
  const tools = useRef<HTMLDivElement>(null);
  const legends = useRef<HTMLDivElement>(null);
  const { height: toolsHeight } = useSize(tools);
  const { height: legendsHeight } = useSize(legends);
  const [selected, setSelected] = useState<string>();
  const [inspected, setInspected] = useState<Inspected>();
  const [hover, setHover] = useState<{ id: string; point: Point; room: { width: number; height: number } }>();
  const [menu, setMenu] = useState<{ id: string; point: Point }>();
  const [isSearching, setSearching] = useState(false);
  const [impaired, setImpaired] = useState<string>();
  const path = usePath(lab);
  const captures = useCaptureAt(lab, cloud, isStopped, path.close);
  const packets = captures.tool;
  const [view, setView] = useState<StageView>();

  const clusters = useClusterPicture(lab, cloud);
  const { topology } = clusters;
  const { folded, canFold, toggle: toggleFold, reset: unfoldAll } = useFolding(topology);
  const computed = useMemo(() => layoutTopology(topology, folded), [topology, folded]);
  const layout = useMemo(() => moveNodes(computed, readPositions(remembered)), [computed, remembered]);
  const scene = useTopologyScene({ lab, cloud, clusters, states, fresh, prediction: path.result?.prediction, step: path.steps.at, zoom: view?.zoom, isStopped, reducesMotion });
  const { draw, tunnels, balancers, scans } = scene;
  const makeScene = useCallback((current: Layout) => draw(current, selected, hover?.id), [draw, selected, hover?.id]);

  const nodeOf = (id: string | undefined) => topology.nodes.find((node) => node.id === id);
  /** A machine or gateway of the cloud: what is in a cluster has no path of its own there. */
  const cloudNodeOf = (id: string | undefined) => cloud.nodes.find((node) => node.id === id);
  const select = (id: string | undefined, focus = true) => {
    setSelected(id);
    setMenu(undefined);
    if (focus) area.current?.focus({ preventScroll: true });
  };
  const startPath = (id: string | undefined) => {
    const node = cloudNodeOf(id);
    path.start(node?.terminal === true || node?.kind === "instance" ? node.name : "");
  };
  const scanFrom = (id: string | undefined) => {
    const node = cloudNodeOf(id);
    if (node !== undefined && canScan(node) && !isStopped && scans.scanning === undefined) scans.scan(node.name);
  };
  /** A click: an end of the path being asked, else the element's inspector; a folded box opens. */
  const choose = (id: string | undefined) => {
    const node = cloudNodeOf(id);
    if (node !== undefined && takePathEnd(path, node)) return select(id);
    if (id !== undefined && folded.has(id)) toggleFold(id);
    select(id);
    // The inspector makes the picture give way, which must not happen under a double-click: it follows in `settle`.
    if (id === undefined) setInspected(undefined);
  };
  const inspect = (id: string, tab: Inspected["tab"] = "facts") => setInspected({ id: machineOf(id), tab });
  const openTerminal = (id: string | undefined) => {
    const node = nodeOf(id);
    if (node?.terminal === true && !isStopped) store.getState().typeInto(terminalName(node), "");
    else if (id !== undefined) inspect(id);
  };
  const go = (id: string | undefined) => {
    if (id === undefined) return;
    select(id);
    setHover(undefined);
    stage.current?.reveal(id);
  };
  // The inspector that has just opened may lie over what it speaks of.
  useEffect(() => {
    if (inspected !== undefined) stage.current?.reveal(inspected.id);
  }, [inspected]);
  /** Closes what was opened last; false when there was nothing to close. */
  const escape = () => {
    if (path.draft !== undefined) path.close();
    else if (packets.capture !== undefined) packets.close();
    else if (inspected !== undefined) setInspected(undefined);
    else if (selected !== undefined) setSelected(undefined);
    else return false;
    return true;
  };
  const keys = useTopologyKeys({
    layout, selected, go,
    inspect: () => selected !== undefined && (folded.has(selected) ? toggleFold(selected) : inspect(selected)),
    terminal: () => openTerminal(selected),
    path: () => startPath(selected),
    hop: (by) => {
      path.steps.move(by);
      return path.result !== undefined;
    },
    play: path.steps.play,
    packets: () => captures.begin(selected),
    project: () => store.getState().project(true),
    scan: () => scanFrom(selected),
    rescan: scans.again,
    search: () => setSearching(true),
    menu: () => {
      const point = selected === undefined ? undefined : stage.current?.screenPoint(selected);
      if (selected !== undefined && point !== undefined) setMenu({ id: selected, point: { x: point.x + 20, y: point.y } });
    },
    zoom: (factor) => stage.current?.zoomBy(factor),
    fit: () => stage.current?.fit(),
    escape,
  });
  const exportAs = useExport(lab, topology, layout, (current) => draw(current, undefined, undefined));
  const actions = useElementActions(lab, {
    openTerminal, startPath, scanFrom, isStopped,
    toggleFold: (id) => {
      toggleFold(id);
      select(id);
    },
    canFold,
    isFolded: (id) => folded.has(id),
    inspect,
    impair: setImpaired,
    capture: (id) => (captures.canBegin(id) ? () => captures.begin(id) : undefined),
  });
  const covered = inspected === undefined && path.draft === undefined && packets.capture === undefined ? 0 : inspectorWidth;
  const describe = (id: string) => scene.describe(id, folded.has(id));
  return (
    <>
      <div
        ref={area} className="topology-area" tabIndex={0} role="application" data-focus-first
        aria-label={t("topology.label")} aria-roledescription={t("topology.label")} aria-describedby="topology-keys" aria-activedescendant={selected === undefined ? undefined : `element-${selected}`}
        onKeyDown={keys} onPointerLeave={() => setHover(undefined)} onContextMenu={(event) => event.preventDefault()}
      >
        <TopologyCanvas
          layout={layout} animate={!reducesMotion()} makeScene={makeScene} inset={{ top: toolsHeight + 12, right: covered, bottom: legendsHeight === 0 ? 0 : Math.min(legendsHeight, closedLegends) + 12 }} handle={stage}
          events={{
            hover: (id, point) => setHover(id === undefined ? undefined : { id, point, room: { width: area.current?.clientWidth ?? 800, height: area.current?.clientHeight ?? 600 } }),
            select: choose,
            settle: (id) => {
              if (id !== undefined && id === selected && path.draft === undefined) inspect(id);
            },
            open: openTerminal,
            menu: (id, point) => {
              select(id);
              setHover(undefined);
              setMenu({ id, point });
            },
            moved: (id, point) => store.getState().rememberLayout({ positions: { ...Object.fromEntries(readPositions(store.getState().layout?.positions)), [id]: point } }),
            touched: () => setHover(undefined),
            viewport: setView,
          }}
        />
        {packets.capture === undefined || view === undefined ? null : <PacketDots capture={packets.capture.id} packets={packets.capture.packets} topology={cloud} layout={layout} view={view} />}
        <span id="topology-keys" className="visually-hidden">{t("topology.help")}</span>
        <ElementList layout={layout} selected={selected} describe={describe} tunnels={scene.tunnelTexts} />
      </div>
      <div ref={tools} className="topology-top">
        <TopologyToolbar
          hasPath={path.draft !== undefined} onFit={() => stage.current?.fit()} onSearch={() => setSearching(true)} onZoom={(factor) => stage.current?.zoomBy(factor)} onExport={(format) => void exportAs(format)}
          onTidy={() => {
            store.getState().rememberLayout({ positions: {} });
            unfoldAll();
            stage.current?.fit();
          }}
          onProject={() => store.getState().project(true)}
          onPath={() => (path.draft === undefined ? startPath(selected) : path.close())}
        />
        <NamespaceFilter clusters={clusters} />
        <StoppedPill lab={lab} />
      </div>
      <div ref={legends} className="topology-legends" onKeyDown={(event) => event.key === "Escape" && escape() && event.stopPropagation()}><TrafficLegend clusters={clusters} onInspect={inspect} /><ExposureLegend tool={scans} /><TunnelLegend tunnels={tunnels} /></div>
      {isSearching ? (
        <SearchBox
          topology={topology} onClose={() => setSearching(false)}
          onChoose={(id) => {
            setSearching(false);
            const holder = nodeOf(id)?.parent;
            if (holder !== undefined && folded.has(holder)) toggleFold(holder);
            go(id);
            inspect(id);
          }}
        />
      ) : null}
      {hover === undefined || menu !== undefined ? null : <div className="topology-tip" role="tooltip" style={tipPlace(hover.point, hover.room, covered)}>{describe(hover.id)}</div>}
      {menu === undefined ? null : <PopupMenu key={`menu ${menu.id}`} label={t("menu.label", { name: nodeOf(menu.id)?.name ?? "" })} at={menu.point} items={actions(nodeOf(menu.id), menu.id)} onClose={() => setMenu(undefined)} />}
      {path.draft === undefined ? <PacketPanel tool={packets} topology={cloud} /> : null}
      <PathPanel topology={cloud} tool={path} canProbe={phase === "running" || phase === "broken"} groups={clusters.groups} />
      {impaired === undefined ? null : <ImpairForm lab={lab} node={impaired} onClose={() => setImpaired(undefined)} />}
      {inspected === undefined || path.draft !== undefined || packets.capture !== undefined ? null : (
        <AnyInspector
          key={`${inspected.id} ${inspected.tab}`} lab={lab} inspected={inspected} topology={cloud} clusters={clusters} states={states} probes={path.probes} scans={scans} balancers={balancers}
          onTerminal={(name) => store.getState().typeInto(name, "")}
          onSelect={(id) => {
            go(id);
            inspect(id);
          }}
          onClose={() => {
            setInspected(undefined);
            area.current?.focus();
          }}
        />
      )}
    </>
  );
}
