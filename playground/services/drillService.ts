import type { DrillStatus } from "../contract/breakagesContract.ts";
import type { CheckObservation } from "../contract/contract.ts";
import { breakageId } from "../model/breakage.ts";
import { drawDrill } from "../model/drawDrill.ts";
import type { DrillEvidence, DrillPart, DrillRecord } from "../model/drillRecord.ts";
import { RempartError } from "../model/errors.ts";
import type { ToldEvent } from "../reports/attemptEvents.ts";
import type { BreakageService } from "./breakageService.ts";
import type { GradingService } from "./gradingService.ts";
import { probePath } from "./pathProbe.ts";
import type { RunningLab } from "./runningLab.ts";

/** Who injects the faults of a drill. */
const drillAuthor = "drill";
/** More looks than this say nothing more. */
const mostEvidence = 200;
/** How long checks may take to come true once the faults are mended. */
const checkMilliseconds = 4000;

export interface DrillDependencies {
  readonly breakages: BreakageService;
  readonly grading: Pick<GradingService, "run">;
  readonly onChange: (lab: string) => void;
  /** Writes down what goes into a report. */
  readonly record?: (lab: string, event: ToldEvent) => void;
}

/** Exercises: faults that a seed draws are hidden in a lab, the student finds and repairs them, and the lab itself tells when that is done. */
export class DrillService {
  readonly #dependencies: DrillDependencies;
  /** Labs that are being judged, and whether something happened meanwhile. */
  readonly #judging = new Map<string, Promise<DrillStatus>>();
  /** What each check of a lab with a drill last said. */
  readonly #checks = new Map<string, Map<string, string>>();

  constructor(dependencies: DrillDependencies) {
    this.#dependencies = dependencies;
  }

  /** Undefined where no drill is under way or was done since the lab came up. */
  status(lab: RunningLab): DrillStatus | undefined {
    const { drill } = lab.breakages;
    return drill && statusOf(lab, drill);
  }

  /**
   * Breaks what the seed draws from what can be broken now, hides it, and begins to measure the time. Throws `lab.not-running`,
   * `lab.already-broken` while anything is broken, `lab.nothing-to-break`, and what breaking throws.
   */
  async start(lab: RunningLab, seed: string, difficulty: number): Promise<DrillStatus> {
    const { breakages, grading, onChange, record } = this.#dependencies;
    lab.cloud();
    if (lab.breakages.all.length > 0) {
      throw new RempartError("lab.already-broken", `something is broken in lab ${lab.id} already`, { kind: "input", kept: "what is broken, and the time of a drill that is under way", next: `repair it, or take everything back with 'rempart break ${lab.id} --undo-all'` });
    }
    const seen = await grading.run(lab, undefined, { limitMilliseconds: 0 });
    const baseline = seen.filter(({ state }) => state === "passed").map(({ id }) => id);
    const offers = breakages.offers(lab).filter(({ check }) => check === undefined || baseline.includes(check));
    const drawn = drawDrill(offers, seed, difficulty);
    if (drawn.length === 0) throw new RempartError("lab.nothing-to-break", `in lab ${lab.id}, as it is now, nothing works that could be broken`, { kind: "input", kept: "everything as it was", next: "solve some of the lab's steps first, then start the drill" });
    const parts = drawn.map(({ id, text, path, check }): DrillPart => ({ id, text, ...(path ? { path } : {}), ...(check === undefined ? {} : { check }) }));
    await lab.breakages.hide(true);
    try {
      await breakages.make(lab, drawn, drillAuthor);
    } catch (error) {
      await lab.breakages.hide(false);
      throw error;
    }
    const drill: DrillRecord = { seed, difficulty, startedAt: new Date().toISOString(), parts, baseline, evidence: [], missed: [] };
    await lab.breakages.keepDrill(drill);
    record?.(lab.id, { type: "drill.started", drill: nameOf(drill), seed: /^\d{1,9}$/.test(seed) ? Number(seed) : null, faults: parts.length });
    onChange(lab.id);
    return statusOf(lab, drill);
  }

