import { useEffect, useRef } from "react";
import { isTyping } from "../help/useGlobalKeys.ts";
import { commandOf, type ProjectorCommand } from "./projectorKeys.ts";

/** Gives every key of the mode to `act`, wherever the focus is, but not what is typed into a field or pressed in a dialog. Returning false leaves the key alone. */
export function useProjectorKeys(act: (command: ProjectorCommand | number) => boolean): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const command = commandOf(event);
      if (command === undefined || (event.target instanceof HTMLElement && event.target.closest("dialog") !== null)) return;
      // In a field, Escape alone is ours; a button keeps the keys that press it.
      if (isTyping(event.target) && command !== "escape") return;
      if ((command === "choose" || command === "play") && event.target instanceof HTMLElement && event.target.closest("button, summary, a") !== null) return;
      if (!latest.current(command)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener("keydown", onKey, true);
    return () => window.removeEventListener("keydown", onKey, true);
  }, []);
}
