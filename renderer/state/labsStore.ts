import { createStore } from "zustand/vanilla";
import type { LabSummary, RempartClient } from "../../playground/contract/contract.ts";

export interface LabsState {
  /** Undefined until the first answer. */
  readonly labs: readonly LabSummary[] | undefined;
  readonly failed: boolean;
  load(): Promise<void>;
  /** Asks again, quietly: what is shown stays where there is no answer. */
  refresh(): Promise<void>;
  add(folder: string): Promise<LabSummary>;
}

/** The library's list, kept fresh by the labs' own events. */
export function createLabsStore(client: RempartClient, onError: (error: unknown) => void) {
  return createStore<LabsState>((set, get) => {
    client.on("lab.status", (status) => {
      const passedChecks = status.checks.filter((check) => check.state === "passed").length;
      set((state) => ({
        labs: state.labs?.map((lab) =>
          lab.id === status.lab ? { ...lab, phase: status.phase, ...(status.checks.length > 0 ? { passedChecks: Math.max(lab.passedChecks, passedChecks) } : {}) } : lab,
        ),
      }));
    });
    return {
      labs: undefined,
      failed: false,
      async load() {
        try {
          const { labs } = await client.call("labs.list", {});
          set({ labs, failed: false });
        } catch (error) {
          set({ failed: true });
          onError(error);
        }
      },
      async refresh() {
        const answer = await client.call("labs.list", {}).catch(() => undefined);
        if (answer) set({ labs: answer.labs, failed: false });
      },
      async add(folder) {
        const lab = await client.call("labs.add", { folder });
        await get().load();
        return lab;
      },
    };
  });
}
