import { LoaderCircle } from "lucide-react";
import { useCallback, useMemo, useRef, useState } from "react";
import { reasonText } from "../../playground/model/reasonText.ts";
import type { Topology } from "../../playground/model/topology.ts";
import { tunnelTitle } from "../../playground/model/tunnel.ts";
import { Button } from "../components/Button.tsx";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { exposureTexts } from "../i18n/exposureTexts.ts";
import { observationTexts, sizeText } from "../i18n/observationTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { Inspector } from "../inspector/Inspector.tsx";
import { useLab, useStores } from "../state/stores.tsx";
import { ElementList } from "./ElementList.tsx";
import { buildScene } from "./buildScene.ts";
import { describeElement } from "./describeElement.ts";
import { describeExposure } from "./describeExposure.ts";
import { describeTunnel } from "./describeTunnel.ts";
import { ExposureLegend } from "./ExposureLegend.tsx";
import { ImpairForm } from "./ImpairForm.tsx";
import { foldAbove, foldedByDefault, layoutTopology } from "./layout.ts";
import type { Layout, Point } from "./layoutTypes.ts";
import { moveNodes, readPositions } from "./movedLayout.ts";
import { drawPrediction } from "./pathGeometry.ts";
import { PathPanel } from "./PathPanel.tsx";
import { PopupMenu } from "./PopupMenu.tsx";
import { SearchBox } from "./SearchBox.tsx";
import { StoppedPill } from "./StoppedPill.tsx";
import { tipPlace } from "./tipPlace.ts";
import { drawTunnels } from "./tunnelGeometry.ts";
import { TunnelLegend } from "./TunnelLegend.tsx";
import { TopologyCanvas, type CanvasHandle } from "./TopologyCanvas.tsx";
import { TopologyToolbar } from "./TopologyToolbar.tsx";
import { useBalancers } from "./useBalancers.ts";
import { useDnsWalk } from "./useDnsWalk.ts";
import { useElementActions } from "./useElementActions.ts";
import { canScan, useExposure } from "./useExposure.ts";
import { useExport } from "./useExport.ts";
import { likelyPort, usePath } from "./usePath.ts";
import { useSceneTexts } from "./useSceneTexts.ts";
import { useSize } from "./useSize.ts";
import { useTopology } from "./useTopology.ts";
import { useTopologyKeys } from "./useTopologyKeys.ts";
import { useTunnels } from "./useTunnels.ts";
import "./topology.css";

/** The same as --inspector in topology.css. */
const inspectorWidth = 296;

/** The live map of a lab: nested boxes, nodes, gateways, peering, a packet's path, and the inspector over its right edge. */
export function TopologyView({ lab }: { lab: string }) {
  const { t } = useTranslate(canvasTexts);
  const { topology, error, fresh, states, reload } = useTopology(lab);
  const phase = useLab(lab, (state) => state.status?.phase);
  if (topology === undefined) {
    return (
      <div className="topology-view topology-message" role="status">
        {error === undefined ? <><LoaderCircle className="spin" size={18} /> {t("topology.loading")}</> : <>{t("topology.failed")} <Button onClick={reload}>{t("topology.again")}</Button></>}
      </div>
    );
  }
  const isStopped = phase === "stopped";
  return (
    <div className="topology-view">
      {topology.boxes.length + topology.nodes.length === 0 ? <><p className="topology-message muted">{t("topology.empty")}</p><div className="topology-top"><StoppedPill lab={lab} /></div></> : <TopologyPicture key={lab} lab={lab} topology={topology} states={states} fresh={fresh} isStopped={isStopped} />}
    </div>
  );
}

interface TopologyPictureProps {
  readonly lab: string;
  readonly topology: Topology;
  readonly states: ReturnType<typeof useTopology>["states"];
  readonly fresh: ReadonlySet<string>;
  readonly isStopped: boolean;
}

