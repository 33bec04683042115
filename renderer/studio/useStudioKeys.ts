import { useEffect } from "react";
import type { StudioStore } from "./studioStore.ts";

/** Ctrl Z, Ctrl Y and Ctrl S for the whole lab; the editor of texts has its own while it has the focus. */
export function useStudioKeys(store: StudioStore): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      const inEditor = event.target instanceof Element && event.target.closest(".cm-editor") !== null;
      if (key === "s") void store.getState().save();
      else if (inEditor) return;
      else if (key === "z" && !event.shiftKey) store.getState().undo();
      else if (key === "y" || (key === "z" && event.shiftKey)) store.getState().redo();
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [store]);
}
