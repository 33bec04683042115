import { ChevronDown, ChevronUp, X } from "lucide-react";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { Button } from "../components/Button.tsx";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { focusedKey } from "./tabs.ts";
import type { TerminalDesk } from "./TerminalDesk.ts";

const decorations = { matchBackground: "#5b4a12", matchOverviewRuler: "#e6b35a", activeMatchBackground: "#8a6d00", activeMatchColorOverviewRuler: "#ffffff" };

/** Searches the focused terminal and its scrollback as one types. */
export function TerminalSearch({ desk }: { desk: TerminalDesk }) {
  const { t } = useTranslate(canvasTexts);
  const key = useStore(desk.store, (state) => focusedKey(state.tabs));
  const session = key === undefined ? undefined : desk.session(key);
  const [query, setQuery] = useState("");
  const [found, setFound] = useState<{ index: number; count: number }>();
  useEffect(() => {
    if (session === undefined) return undefined;
    const listener = session.screen.search.onDidChangeResults(({ resultIndex, resultCount }) => setFound({ index: resultIndex, count: resultCount }));
    return () => {
      listener.dispose();
      session.screen.search.clearDecorations();
    };
  }, [session]);
  const find = (text: string, backwards: boolean, incremental = false) => {
    if (backwards) session?.screen.search.findPrevious(text, { decorations });
    else session?.screen.search.findNext(text, { decorations, incremental });
  };
  return (
    <div className="terminal-search" role="search">
      <input
        autoFocus aria-label={t("terminal.search")} placeholder={t("terminal.search")} value={query} spellCheck={false}
        onChange={(event) => {
          setQuery(event.target.value);
          find(event.target.value, false, true);
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") desk.setSearching(false);
          else if (event.key === "Enter") find(query, event.shiftKey);
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <span className="muted" role="status">{query === "" || found === undefined ? "" : found.count === 0 ? t("terminal.searchNone") : t("terminal.searchCount", { index: found.index + 1, count: found.count })}</span>
      <Button kind="quiet" size="small" icon={<ChevronUp size={15} />} aria-label={t("terminal.searchPrevious")} onClick={() => find(query, true)} />
      <Button kind="quiet" size="small" icon={<ChevronDown size={15} />} aria-label={t("terminal.searchNext")} onClick={() => find(query, false)} />
      <Button kind="quiet" size="small" icon={<X size={15} />} aria-label={t("terminal.searchClose")} onClick={() => desk.setSearching(false)} />
    </div>
  );
}