function TopologyPicture({ lab, topology, states, fresh, isStopped }: TopologyPictureProps) {
  const { t, language } = useTranslate(canvasTexts);
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
  const [inspected, setInspected] = useState<{ id: string; tab: "facts" | "log" }>();
  const [hover, setHover] = useState<{ id: string; point: Point; room: { width: number; height: number } }>();
  const [menu, setMenu] = useState<{ id: string; point: Point }>();
  const [isSearching, setSearching] = useState(false);
  const [impaired, setImpaired] = useState<string>();
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const path = usePath(lab);

  const folded = useMemo(() => new Set([...foldedByDefault(topology)].filter((id) => !unfolded.has(id))), [topology, unfolded]);
  const computed = useMemo(() => layoutTopology(topology, folded), [topology, folded]);
  const layout = useMemo(() => moveNodes(computed, readPositions(remembered)), [computed, remembered]);
  const texts = useSceneTexts();
  const prediction = path.result?.prediction;
  const tunnels = useTunnels(lab);
  const drawQuestion = useDnsWalk(lab, reducesMotion);
  const { balancers, drawBalanced, describeBalanced } = useBalancers(lab, topology);
  const observed = useTranslate(observationTexts);
  const scans = useExposure(lab);
  const { exposure } = scans;
  const exposed = useTranslate(exposureTexts);
  const draw = useCallback((current: Layout, chosen: string | undefined, pointed: string | undefined) => {
    const lost = prediction?.hops.find((hop) => hop.outcome === "drop" || hop.outcome === "refuse");
    const drawn = prediction === undefined ? undefined : drawPrediction(topology, current, prediction, lost === undefined ? "" : reasonText(lost, language));
    const walk = drawQuestion(topology, current);
    const marked = new Set([...fresh, ...(drawn?.touched ?? []), ...(walk?.touched ?? [])]);
    const lines = drawTunnels(topology, current, tunnels, (bytes) => sizeText(observed, bytes), (count) => observed.t("tunnel.more", { count }));
    return buildScene(topology, current, { states, selected: chosen, hovered: pointed, marked, path: drawn, tunnels: lines, targets: drawBalanced(current), walk, exposure, dimmed: isStopped, texts });
  }, [topology, states, fresh, prediction, tunnels, drawBalanced, drawQuestion, exposure, isStopped, texts, observed, language]);
  const makeScene = useCallback((current: Layout) => draw(current, selected, hover?.id), [draw, selected, hover?.id]);

  const nodeOf = (id: string | undefined) => topology.nodes.find((node) => node.id === id);
  const select = (id: string | undefined, focus = true) => {
    setSelected(id);
    setMenu(undefined);
    if (focus) area.current?.focus({ preventScroll: true });
  };
  const startPath = (id: string | undefined) => {
    const node = nodeOf(id);
    path.start(node?.terminal === true || node?.kind === "instance" ? node.name : "");
  };
  const scanFrom = (id: string | undefined) => {
    const node = nodeOf(id);
    if (node !== undefined && canScan(node) && !isStopped && scans.scanning === undefined) scans.scan(node.name);
  };
  const toggleFold = (id: string) => {
    const next = new Set(unfolded);
    if (!next.delete(id)) next.add(id);
    setUnfolded(next);
  };
  /** A click: an end of the path being asked, else the element's inspector; a folded box opens. */
  const choose = (id: string | undefined) => {
    const node = nodeOf(id);
    if (path.draft !== undefined && node !== undefined && (path.draft.from === "" || path.draft.to === "")) {
      if (path.draft.from === "") path.change({ from: node.name });
      else if (node.name !== path.draft.from) path.change({ to: node.name, ...(path.draft.protocol === "icmp" ? {} : { port: likelyPort(node.services, node.role) }) });
      return select(id);
    }
    if (id !== undefined && folded.has(id)) toggleFold(id);
    select(id);
    // The inspector makes the picture give way, which must not happen under a double-click: it follows in `settle`.
    if (id === undefined) setInspected(undefined);
  };
  const openTerminal = (id: string | undefined) => {
    const node = nodeOf(id);
    if (node?.terminal === true && !isStopped) store.getState().typeInto(node.name, "");
    else if (id !== undefined) setInspected({ id, tab: "facts" });
  };
  const go = (id: string | undefined) => {
    if (id === undefined) return;
    select(id);
    setHover(undefined);
    stage.current?.reveal(id);
  };
  const keys = useTopologyKeys({
    layout, selected, go,
    inspect: () => selected !== undefined && (folded.has(selected) ? toggleFold(selected) : setInspected({ id: selected, tab: "facts" })),
    terminal: () => openTerminal(selected),
    path: () => startPath(selected),
    scan: () => scanFrom(selected),
    rescan: scans.again,
    search: () => setSearching(true),
    menu: () => {
      const point = selected === undefined ? undefined : stage.current?.screenPoint(selected);
      if (selected !== undefined && point !== undefined) setMenu({ id: selected, point: { x: point.x + 20, y: point.y } });
    },
    zoom: (factor) => stage.current?.zoomBy(factor),
    fit: () => stage.current?.fit(),
    escape: () => {
      if (path.draft !== undefined) path.close();
      else if (inspected !== undefined) setInspected(undefined);
      else if (selected !== undefined) setSelected(undefined);
      else return false;
      return true;
    },
  });
  const exportAs = useExport(lab, topology, layout, (current) => draw(current, undefined, undefined));
  const actions = useElementActions(lab, {
    openTerminal, startPath, scanFrom, toggleFold, isStopped,
    canFold: (id) => topology.nodes.length > foldAbove && foldedByDefault(topology).has(id),
    isFolded: (id) => folded.has(id),
    inspect: (id, tab) => setInspected({ id, tab }),
    impair: setImpaired,
  });
  const covered = inspected === undefined && path.draft === undefined ? 0 : inspectorWidth;
  const describe = (id: string) => [describeElement(topology, id, states, t, folded.has(id)), describeBalanced(id), describeExposure(exposure, id, exposed)].join(" ").trim();
  return (
    <>
      <div
        ref={area} className="topology-area" tabIndex={0} role="application" data-focus-first
        aria-label={t("topology.label")} aria-roledescription={t("topology.label")} aria-describedby="topology-keys" aria-activedescendant={selected === undefined ? undefined : `element-${selected}`}
        onKeyDown={keys} onPointerLeave={() => setHover(undefined)} onContextMenu={(event) => event.preventDefault()}
      >
        <TopologyCanvas
          layout={layout} animate={!reducesMotion()} makeScene={makeScene} inset={{ top: toolsHeight + 12, right: covered, bottom: legendsHeight === 0 ? 0 : legendsHeight + 12 }} handle={stage}
          events={{
            hover: (id, point) => setHover(id === undefined ? undefined : { id, point, room: { width: area.current?.clientWidth ?? 800, height: area.current?.clientHeight ?? 600 } }),
            select: choose,
            settle: (id) => {
              if (id !== undefined && id === selected && path.draft === undefined) setInspected({ id, tab: "facts" });
            },
            open: openTerminal,
            menu: (id, point) => {
              select(id);
              setHover(undefined);
              setMenu({ id, point });
            },
            moved: (id, point) => store.getState().rememberLayout({ positions: { ...Object.fromEntries(readPositions(store.getState().layout?.positions)), [id]: point } }),
            touched: () => setHover(undefined),
          }}
        />
        <span id="topology-keys" className="visually-hidden">{t("topology.help")}</span>
        <ElementList layout={layout} selected={selected} describe={describe} tunnels={tunnels.map((tunnel) => ({ id: tunnel.id, text: `${tunnelTitle(tunnel)}: ${describeTunnel(tunnel, observed)}` }))} />
      </div>
      <div ref={tools} className="topology-top">
        <TopologyToolbar
          hasPath={path.draft !== undefined} onFit={() => stage.current?.fit()} onSearch={() => setSearching(true)} onZoom={(factor) => stage.current?.zoomBy(factor)} onExport={(format) => void exportAs(format)}
          onTidy={() => {
            store.getState().rememberLayout({ positions: {} });
            setUnfolded(new Set());
            stage.current?.fit();
          }}
          onPath={() => (path.draft === undefined ? startPath(selected) : path.close())}
        />
        <StoppedPill lab={lab} />
      </div>
      <div ref={legends} className="topology-legends"><ExposureLegend tool={scans} /><TunnelLegend tunnels={tunnels} /></div>
      {isSearching ? (
        <SearchBox
          topology={topology} onClose={() => setSearching(false)}
          onChoose={(id) => {
            setSearching(false);
            const holder = nodeOf(id)?.parent;
            if (holder !== undefined && folded.has(holder)) toggleFold(holder);
            go(id);
            setInspected({ id, tab: "facts" });
          }}
        />
      ) : null}
      {hover === undefined || menu !== undefined ? null : <div className="topology-tip" role="tooltip" style={tipPlace(hover.point, hover.room, covered)}>{describe(hover.id)}</div>}
      {menu === undefined ? null : <PopupMenu key={`menu ${menu.id}`} label={t("menu.label", { name: nodeOf(menu.id)?.name ?? "" })} at={menu.point} items={actions(nodeOf(menu.id), menu.id)} onClose={() => setMenu(undefined)} />}
      <PathPanel topology={topology} tool={path} canProbe={phase === "running" || phase === "broken"} />
      {impaired === undefined ? null : <ImpairForm lab={lab} node={impaired} onClose={() => setImpaired(undefined)} />}
      {inspected === undefined || path.draft !== undefined ? null : (
        <Inspector
          key={inspected.id} lab={lab} id={inspected.id} initialTab={inspected.tab} topology={topology} states={states} probes={path.probes} scans={scans} balancers={balancers}
          onSelect={(id) => {
            go(id);
            setInspected({ id, tab: "facts" });
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

/** Whether the reader asked for no movement, in the system or in the settings. */
function reducesMotion(): boolean {
  return document.documentElement.dataset.reduceMotion === "true" || matchMedia("(prefers-reduced-motion: reduce)").matches;
}
