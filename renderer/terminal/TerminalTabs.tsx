import { Columns2, Plus, Square, X } from "lucide-react";
import { useState, type KeyboardEvent } from "react";
import { useStore } from "zustand";
import { Button } from "../components/Button.tsx";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { stateName } from "../topology/describeElement.ts";
import { PopupMenu } from "../topology/PopupMenu.tsx";
import { useLab } from "../state/stores.tsx";
import { largestSplit, ordinalOf } from "./tabs.ts";
import { terminalTitle } from "./terminalTitle.ts";
import type { TerminalDesk } from "./TerminalDesk.ts";
import { WhyNotTerminal } from "./WhyNotTerminal.tsx";
import type { TerminalNode } from "./useTerminalNodes.ts";

/** The row of tabs: name, state by dot and word, close; and the buttons to open one more or to split. */
export function TerminalTabs({ lab, desk, nodes }: { lab: string; desk: TerminalDesk; nodes: readonly TerminalNode[] }) {
  const { t } = useTranslate(canvasTexts);
  const tabs = useStore(desk.store, (state) => state.tabs);
  useStore(desk.store, (state) => state.version);
  const isStopped = useLab(lab, (state) => state.status?.phase === "stopped");
  const [isChoosing, setChoosing] = useState(false);
  const nameOf = (node: string | undefined) => (node === undefined ? t("terminal.local") : terminalTitle(node));
  const stateOf = (key: string, node: string | undefined): { dot: string; word: string } => {
    const session = desk.session(key);
    if (session?.state === "dead" || session?.state === "failed") return { dot: "dead", word: t("terminal.dead") };
    if (session?.state === "connecting") return { dot: "starting", word: t("terminal.connecting") };
    const state = nodes.find((candidate) => candidate.name === node)?.state;
    if (node !== undefined && state !== undefined && state !== "running") return { dot: state, word: stateName(t, state) };
    return session?.state === "alive" ? { dot: "running", word: t("terminal.alive") } : { dot: "stopped", word: t("terminal.idle") };
  };
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const next = tabs.tabs[(index + by + tabs.tabs.length) % tabs.tabs.length];
    const tab = tabs.tabs[index];
    if (by !== 0 && next !== undefined) {
      desk.show(next.key);
      document.getElementById(`terminal-${next.key}`)?.focus();
    } else if (event.key === "Enter" && tab !== undefined) {
      desk.show(tab.key);
      desk.focus();
    } else if (event.key === "Delete" && tab !== undefined) desk.close(tab.key);
    else return;
    event.preventDefault();
  };
  return (
    <div className="terminal-tabs">
      <div className="terminal-tab-list" role="tablist" aria-label={t("terminal.tabs")}>
        {tabs.tabs.map((tab, index) => {
          const isShown = tabs.shown.includes(tab.key);
          const { dot, word } = stateOf(tab.key, tab.node);
          const ordinal = ordinalOf(tabs, tab);
          const name = ordinal > 1 ? `${nameOf(tab.node)} ${ordinal}` : nameOf(tab.node);
          return (
            <div key={tab.key} className={`terminal-tab${isShown ? " shown" : ""}`} role="presentation" onAuxClick={(event) => event.button === 1 && desk.close(tab.key)}>
              <button
                type="button" role="tab" id={`terminal-${tab.key}`} aria-selected={isShown} tabIndex={tab.key === (tabs.shown[tabs.focused] ?? tabs.tabs[0]?.key) ? 0 : -1}
                aria-label={t("terminal.tab", { name, state: word })} title={`${name}, ${word}`}
                onClick={() => {
                  desk.show(tab.key);
                  desk.focus();
                }}
                onKeyDown={(event) => onKeyDown(event, index)}
              >
                <span className={`state-dot ${dot}`} aria-hidden="true" />
                <span>{name}</span>
                {dot === "dead" ? <span className="terminal-tab-note">{word}</span> : null}
              </button>
              <button type="button" className="terminal-tab-close" tabIndex={-1} aria-label={t("terminal.close", { name })} title={t("terminal.close", { name })} onClick={() => desk.close(tab.key)}><X size={13} /></button>
            </div>
          );
        })}
      </div>
      <span className="terminal-menu-anchor">
        <Button kind="quiet" size="small" icon={<Plus size={15} />} aria-label={t("terminal.new")} aria-haspopup="menu" aria-expanded={isChoosing} onClick={() => setChoosing(!isChoosing)} />
        {isChoosing ? (
          <PopupMenu
            label={t("terminal.choose")} onClose={() => setChoosing(false)}
            items={[
              { id: "local", label: t("terminal.local"), act: () => void (desk.open(undefined), desk.focus()) },
              ...nodes.map((node) => ({ id: node.name, label: node.name, detail: node.state === "running" ? undefined : stateName(t, node.state), disabled: isStopped, act: () => void (desk.open(node.name), desk.focus()) })),
            ]}
          />
        ) : null}
      </span>
      <span className="terminal-tabs-end">
        <WhyNotTerminal lab={lab} desk={desk} />
        {tabs.shown.length > 0 && tabs.shown.length < largestSplit ? <Button kind="quiet" size="small" icon={<Columns2 size={15} />} aria-label={t("terminal.split")} onClick={() => desk.split()} /> : null}
        {tabs.shown.length > 1 ? <Button kind="quiet" size="small" icon={<Square size={14} />} aria-label={t("terminal.unsplit")} onClick={() => desk.join()} /> : null}
      </span>
    </div>
  );
}
