import type { BreakageState } from "../contract/breakagesContract.ts";
import type { Handlers, MethodName, ParsedParams } from "../contract/contract.ts";
import type { DrillEvidence } from "../model/drillRecord.ts";
import type { BreakageService } from "./breakageService.ts";
import type { DrillService } from "./drillService.ts";
import type { GradingService } from "./gradingService.ts";
import type { LabService } from "./labService.ts";
import type { RunningLab } from "./runningLab.ts";

type Served = "breakages.get" | "breakages.make" | "breakages.undo" | "breakages.undoAll" | "breakages.hide" | "breakages.repair" | "drills.start" | "drills.judge";

export interface BreakageHandlerParts {
  readonly labs: LabService;
  readonly grading: Pick<GradingService, "labChanged">;
  readonly breakages: BreakageService;
  readonly drills: DrillService;
}

/** Breaking things on purpose, mending them, and drills. */
export function breakageHandlers({ labs, grading, breakages, drills }: BreakageHandlerParts): Pick<Handlers, Served> {
  const stateOf = (running: RunningLab): BreakageState => {
    const drill = drills.status(running);
    return { ...breakages.state(running), ...(drill ? { drill } : {}) };
  };
  /** Runs a change, has the checks look again, and tells how things are then. */
  const changed = async (lab: string, work: (running: RunningLab) => Promise<void>): Promise<BreakageState> => {
    const running = await labs.lab(lab);
    await work(running);
    grading.labChanged(lab);
    return stateOf(running);
  };
  return {
    "breakages.get": async ({ lab }) => stateOf(await labs.lab(lab)),
    "breakages.make": ({ lab, breakage, lossPercent, delayMilliseconds, hide }) =>
      changed(lab, async (running) => {
        const { fault, target } = breakages.find(running, breakage);
        // Hidden first: nobody sees it in the meantime.
        if (hide !== undefined) await running.breakages.hide(hide);
        await breakages.make(running, [{ fault, target, ...(lossPercent === undefined ? {} : { lossPercent }), ...(delayMilliseconds === undefined ? {} : { delayMilliseconds }) }]);
      }),
    "breakages.undo": ({ lab, breakage }) => changed(lab, (running) => breakages.undo(running, breakage)),
    "breakages.undoAll": ({ lab }) => changed(lab, (running) => breakages.undoAll(running)),
    "breakages.hide": async ({ lab, hidden }) => {
      const running = await labs.lab(lab);
      if (!hidden) await drills.revealed(running);
      await breakages.hide(running, hidden);
      return stateOf(running);
    },
    "breakages.repair": async ({ lab, resource }) => {
      const running = await labs.lab(lab);
      const didChange = await breakages.repair(running, resource);
      grading.labChanged(lab);
      await drills.repaired(running, resource, didChange);
      return { changed: didChange };
    },
    "drills.start": async ({ lab, seed, difficulty }) => {
      const status = await drills.start(await labs.lab(lab), seed, difficulty);
      grading.labChanged(lab);
      return status;
    },
    "drills.judge": async ({ lab }) => drills.judge(await labs.lab(lab)),
  };
}

type Looks = { readonly [Name in MethodName]?: (params: ParsedParams<Name>) => Omit<DrillEvidence, "at">[] };

const pathText = ({ from, to, protocol, port }: { from: string; to: string; protocol: string; port?: number | undefined }): string => `${from} → ${to} ${protocol}${port === undefined ? "" : ` ${port}`}`;

/** Which calls are looks for a fault, and at what. What a window asks by itself, all the time, is none. */
const looks: Looks = {
  "path.probe": ({ question }) => [{ what: "path", about: pathText(question) }],
  "nodes.get": ({ node }) => [{ what: "machine", about: node }],
  "nodes.log": ({ node }) => [{ what: "log", about: node }],
  "checks.run": ({ ids }) => (ids ?? []).map((about) => ({ what: "check", about })),
  "exposure.scan": ({ from }) => [{ what: "scan", about: from }],
  "dns.names": ({ node }) => [{ what: "dns", about: node }],
  "terminals.open": ({ node }) => (node === undefined ? [] : [{ what: "terminal", about: node }]),
  "network.apply": () => [{ what: "apply", about: "network.yml" }],
  "breakages.repair": ({ resource }) => [{ what: "repair", about: resource }],
};

/** Calls after which a fault may be mended. */
const repairs: ReadonlySet<MethodName> = new Set<MethodName>(["network.apply", "nodes.restart", "links.impair", "steps.solve", "labs.up"]);

/** The same handlers; a drill that is under way hears of those calls that are looks or repairs. */
export function witnessed(handlers: Handlers, drills: DrillService, labOf: (id: string) => RunningLab | undefined): Handlers {
  const wrap = <Name extends MethodName>(name: Name): Handlers[Name] => {
    const look = looks[name] as ((params: ParsedParams<Name>) => Omit<DrillEvidence, "at">[]) | undefined;
    const handle = handlers[name];
    if (!look && !repairs.has(name)) return handle;
    return (async (params, caller) => {
      const lab = "lab" in params && typeof params.lab === "string" ? labOf(params.lab) : undefined;
      if (look) await drills.witness(lab, look(params)).catch(() => undefined);
      const result = await handle(params, caller);
      if (repairs.has(name)) drills.judgeSoon(lab);
      return result;
    }) as Handlers[Name];
  };
  return Object.fromEntries((Object.keys(handlers) as MethodName[]).map((name) => [name, wrap(name)])) as unknown as Handlers;
}
