import { parseClusterId } from "../../playground/model/clusterIds.ts";
import type { TopologyNode } from "../../playground/model/topology.ts";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { clusterTexts } from "../i18n/clusterTexts.ts";
import { exposureTexts } from "../i18n/exposureTexts.ts";
import { packetTexts } from "../i18n/packetTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useApp, useClient } from "../state/stores.tsx";
import type { MenuItem } from "./PopupMenu.tsx";

interface ElementTools {
  readonly isStopped: boolean;
  openTerminal(id: string): void;
  startPath(id: string): void;
  scanFrom(id: string): void;
  toggleFold(id: string): void;
  canFold(id: string): boolean;
  isFolded(id: string): boolean;
  inspect(id: string, tab: "facts" | "log" | "yaml"): void;
  impair(node: string): void;
  /** Shows packets as they pass at an element; absent where they cannot be captured. */
  capture(id: string): (() => void) | undefined;
}

/** What can be done with an element, as entries of its menu. */
export function useElementActions(lab: string, tools: ElementTools): (node: TopologyNode | undefined, id: string) => MenuItem[] {
  const { t } = useTranslate(canvasTexts);
  const exposure = useTranslate(exposureTexts);
  const packets = useTranslate(packetTexts);
  const cluster = useTranslate(clusterTexts);
  const client = useClient();
  const notifyDone = useApp((state) => state.notifyDone);
  const notifyError = useApp((state) => state.notifyError);
  return (node, id) => {
    const items: MenuItem[] = [{ id: "inspect", label: t("menu.inspect"), detail: "↵", act: () => tools.inspect(id, "facts") }];
    if (tools.canFold(id)) items.push({ id: "fold", label: t(tools.isFolded(id) ? "topology.expand" : "topology.fold"), act: () => tools.toggleFold(id) });
    // The keyboard stands on what is in an open box, not on the box: it is folded from there.
    const parent = node?.parent ?? "";
    const holder = parseClusterId(parent);
    if (holder !== undefined && tools.canFold(parent)) items.push({ id: "fold-holder", label: cluster.t("menu.fold", { name: holder.names.at(-1) ?? holder.cluster }), act: () => tools.toggleFold(parent) });
    if (node !== undefined && (node.kind === "pod" || node.kind === "service" || node.kind === "ingress")) {
      const yaml: MenuItem = { id: "yaml", label: cluster.t("menu.yaml"), act: () => tools.inspect(id, "yaml") };
      if (node.kind !== "pod") return [...items, yaml];
      return [{ id: "terminal", label: t("menu.terminal"), detail: "T", disabled: !node.terminal || tools.isStopped, act: () => tools.openTerminal(id) }, ...items, { id: "log", label: cluster.t("menu.log"), act: () => tools.inspect(id, "log") }, yaml];
    }
    const isMachine = node !== undefined && (node.kind === "instance" || node.kind === "load-balancer" || node.kind === "internet-host" || node.kind === "machine" || node.kind === "cluster-node");
    if (node?.kind === "resolver") items.push({ id: "log", label: t("menu.log"), act: () => tools.inspect(id, "log") });
    const capture = tools.capture(id);
    const watch: MenuItem[] = capture === undefined ? [] : [{ id: "packets", label: packets.t("packets.menu"), detail: "L", disabled: tools.isStopped, act: capture }];
    if (!isMachine) return [...items, ...watch];
    const restart = async () => {
      try {
        await client.call("nodes.restart", { lab, node: node.name });
        notifyDone(t("menu.restarted", { name: node.name }));
      } catch (error) {
        notifyError(error);
      }
    };
    const clear = async () => {
      try {
        await client.call("links.impair", { lab, node: node.name, lossPercent: 0, delayMilliseconds: 0 });
        notifyDone(t("impair.cleared", { name: node.name }));
      } catch (error) {
        notifyError(error);
      }
    };
    return [
      { id: "terminal", label: t("menu.terminal"), detail: "T", disabled: !node.terminal || tools.isStopped, act: () => tools.openTerminal(id) },
      ...items,
      { id: "path", label: t("menu.path"), detail: "P", act: () => tools.startPath(id) },
      { id: "exposure", label: exposure.t("exposure.scan"), detail: "S", disabled: tools.isStopped, act: () => tools.scanFrom(id) },
      ...watch,
      { id: "log", label: t("menu.log"), act: () => tools.inspect(id, "log") },
      { id: "restart", label: t("menu.restart"), disabled: tools.isStopped, act: () => void restart() },
      { id: "impair", label: t("menu.impair"), disabled: tools.isStopped, act: () => tools.impair(node.name) },
      { id: "clear", label: t("menu.clearImpair"), disabled: tools.isStopped, act: () => void clear() },
    ];
  };
}