  /** Looks whether everything is repaired: no fault is felt any more, and what passed before passes again. Throws `lab.no-drill`. */
  judge(lab: RunningLab): Promise<DrillStatus> {
    const under = this.#judging.get(lab.id);
    const judged = (under ?? Promise.resolve()).catch(() => undefined).then(() => this.#judge(lab));
    this.#judging.set(lab.id, judged);
    const done = (): void => {
      if (this.#judging.get(lab.id) === judged) this.#judging.delete(lab.id);
    };
    judged.then(done, done);
    return judged;
  }

  /** Judges in the background where a drill is under way; after what a student did. */
  judgeSoon(lab: RunningLab | undefined): void {
    if (lab && isOpen(lab.breakages.drill) && lab.phase === "running") this.judge(lab).catch(() => undefined);
  }

  /** A check was looked at: one that passes again may be the sign that all is repaired. */
  checkSeen(lab: RunningLab | undefined, { id, state }: Pick<CheckObservation, "id" | "state">): void {
    if (!lab || !isOpen(lab.breakages.drill)) return;
    const seen = this.#checks.get(lab.id) ?? new Map<string, string>();
    this.#checks.set(lab.id, seen);
    const before = seen.get(id);
    if (state !== "passed" && state !== "failed") return;
    seen.set(id, state);
    if (before === "failed" && state === "passed" && !this.#judging.has(lab.id)) this.judgeSoon(lab);
  }

  /** The student looked somewhere. Each place is kept once, with the time of the first look. */
  async witness(lab: RunningLab | undefined, looks: readonly Omit<DrillEvidence, "at">[]): Promise<void> {
    const drill = lab?.breakages.drill;
    if (!lab || !isOpen(drill)) return;
    const isSame = (a: Omit<DrillEvidence, "at">) => (b: Omit<DrillEvidence, "at">): boolean => a.what === b.what && a.about === b.about;
    const fresh = looks.filter((look, index) => looks.findIndex(isSame(look)) === index && !drill.evidence.some(isSame(look)));
    if (fresh.length === 0 || drill.evidence.length + fresh.length > mostEvidence) return;
    const at = new Date().toISOString();
    await lab.breakages.keepDrill({ ...drill, evidence: [...drill.evidence, ...fresh.map((look) => ({ at, ...look }))] });
    this.#dependencies.onChange(lab.id);
  }

  /** A resource was written again: what was wrong with it is mended, or nothing was. */
  async repaired(lab: RunningLab, resource: string, changed: boolean): Promise<void> {
    const { drill } = lab.breakages;
    if (isOpen(drill) && !changed && !drill.missed.includes(resource)) await lab.breakages.keepDrill({ ...drill, missed: [...drill.missed, resource] });
    this.judgeSoon(lab);
  }

  /** The student gives up: what was broken is shown, and stays broken until it is taken back. */
  async revealed(lab: RunningLab): Promise<void> {
    const { drill } = lab.breakages;
    if (isOpen(drill)) await lab.breakages.keepDrill({ ...drill, revealedAt: new Date().toISOString() });
  }

  async #judge(lab: RunningLab): Promise<DrillStatus> {
    const { drill } = lab.breakages;
    if (!drill) throw new RempartError("lab.no-drill", `no drill is under way in lab ${lab.id}`, { kind: "input", next: `begin one: rempart drill ${lab.id} --seed 1` });
    if (drill.repairedAt !== undefined) return statusOf(lab, drill);
    const mended = await Promise.all(drill.parts.map((part) => this.#isMended(lab, part)));
    const { breakages, grading, onChange, record } = this.#dependencies;
    if (!mended.every(Boolean)) return statusOf(lab, drill);
    const seen = drill.baseline.length === 0 ? [] : await grading.run(lab, drill.baseline, { limitMilliseconds: checkMilliseconds });
    const now = lab.breakages.drill;
    if (!now || now.repairedAt !== undefined || seen.some(({ id, state }) => drill.baseline.includes(id) && state !== "passed")) return statusOf(lab, now ?? drill);
    const repaired = { ...now, repairedAt: new Date().toISOString() };
    await lab.breakages.keepDrill(repaired);
    // Who found another way is done as well: nothing of the drill stays in the lab.
    for (const { id } of drill.parts) if (lab.breakages.all.some((breakage) => breakageId(breakage) === id)) await breakages.undo(lab, id);
    await breakages.hide(lab, false);
    const evidence = repaired.evidence.map(({ what, about }) => `${what} ${about}`);
    if (now.revealedAt === undefined) record?.(lab.id, { type: "drill.repaired", drill: nameOf(drill), faults: drill.parts.map(({ id }) => id), milliseconds: durationOf(repaired), evidence, missed: repaired.missed });
    onChange(lab.id);
    return statusOf(lab, repaired);
  }

  /** It is in force no more, or what it stopped works again. */
  async #isMended(lab: RunningLab, { id, path, check }: DrillPart): Promise<boolean> {
    if (!lab.breakages.all.some((breakage) => breakageId(breakage) === id)) return true;
    if (path) return probePath(lab, path).then(({ verdict }) => verdict === "open", () => false);
    if (check === undefined) return false;
    return (await this.#dependencies.grading.run(lab, [check], { limitMilliseconds: 0 })).some((one) => one.id === check && one.state === "passed");
  }
}

/** Under way: neither repaired nor shown. */
function isOpen(drill: DrillRecord | undefined): drill is DrillRecord {
  return drill !== undefined && drill.repairedAt === undefined && drill.revealedAt === undefined;
}

const nameOf = ({ seed, difficulty }: DrillRecord): string => `${seed}/${difficulty}`;

const durationOf = ({ startedAt, repairedAt }: DrillRecord): number => Date.parse(repairedAt ?? new Date().toISOString()) - Date.parse(startedAt);

function statusOf(lab: RunningLab, drill: DrillRecord): DrillStatus {
  const { seed, difficulty, startedAt, repairedAt, revealedAt, evidence, missed } = drill;
  const stands = (id: string): boolean => repairedAt === undefined && lab.breakages.all.some((breakage) => breakageId(breakage) === id);
  return {
    seed,
    difficulty,
    state: revealedAt !== undefined ? "revealed" : repairedAt === undefined ? "broken" : "repaired",
    startedAt,
    milliseconds: durationOf(drill),
    faults: drill.parts.length,
    parts: repairedAt === undefined && revealedAt === undefined ? [] : drill.parts.map(({ id, text }) => ({ text, mended: !stands(id) })),
    evidence,
    missed,
  };
}
