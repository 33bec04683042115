import { useEffect } from "react";
import { useStores } from "../state/stores.tsx";

/** Typing belongs to fields, editors and terminals: single keys are commands only outside them. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.closest(".xterm, .cm-editor") !== null;
}

/** Commands that work on every screen: '?' help, Alt-L library, Alt-comma settings. */
export function useGlobalKeys(): void {
  const { app } = useStores();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey) return;
      if (event.key === "?" && !event.altKey && !isTyping(event.target)) app.getState().setHelpOpen(true);
      else if (event.altKey && event.code === "KeyL") app.getState().go({ screen: "library" });
      else if (event.altKey && event.key === ",") app.getState().go({ screen: "settings" });
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [app]);
}
