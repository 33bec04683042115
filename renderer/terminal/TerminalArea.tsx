import "@xterm/xterm/css/xterm.css";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { Button } from "../components/Button.tsx";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useApp, useClient, useLab, useStores } from "../state/stores.tsx";
import { TerminalDesk } from "./TerminalDesk.ts";
import { TerminalPane } from "./TerminalPane.tsx";
import { TerminalSearch } from "./TerminalSearch.tsx";
import { TerminalTabs } from "./TerminalTabs.tsx";
import { useTerminalNodes } from "./useTerminalNodes.ts";
import "./terminal.css";

/** Name of the request for a local shell in `typeInto`. */
const localNames: ReadonlySet<string> = new Set(["", "local", "host"]);

/** The lab's terminals: tabs above, one to three of them side by side. */
export function TerminalArea({ lab }: { lab: string }) {
  const { t } = useTranslate(canvasTexts);
  const client = useClient();
  const store = useStores().lab(lab);
  const [desk] = useState(() => new TerminalDesk(client, store));
  const tabs = useStore(desk.store, (state) => state.tabs);
  const searching = useStore(desk.store, (state) => state.searching);
  const isLoaded = useLab(lab, (state) => state.layout !== undefined);
  const copyOnSelect = useApp((state) => state.settings?.copyOnSelect ?? false);
  const textSize = useApp((state) => state.settings?.textSize ?? 14);
  const nodes = useTerminalNodes(lab);

  useEffect(() => {
    if (!isLoaded) return undefined;
    void desk.start(store.getState().layout?.terminals);
    return () => desk.stop();
  }, [desk, store, isLoaded]);
  useEffect(() => desk.applyPreferences({ copyOnSelect, fontSize: Math.max(12, textSize - 1) }), [desk, copyOnSelect, textSize]);
  useEffect(() => {
    let handled = store.getState().typeRequest?.sequence ?? 0;
    return store.subscribe(({ typeRequest }) => {
      if (typeRequest === undefined || typeRequest.sequence <= handled) return;
      handled = typeRequest.sequence;
      desk.typeInto(localNames.has(typeRequest.node) ? undefined : typeRequest.node, typeRequest.text);
    });
  }, [desk, store]);
  useEffect(() => {
    const observer = new MutationObserver(() => desk.refreshThemes());
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    return () => observer.disconnect();
  }, [desk]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey && !event.altKey && !event.metaKey && (event.key === "`" || event.code === "Backquote")) {
        if (desk.focus()) event.preventDefault();
      } else if (event.ctrlKey && event.shiftKey && event.code === "KeyT") desk.handleKey(event);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [desk]);

  // The student's own laptop first: labs are looked at from there.
  const offered = nodes.filter((node) => node.state === "running").sort((a, b) => Number(b.role === "laptop") - Number(a.role === "laptop")).slice(0, 6);
  return (
    <div className="terminal-area">
      <TerminalTabs lab={lab} desk={desk} nodes={nodes} />
      {searching ? <TerminalSearch desk={desk} /> : null}
      {tabs.shown.length === 0 ? (
        <div className="terminal-empty">
          <p>{t("terminal.empty")}</p>
          <p className="terminal-hint">{t("terminal.emptyHint")}</p>
          <div>
            <Button onClick={() => desk.open(undefined)}>{t("terminal.local")}</Button>
            {offered.map((node) => <Button key={node.name} onClick={() => desk.open(node.name)}>{node.name}</Button>)}
          </div>
        </div>
      ) : (
        <div className="terminal-columns">
          {tabs.shown.map((key, column) => <TerminalPane key={key} lab={lab} desk={desk} tabKey={key} isFocused={column === tabs.focused && tabs.shown.length > 1} />)}
        </div>
      )}
    </div>
  );
}
