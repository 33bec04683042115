import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Handlers, Progress } from "../contract/contract.ts";
import type { Diagnostics } from "../diagnostics/diagnostics.ts";
import type { ContainerEngine } from "../engine/containerEngine.ts";
import { mirrorVariable } from "../images/mirrorSource.ts";
import { RempartError } from "../model/errors.ts";
import type { LabService } from "./labService.ts";
import type { RempartPaths } from "./paths.ts";
import type { SettingsStore } from "./settingsStore.ts";

type Served = "system.info" | "system.diagnose" | "system.fix" | "system.cancel" | "settings.get" | "settings.set" | "layout.get" | "layout.set";

export interface SystemHandlerParts {
  readonly paths: RempartPaths;
  readonly settings: SettingsStore;
  readonly diagnostics: Diagnostics;
  readonly labs: LabService;
  readonly engine: () => Promise<ContainerEngine>;
  readonly onProgress: (progress: Progress) => void;
  readonly cancelScan: (lab: string) => void;
  readonly cancelProof: (lab: string) => void;
}

/** The machine, the settings, and long work that can be cancelled. */
export function systemHandlers(parts: SystemHandlerParts): Pick<Handlers, Served> {
  const { paths, settings, diagnostics, labs } = parts;
  const { version } = JSON.parse(readFileSync(join(paths.applicationRoot, "package.json"), "utf8")) as { version: string };
  const underWay = new Map<string, AbortController>();

  return {
    "system.info": async () => {
      const [info, ready] = await Promise.all([parts.engine().then((engine) => engine.info()).catch(() => undefined), diagnostics.ready()]);
      return {
        version,
        platform: `${process.platform} ${process.arch}`,
        ...(info ? { engine: `${info.operatingSystem} · Docker ${info.version} · ${info.endpoint}` } : {}),
        ...(process.env[mirrorVariable] ? { environmentMirror: process.env[mirrorVariable] } : {}),
        labsFolder: paths.labs,
        capabilities: diagnostics.capabilities(),
        ready,
      };
    },
    "system.diagnose": async () => ({ diagnostics: await diagnostics.diagnose() }),
    "system.fix": async ({ id }) => {
      if (underWay.has(id)) throw new RempartError("machine.fix-under-way", "This repair is already under way.", { kind: "machine", next: "wait for it, or cancel it" });
      const abort = new AbortController();
      underWay.set(id, abort);
      const title = (await diagnostics.diagnose()).find((one) => one.id === id)?.title ?? { fr: id, en: id };
      const tell = (state: Progress["state"], done: number, detail?: string): void =>
        parts.onProgress({ task: `fix:${id}`, step: id, label: title, done, total: 1, state, ...(detail === undefined ? {} : { detail }) });
      try {
        tell("running", 0);
        const diagnostic = await diagnostics.fix(id, { onProgress: (line) => tell("running", 0, line), signal: abort.signal });
        tell("done", 1);
        await labs.discover().catch(() => undefined);
        return { diagnostic };
      } catch (error) {
        tell(abort.signal.aborted ? "cancelled" : "failed", 0, error instanceof Error ? error.message : String(error));
        throw error;
      } finally {
        underWay.delete(id);
      }
    },
    "system.cancel": ({ task }) => {
      const [kind = "", id = ""] = task.split(/:(.*)/s);
      if (kind === "up") labs.cancelUp(id);
      else if (kind === "exposure") parts.cancelScan(id);
      else if (kind === "prove") parts.cancelProof(id);
      else underWay.get(id)?.abort();
      return Promise.resolve({});
    },
    "settings.get": () => settings.get(),
    "settings.set": (change) => settings.set(change),
    "layout.get": ({ lab }) => settings.layout(lab),
    "layout.set": async ({ lab, layout }) => {
      await settings.setLayout(lab, layout);
      return {};
    },
  };
}
