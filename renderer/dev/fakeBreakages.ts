import type { BreakageState } from "../../playground/contract/breakagesContract.ts";
import type { Handlers } from "../../playground/contract/contract.ts";
import { breakageId, type Breakage, type BreakageOffer } from "../../playground/model/breakage.ts";
import { breakageText } from "../../playground/model/breakageText.ts";
import { RempartError } from "../../playground/model/errors.ts";
import type { Emit } from "./fakeHost.ts";

type Served = "breakages.get" | "breakages.make" | "breakages.undo" | "breakages.undoAll" | "breakages.hide" | "breakages.repair" | "drills.start" | "drills.judge";

const offer = (breakage: Breakage, more: Partial<BreakageOffer> = {}): BreakageOffer => ({ ...breakage, id: breakageId(breakage), text: breakageText(breakage), ...more });
const offers: BreakageOffer[] = [
  offer({ fault: "drop-route", target: ["foo-public", "0.0.0.0/0"] }, { path: { from: "laptop", to: "public-instance", protocol: "tcp", port: 22 } }),
  offer({ fault: "drop-route", target: ["foo-private", "10.1.0.0/16"] }, { path: { from: "private-instance", to: "bar-host", protocol: "tcp", port: 8080 } }),
  offer({ fault: "close-port", target: ["web", "tcp 8080 from 0.0.0.0/0"] }, { path: { from: "laptop", to: "public-instance", protocol: "tcp", port: 8080 } }),
  offer({ fault: "kill", target: ["bar-host"] }, { path: { from: "private-instance", to: "bar-host", protocol: "icmp" } }),
  offer({ fault: "impair", target: ["laptop"], lossPercent: 40 }),
];

/** What is broken in the fake host's lab: the same words and rules, and nothing that would be felt. A drill always breaks the first route. */
export function fakeBreakages(emit: Emit, lab: string): Pick<Handlers, Served> {
  let state: BreakageState = { hidden: false, breakages: [], offers };
  const change = (patch: Partial<BreakageState>): BreakageState => {
    state = { ...state, ...patch };
    emit("breakages.changed", { lab });
    return told();
  };
  const told = (): BreakageState => ({ ...state, breakages: state.hidden ? [] : state.breakages });
  const without = (id: string) => state.breakages.filter((breakage) => breakage.id !== id);
  const make = (id: string, by: string) => {
    const found = offers.find((candidate) => candidate.id === id);
    if (!found) throw new RempartError("input.unknown-breakage", id, { kind: "input" });
    return [...without(id), { ...found, at: new Date().toISOString(), by }];
  };
  const drill = (patch: Partial<NonNullable<BreakageState["drill"]>>) => ({ ...(state.drill ?? { seed: "1", difficulty: 1, state: "broken" as const, startedAt: new Date().toISOString(), milliseconds: 0, faults: 1, parts: [], evidence: [], missed: [] }), ...patch });
  return {
    "breakages.get": async () => told(),
    "breakages.make": async ({ breakage, hide }) => change({ breakages: make(breakage, "prof"), ...(hide === undefined ? {} : { hidden: hide }) }),
    "breakages.undo": async ({ breakage }) => change({ breakages: without(breakage) }),
    "breakages.undoAll": async () => {
      state = { hidden: false, breakages: [], offers };
      return change({});
    },
    "breakages.hide": async ({ hidden }) => change({ hidden, ...(!hidden && state.drill ? { drill: drill({ state: "revealed", parts: state.breakages.map(({ text }) => ({ text, mended: false })) }) } : {}) }),
    "breakages.repair": async ({ resource }) => {
      const mended = state.breakages.some(({ target }) => resource === `route_tables.${target[0]}`);
      const looks = [...drill({}).evidence, { at: new Date().toISOString(), what: "repair" as const, about: resource }];
      if (!state.drill) return { changed: mended };
      if (!mended) change({ drill: drill({ evidence: looks, missed: [...drill({}).missed, resource] }) });
      else change({ breakages: [], hidden: false, drill: drill({ state: "repaired", milliseconds: 245_000, evidence: looks, parts: state.breakages.map(({ text }) => ({ text, mended: true })) }) });
      return { changed: mended };
    },
    "drills.start": async ({ seed, difficulty }) => {
      state = { hidden: false, breakages: state.breakages, offers };
      const begun = drill({ seed, difficulty, startedAt: new Date().toISOString() });
      change({ breakages: make(offers[1]?.id ?? "", "drill"), hidden: true, drill: begun });
      return begun;
    },
    "drills.judge": async () => drill({}),
  };
}
