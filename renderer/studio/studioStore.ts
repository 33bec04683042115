import { createStore } from "zustand/vanilla";
import type { ScenarioProof } from "../../playground/contract/authorContract.ts";
import type { LabFiles } from "../../playground/contract/authorContract.ts";
import type { LabPhase, RempartClient } from "../../playground/contract/contract.ts";
import { toErrorData, type ErrorData, type Fault } from "../../playground/model/errors.ts";
import { beginHistory, changeFiles, redo, undo, type Changes, type History } from "./history.ts";

export interface StudioState {
  /** Undefined until the lab was read. */
  readonly history: History | undefined;
  readonly folder: string;
  readonly faults: readonly Fault[];
  readonly loadError: ErrorData | undefined;
  readonly isSaved: boolean;
  /** Another program changed the files: nothing is written until the lab is read again. */
  readonly hasConflict: boolean;
  readonly phase: LabPhase;
  /** The network that was last brought up or applied here; undefined when nothing was, or the lab stopped. */
  readonly applied: string | undefined;
  readonly proof: readonly ScenarioProof[];
  /** The files that the proof is about. */
  readonly proven: LabFiles | undefined;
  readonly isProving: boolean;
  readonly isStarting: boolean;
  load(): Promise<void>;
  /** Changes texts; they are on disk half a second later. `typing` names what is typed into: letters in a row are one step to undo. */
  change(changes: Changes, typing?: string): void;
  undo(): void;
  redo(): void;
  /** Writes what is not yet written. */
  save(): Promise<void>;
  prove(): Promise<void>;
  run(network: string): Promise<void>;
  stop(): Promise<void>;
  /** Reads the lab and listens to what becomes of it, until the returned function is called: that writes what is not yet written. */
  enter(): () => void;
}
export type StudioStore = ReturnType<typeof createStudioStore>;

const saveDelayMilliseconds = 500;

/** One lab of the user's own, as it is being written. */
export function createStudioStore(client: RempartClient, lab: string, onError: (error: unknown) => void) {
  return createStore<StudioState>((set, get) => {
    let revision = "";
    let written: LabFiles = {};
    let timer: ReturnType<typeof setTimeout> | undefined;
    let saving: Promise<void> = Promise.resolve();
    const move = (history: History): void => {
      if (history === get().history) return;
      set({ history, isSaved: false });
      clearTimeout(timer);
      timer = setTimeout(() => void get().save(), saveDelayMilliseconds);
    };
    const write = async (): Promise<void> => {
      const files = get().history?.files;
      if (files === undefined || get().hasConflict || files === written) return;
      try {
        const saved = await client.call("studio.write", { lab, files, revision });
        revision = saved.revision;
        written = files;
        set((state) => ({ faults: saved.faults, isSaved: state.history?.files === files }));
      } catch (error) {
        if (toErrorData(error).code === "input.changed-on-disk") set({ hasConflict: true });
        onError(error);
      }
    };
    const busy = async (flag: "isProving" | "isStarting", work: () => Promise<unknown>): Promise<void> => {
      set({ [flag]: true });
      try {
        await get().save();
        await work();
      } catch (error) {
        if (toErrorData(error).code !== "input.cancelled") onError(error);
      } finally {
        set({ [flag]: false });
      }
    };
    return {
      history: undefined,
      folder: "",
      faults: [],
      loadError: undefined,
      isSaved: true,
      hasConflict: false,
      phase: "stopped",
      applied: undefined,
      proof: [],
      proven: undefined,
      isProving: false,
      isStarting: false,
      async load() {
        try {
          const draft = await client.call("studio.read", { lab });
          revision = draft.revision;
          written = draft.files;
          set({ history: beginHistory(draft.files), folder: draft.folder, faults: draft.faults, isSaved: true, hasConflict: false, loadError: undefined });
          const status = await client.call("labs.status", { lab }).catch(() => undefined);
          if (status) set({ phase: status.phase });
        } catch (error) {
          set({ loadError: toErrorData(error) });
        }
      },
      change(changes, typing) {
        const { history } = get();
        if (history) move(changeFiles(history, changes, Date.now(), typing));
      },
      undo() {
        const { history } = get();
        if (history) move(undo(history));
      },
      redo() {
        const { history } = get();
        if (history) move(redo(history));
      },
      save() {
        clearTimeout(timer);
        saving = saving.then(write);
        return saving;
      },
      prove: () =>
        busy("isProving", () => {
          set({ proof: [], proven: get().history?.files });
          return client.call("studio.prove", { lab });
        }),
      run: (network) =>
        busy("isStarting", async () => {
          await client.call("studio.run", { lab, network });
          set({ applied: network });
        }),
      stop: () => busy("isStarting", () => client.call("labs.down", { lab, forget: true })),
      enter() {
        const stops = [
          client.on("studio.proof", (proof) => proof.lab === lab && set({ proof: proof.scenarios })),
          client.on("lab.status", (status) => status.lab === lab && set({ phase: status.phase, ...(status.phase === "stopped" ? { applied: undefined } : {}) })),
        ];
        void get().load();
        return () => {
          void get().save();
          for (const stop of stops) stop();
        };
      },
    };
  });
}
