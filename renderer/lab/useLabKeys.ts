import { useEffect } from "react";
import type { LeftTab, PaneName } from "../state/labState.ts";
import { useStores } from "../state/stores.tsx";

const panes: Readonly<Record<string, PaneName>> = { Digit1: "guide", Digit2: "topology", Digit3: "terminals" };
const tabs: Readonly<Record<string, LeftTab>> = { KeyG: "guide", KeyN: "network", KeyP: "plan", KeyS: "dns" };

/** Moves the focus to the next pane; inside a pane, to its first control. */
function focusNextPane(backwards: boolean): void {
  const all = [...document.querySelectorAll<HTMLElement>("[data-pane]")].filter((pane) => pane.offsetParent !== null);
  const current = all.findIndex((pane) => pane.contains(document.activeElement));
  const next = all[(current + (backwards ? -1 : 1) + all.length) % all.length];
  const target = next?.querySelector<HTMLElement>(".xterm-helper-textarea, .cm-content, [role=tab][aria-selected=true], [data-focus-first]") ?? next;
  target?.focus();
}

/** Commands of the lab's view. They also work from terminals and the editor, which is why none is a plain key. */
export function useLabKeys(lab: string): void {
  const store = useStores().lab(lab);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const state = store.getState();
      const pane = panes[event.code];
      const tab = tabs[event.code];
      const isAlt = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
      if (isAlt && pane) state.maximise(state.maximised === pane ? undefined : pane);
      else if (isAlt && tab && (tab !== "dns" || state.status?.hasDns === true)) {
        if (state.maximised !== undefined && state.maximised !== "guide") state.maximise(undefined);
        state.showTab(tab);
      } else if (event.key === "F6") focusNextPane(event.shiftKey);
      else if (event.key === "Escape" && state.maximised !== undefined && !event.defaultPrevented && !(event.target instanceof HTMLElement && event.target.closest(".xterm, .cm-editor, dialog"))) state.maximise(undefined);
      else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !(event.target instanceof HTMLElement && event.target.closest(".xterm"))) {
        if (state.work !== undefined || state.status?.phase !== "running") return;
        void state.apply();
      } else return;
      event.preventDefault();
      event.stopPropagation();
    };
    // Captured before a terminal or the editor sees the key.
    window.addEventListener("keydown", onKey, true);
    return () => window.removeEventListener("keydown", onKey, true);
  }, [store]);
}
