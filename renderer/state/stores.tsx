import { createContext, useContext, type ReactNode } from "react";
import { useStore } from "zustand";
import type { RempartClient } from "../../playground/contract/contract.ts";
import { createAppStore, type AppState, type AppStore } from "./appStore.ts";
import type { LabState } from "./labState.ts";
import { createLabStore, type LabStore } from "./labStore.ts";
import { createLabsStore, type LabsState } from "./labsStore.ts";

/** The window's memory: made once in `main.tsx` (or per test) and handed down. */
export interface Stores {
  readonly client: RempartClient;
  readonly app: AppStore;
  readonly labs: ReturnType<typeof createLabsStore>;
  /** The store of one lab, made on first use and kept: coming back to a lab finds its draft and its view. */
  lab(lab: string): LabStore;
}

/** Builds all stores over one client. */
export function createStores(client: RempartClient, address: { get(): string; set(hash: string): void }): Stores {
  const app = createAppStore(client, address);
  const onError = (error: unknown) => app.getState().notifyError(error);
  const labs = createLabsStore(client, onError);
  const open = new Map<string, LabStore>();
  return {
    client,
    app,
    labs,
    lab(lab) {
      const known = open.get(lab);
      if (known) return known;
      const made = createLabStore(client, lab, onError);
      open.set(lab, made);
      return made;
    },
  };
}

const StoresContext = createContext<Stores | undefined>(undefined);

export function StoresProvider({ stores, children }: { stores: Stores; children: ReactNode }) {
  return <StoresContext.Provider value={stores}>{children}</StoresContext.Provider>;
}

/** @throws Error outside a `StoresProvider`. */
export function useStores(): Stores {
  const stores = useContext(StoresContext);
  if (!stores) throw new Error("StoresProvider is missing");
  return stores;
}

/** The typed way to the engine. */
export function useClient(): RempartClient {
  return useStores().client;
}

/** A part of what the whole window shares. */
export function useApp<Value>(select: (state: AppState) => Value): Value {
  return useStore(useStores().app, select);
}

/** A part of the library's state. */
export function useLabs<Value>(select: (state: LabsState) => Value): Value {
  return useStore(useStores().labs, select);
}

/** A part of one lab's state; select small parts, and use `useShallow` for objects made on the fly. */
export function useLab<Value>(lab: string, select: (state: LabState) => Value): Value {
  return useStore(useStores().lab(lab), select);
}
