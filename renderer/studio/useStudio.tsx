import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { StudioState, StudioStore } from "./studioStore.ts";

/** The lab that is being written, for everything below its screen. */
export const StudioContext = createContext<{ readonly lab: string; readonly store: StudioStore } | undefined>(undefined);

/** @throws Error outside the studio's screen */
export function useStudio(): { readonly lab: string; readonly store: StudioStore } {
  const found = useContext(StudioContext);
  if (!found) throw new Error("StudioContext is missing");
  return found;
}

/** A part of the lab's state. */
export function useDraft<Value>(select: (state: StudioState) => Value): Value {
  return useStore(useStudio().store, select);
}

/** One of the lab's texts; empty where it is not there. */
export function useText(path: string): string {
  return useDraft((state) => state.history?.files[path] ?? "");
}
