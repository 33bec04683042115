import type { CheckObservation } from "../contract/contract.ts";
import { attemptEventSchema, type AttemptEvent } from "./attemptEvents.ts";
import { chainFaults, type ChainFault } from "./chain.ts";

/** Longer pauses between two events are no work. */
const longestPauseMilliseconds = 15 * 60 * 1000;

type EventOf<Type extends AttemptEvent["type"]> = Extract<AttemptEvent, { type: Type }>;

/** What one check showed over time. */
export interface CheckHistory {
  readonly id: string;
  /** Each change of state, in order. */
  readonly seen: readonly { readonly at: string; readonly observation: CheckObservation }[];
  readonly last: CheckObservation;
  readonly firstPassedAt: string | undefined;
  /** How often it was seen failing before it first passed. */
  readonly failuresBefore: number;
}

/** A log, read. */
export interface Attempt {
  readonly events: readonly AttemptEvent[];
  /** Faults of the chain as it stands in the log. */
  readonly faults: readonly ChainFault[];
  readonly started: EventOf<"attempt.started"> | undefined;
  readonly checks: ReadonlyMap<string, CheckHistory>;
  /** Number of hints opened, by step. */
  readonly hints: ReadonlyMap<string, number>;
  /** When Rempart first did a step in the student's place, by step. */
  readonly solved: ReadonlyMap<string, string>;
  readonly answers: ReadonlyMap<string, string>;
  readonly commands: readonly EventOf<"terminal.command">[];
  /** Whether the student agreed at any time that terminals are written down. */
  readonly hadConsent: boolean;
  /** Time between events, longer pauses left out. */
  readonly workedMilliseconds: number;
}

/** Reads the raw events of a log or a report. What is no event of ours is left out here; the chain's faults name it. */
export function readAttempt(raw: readonly unknown[]): Attempt {
  const events = raw.flatMap((event) => attemptEventSchema.safeParse(event).data ?? []);
  const checks = new Map<string, CheckHistory>();
  const hints = new Map<string, number>();
  const solved = new Map<string, string>();
  const answers = new Map<string, string>();
  let worked = 0;
  let before: number | undefined;
  for (const event of events) {
    const time = Date.parse(event.at);
    // Handing a report in is no work, and it may be done days later.
    if (event.type === "report.exported") continue;
    if (before !== undefined && time > before) worked += time - before <= longestPauseMilliseconds ? time - before : 0;
    before = time;
    if (event.type === "check.changed") {
      const known = checks.get(event.check);
      const passes = event.observation.state === "passed";
      checks.set(event.check, {
        id: event.check,
        seen: [...(known?.seen ?? []), { at: event.at, observation: event.observation }],
        last: event.observation,
        firstPassedAt: known?.firstPassedAt ?? (passes ? event.at : undefined),
        failuresBefore: (known?.failuresBefore ?? 0) + (known?.firstPassedAt === undefined && event.observation.state === "failed" ? 1 : 0),
      });
    } else if (event.type === "hint.opened") hints.set(event.step, Math.max(hints.get(event.step) ?? 0, event.number));
    else if (event.type === "step.solved") solved.set(event.step, solved.get(event.step) ?? event.at);
    else if (event.type === "question.answered") answers.set(event.question, event.answer);
  }
  return {
    events,
    faults: chainFaults(raw),
    started: events.find((event) => event.type === "attempt.started"),
    checks, hints, solved, answers,
    commands: events.filter((event) => event.type === "terminal.command"),
    hadConsent: events.some((event) => event.type === "terminals.consent" && event.given),
    workedMilliseconds: worked,
  };
}
