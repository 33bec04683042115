import { createStore } from "zustand/vanilla";
import type { Diagnostic, Progress, RempartClient, Result, Settings } from "../../playground/contract/contract.ts";
import { toErrorData, type ErrorData } from "../../playground/model/errors.ts";
import { formatRoute, labOf, parseRoute, type Route } from "./route.ts";
import type { WorkLogEntry } from "./secondsLeft.ts";

export type SystemInfo = Result<"system.info">;

/** A message in the corner: an error stays until it is dismissed or another lab is opened, anything else goes by itself. */
export interface Notice {
  readonly id: number;
  readonly kind: "error" | "done";
  readonly text?: string;
  readonly error?: ErrorData;
  /** The lab that was looked at when it came; absent elsewhere. */
  readonly lab?: string | undefined;
}

export interface AppState {
  readonly route: Route;
  readonly settings: Settings | undefined;
  readonly info: SystemInfo | undefined;
  readonly notices: readonly Notice[];
  /** Long work by task name; finished work stays until the next of that name. */
  readonly progress: Readonly<Record<string, Progress>>;
  /** Every report of long work since the window was opened; the last 2,000. */
  readonly workLog: readonly WorkLogEntry[];
  /** What the machine has and lacks; undefined until first looked at. */
  readonly diagnostics: readonly Diagnostic[] | undefined;
  readonly isLooking: boolean;
  /** Id of the diagnostic that is being repaired. */
  readonly fixing: string | undefined;
  readonly helpOpen: boolean;
  go(route: Route): void;
  /** Reads the place from the address bar (back, forward, a link). */
  followAddress(): void;
  loadSystem(): Promise<SystemInfo | undefined>;
  /** Looks at the machine again. */
  diagnose(): Promise<void>;
  /** Repairs one thing, then looks at all again. */
  fix(id: string): Promise<void>;
  changeSettings(patch: Partial<Settings>): Promise<void>;
  notifyError(error: unknown): void;
  notifyDone(text: string): void;
  dismiss(id: number): void;
  setHelpOpen(open: boolean): void;
}

export type AppStore = ReturnType<typeof createAppStore>;

const doneNoticeMilliseconds = 5000;

/** What the whole window shares: where we are, the settings, long work, and messages. */
export function createAppStore(client: RempartClient, address: { get(): string; set(hash: string): void }) {
  let lastNotice = 0;
  return createStore<AppState>((set, get) => {
    client.on("progress", (progress) => {
      set((state) => ({ progress: { ...state.progress, [progress.task]: progress }, workLog: [...state.workLog.slice(-1999), { at: Date.now(), progress }] }));
    });
    /** What went wrong in one lab says nothing in another. */
    const at = (route: Route): Pick<AppState, "route" | "notices"> => {
      const lab = labOf(route);
      return { route, notices: get().notices.filter((notice) => notice.lab === undefined || lab === undefined || notice.lab === lab) };
    };
    return {
      route: parseRoute(address.get()),
      settings: undefined,
      info: undefined,
      notices: [],
      progress: {},
      workLog: [],
      diagnostics: undefined,
      isLooking: false,
      fixing: undefined,
      helpOpen: false,
      go(route) {
        address.set(formatRoute(route));
        set(at(route));
      },
      followAddress() {
        const route = parseRoute(address.get());
        if (formatRoute(route) !== formatRoute(get().route)) set(at(route));
      },
      async loadSystem() {
        const [settings, info] = await Promise.allSettled([client.call("settings.get", {}), client.call("system.info", {})]);
        if (settings.status === "fulfilled") set({ settings: settings.value });
        else get().notifyError(settings.reason);
        if (info.status === "rejected") {
          get().notifyError(info.reason);
          return undefined;
        }
        set({ info: info.value });
        return info.value;
      },
      async diagnose() {
        set({ isLooking: true });
        try {
          const { diagnostics } = await client.call("system.diagnose", {});
          set({ diagnostics });
          await get().loadSystem();
        } catch (error) {
          get().notifyError(error);
        } finally {
          set({ isLooking: false });
        }
      },
      async fix(id) {
        set({ fixing: id });
        try {
          const { diagnostic } = await client.call("system.fix", { id });
          set((state) => ({ diagnostics: state.diagnostics?.map((other) => (other.id === id ? diagnostic : other)) }));
        } catch (error) {
          if (!/(^|\.)cancelled$/.test(toErrorData(error).code)) get().notifyError(error);
        } finally {
          set({ fixing: undefined });
        }
        await get().diagnose();
      },
      async changeSettings(patch) {
        const before = get().settings;
        if (before) set({ settings: { ...before, ...patch } });
        try {
          set({ settings: await client.call("settings.set", patch) });
        } catch (error) {
          set({ settings: before });
          get().notifyError(error);
        }
      },
      notifyError(error) {
        const data = toErrorData(error);
        set((state) => {
          // A second try that fails the same way says where it stands now.
          const others = state.notices.filter((notice) => notice.error?.code !== data.code);
          return { notices: [...others, { id: ++lastNotice, kind: "error" as const, error: data, lab: labOf(state.route) }].slice(-4) };
        });
      },
      notifyDone(text) {
        const id = ++lastNotice;
        // What went wrong before has been mended by now.
        set((state) => ({ notices: [...state.notices.filter((notice) => notice.kind !== "error"), { id, kind: "done" as const, text }].slice(-4) }));
        setTimeout(() => get().dismiss(id), doneNoticeMilliseconds);
      },
      dismiss(id) {
        set((state) => ({ notices: state.notices.filter((notice) => notice.id !== id) }));
      },
      setHelpOpen(open) {
        set({ helpOpen: open });
      },
    };
  });
}
