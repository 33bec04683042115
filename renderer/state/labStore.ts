import { createStore } from "zustand/vanilla";
import type { CheckObservation, LabStatus, NetworkFile, RempartClient } from "../../playground/contract/contract.ts";
import { RempartError, toErrorData } from "../../playground/model/errors.ts";
import { guideState } from "./guideState.ts";
import type { LabState, LabWork } from "./labState.ts";
import { layoutMemory } from "./layoutMemory.ts";
import { stageState } from "./stageState.ts";

export type LabStore = ReturnType<typeof createLabStore>;

const validateDelay = 250;

/** Everything that the window knows of one open lab, and what can be done with it. Calls fail with a notice, never throw. */
export function createLabStore(client: RempartClient, lab: string, onError: (error: unknown) => void) {
  let validateTimer: ReturnType<typeof setTimeout> | undefined;
  let sequence = 0;

  return createStore<LabState>((set, get) => {
    const isDirty = () => get().file !== undefined && get().draft !== get().file?.text;
    const keepChecks = (checks: readonly CheckObservation[]) =>
      set((state) => ({ checks: { ...state.checks, ...Object.fromEntries(checks.map((check) => [check.id, check])) } }));
    const keepStatus = (status: LabStatus) => {
      set({ status });
      keepChecks(status.checks);
    };
    const takeFile = (file: NetworkFile) => set({ file, draft: file.text, faults: file.faults, conflict: undefined });
    /** Reads the file again; a draft with changes is kept and the difference shown as a conflict. */
    const readFile = async () => {
      const file = await client.call("network.read", { lab });
      if (!isDirty() || file.text === get().draft) takeFile(file);
      else if (file.revision !== get().file?.revision) set({ conflict: file });
    };
    const readPlan = async () => {
      if (get().status?.phase !== "running" && get().status?.phase !== "broken") return set({ plan: undefined, planError: undefined });
      try {
        set({ plan: await client.call("network.plan", { lab }), planError: undefined });
      } catch (error) {
        set({ plan: undefined, planError: toErrorData(error) });
      }
    };
    /** Saves the draft, unless another editor was at the file: then the student sees both versions and chooses. */
    const saveOrAsk = async (): Promise<boolean> => {
      await get().lookAgain();
      const isSaved = get().conflict === undefined && (await get().save());
      if (get().conflict) set({ leftTab: "network" });
      return isSaved;
    };
    const during = async (work: LabWork, action: () => Promise<void>) => {
      if (get().work !== undefined) return;
      set({ work });
      try {
        await action();
      } catch (error) {
        // What the student cancelled is no fault.
        if (!/(^|\.)cancelled$/.test(toErrorData(error).code)) onError(error);
      } finally {
        set({ work: undefined });
      }
    };
    const readDetail = async () => set({ detail: await client.call("labs.get", { lab }) });

    const memory = layoutMemory({ client, lab, layout: () => get().layout, show: (layout) => set({ layout }), onError });

    client.on("lab.status", (status) => {
      if (status.lab !== lab) return;
      const before = get().status?.phase;
      keepStatus(status);
      if (before !== status.phase && get().work === undefined) void readPlan();
    });
    client.on("check.updated", (event) => {
      if (event.lab === lab) keepChecks([event.check]);
    });
    client.on("lab.topology", (event) => {
      if (event.lab === lab) set((state) => ({ topologyVersion: state.topologyVersion + 1 }));
    });
    client.on("network.changed", (event) => {
      if (event.lab !== lab || event.revision === get().file?.revision || get().work === "save") return;
      readFile().then(readPlan).catch(onError);
    });

    return {
      lab,
      detail: undefined,
      status: undefined,
      checks: {},
      loadError: undefined,
      work: undefined,
      file: undefined,
      draft: "",
      faults: [],
      conflict: undefined,
      plan: undefined,
      planError: undefined,
      lastApply: undefined,
      topologyVersion: 0,
      layout: undefined,
      maximised: undefined,
      leftTab: "guide",
      dnsWalk: undefined,
      typeRequest: undefined,
      ...stageState(set),
      ...guideState({ client, lab, set, onError, keepChecks }),

      async load() {
        try {
          const read = await memory.readBeside(Promise.all([client.call("labs.get", { lab }), client.call("labs.status", { lab })]));
          const { layout, beside: [detail, status] } = read;
          set({ detail, layout, loadError: undefined });
          keepStatus(status);
          await readFile();
          await readPlan();
          await client.call("checks.watch", { lab, on: true });
        } catch (error) {
          set({ loadError: toErrorData(error) });
        }
      },
      up: () =>
        during("up", async () => {
          keepStatus(await client.call("labs.up", { lab }));
          await readFile();
          await readPlan();
          set((state) => ({ topologyVersion: state.topologyVersion + 1 }));
          await client.call("checks.watch", { lab, on: true });
        }),
      down: () =>
        during("down", async () => {
          await client.call("labs.down", { lab });
          keepStatus(await client.call("labs.status", { lab }));
          set({ plan: undefined, planError: undefined });
        }),
      async cancel() {
        await client.call("system.cancel", { task: `up:${lab}` }).catch(onError);
      },
      edit(text) {
        if (text === get().draft) return;
        set({ draft: text });
        clearTimeout(validateTimer);
        validateTimer = setTimeout(() => {
          client
            .call("network.validate", { lab, text })
            .then(({ faults }) => get().draft === text && set({ faults }))
            .catch(onError);
        }, validateDelay);
      },
      async save() {
        const { file, draft } = get();
        if (!file) return false;
        if (draft === file.text) return true;
        let saved = false;
        await during("save", async () => {
          try {
            takeFile(await client.call("network.write", { lab, text: draft, revision: file.revision }));
            saved = true;
          } catch (error) {
            if (!(error instanceof RempartError) || error.code !== "input.changed-on-disk") throw error;
            set({ conflict: await client.call("network.read", { lab }) });
          }
        });
        if (saved) await readPlan();
        return saved;
      },
      async resolveConflict(keep) {
        const { conflict } = get();
        if (!conflict) return;
        if (keep === "theirs") {
          takeFile(conflict);
          await readPlan();
          return;
        }
        set({ file: conflict, conflict: undefined });
        await get().save();
      },
      async lookAgain() {
        const before = get().file?.revision;
        if (before === undefined || get().work !== undefined) return;
        try {
          await readFile();
          if (get().file?.revision !== before) await readPlan();
        } catch (error) {
          onError(error);
        }
      },
      async makePlan() {
        if (!(await saveOrAsk())) return;
        // The word on the last apply would read as if it were about this plan.
        set({ lastApply: undefined });
        await during("plan", readPlan);
      },
      async apply() {
        if (!(await saveOrAsk())) return;
        await during("apply", async () => {
          const result = await client.call("network.apply", { lab });
          set({ lastApply: { ...result, at: Date.now() } });
          keepStatus(await client.call("labs.status", { lab }));
          await readPlan();
        });
      },
      reset: () =>
        during("reset", async () => {
          takeFile(await client.call("labs.reset", { lab }));
          await readPlan();
        }),
      solve: (step) =>
        during("solve", async () => {
          await client.call("steps.solve", { lab, step });
          await readDetail();
          takeFile(await client.call("network.read", { lab }));
          await readPlan();
        }),
      typeInto(node, text) {
        set({ typeRequest: { node, text: text.replace(/[\r\n]+$/, ""), sequence: ++sequence } });
      },
      rememberLayout: memory.remember,
      maximise(pane) {
        set({ maximised: pane });
      },
      showTab(tab) {
        set({ leftTab: tab });
      },
      showDnsWalk(dnsWalk) {
        set({ dnsWalk });
      },
      leave() {
        void client.call("checks.watch", { lab, on: false }).catch(() => undefined);
      },
    };
  });
}
