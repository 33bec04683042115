import { randomUUID } from "node:crypto";
import { attemptEventSchema, type AttemptEvent, type ToldEvent } from "../reports/attemptEvents.ts";
import { AttemptLog } from "./attemptLog.ts";
import { mapStrings } from "./scrub.ts";

/** Longer outputs are cut in the log; the window shows them whole. */
const outputLimit = 16_000;

/** What the first event of an attempt says, but for its random id. */
export type AttemptStart = Omit<Extract<AttemptEvent, { type: "attempt.started" }>, "n" | "at" | "previous" | "hash" | "type" | "attempt">;

export interface RecorderDependencies {
  /** The student's folder of a lab, by the lab's id. */
  readonly folderOf: (lab: string) => string;
  readonly startOf: (lab: string) => Promise<AttemptStart>;
  /** Takes out of the texts of a lab what says who the student is. */
  readonly scrubOf: (lab: string) => Promise<{ readonly text: (text: string) => string; readonly paths: (text: string) => string }>;
}

/** What a log says up to now, so that nothing is written twice. */
interface Recorded {
  /** The state of each check that was last written. */
  readonly checks: Map<string, string>;
  readonly answers: Map<string, string>;
  consent: boolean;
}

interface Attempt {
  readonly log: AttemptLog;
  recorded: Promise<Recorded>;
  waiting: { at: string; event: ToldEvent }[];
  writing: Promise<void> | undefined;
}

/**
 * Writes down what a student does, as the services tell it. Nobody waits for it: telling returns at once, what is told in one
 * turn is one write, and a disk that refuses costs the record and nothing else.
 */
export class AttemptRecorder {
  readonly #dependencies: RecorderDependencies;
  readonly #attempts = new Map<string, Attempt>();
  readonly #consents = new Map<string, boolean>();

  constructor(dependencies: RecorderDependencies) {
    this.#dependencies = dependencies;
  }

  /** Takes note of something that happened just now in a lab. Never throws. */
  tell(lab: string, event: ToldEvent): void {
    const attempt = this.#attempt(lab);
    if (event.type === "terminals.consent") this.#consents.set(lab, event.given);
    attempt.waiting.push({ at: new Date().toISOString(), event });
    this.#begin(lab, attempt);
  }

  /** Whether terminals of the lab are written down, as far as is known without waiting: {@link consent} finds out. */
  hasConsent(lab: string): boolean {
    return this.#consents.get(lab) ?? false;
  }

  /** Whether the student last agreed that their terminals of this lab are written down. */
  async consent(lab: string): Promise<boolean> {
    const { consent } = await this.#attempt(lab).recorded;
    const now = this.#consents.get(lab) ?? consent;
    this.#consents.set(lab, now);
    return now;
  }

  /** Every event of the lab's attempt so far, raw; empty where nothing was recorded. Waits for what is being written. */
  async events(lab: string): Promise<unknown[]> {
    await this.settle(lab);
    return this.#attempt(lab).log.read();
  }

  /** Waits for what was told to be written: of one lab, or of all. */
  async settle(lab?: string): Promise<void> {
    for (const [id, attempt] of this.#attempts) {
      while ((lab === undefined || id === lab) && attempt.writing !== undefined) await attempt.writing;
    }
  }

  /** The student's folder of the lab is about to be removed: what comes after it is another attempt. */
  async forget(lab: string): Promise<void> {
    await this.settle(lab);
    this.#attempts.delete(lab);
    this.#consents.delete(lab);
  }

  #attempt(lab: string): Attempt {
    const known = this.#attempts.get(lab);
    if (known) return known;
    const log = new AttemptLog(this.#dependencies.folderOf(lab));
    const attempt: Attempt = { log, recorded: log.read().then(recordedIn, () => recordedIn([])), waiting: [], writing: undefined };
    this.#attempts.set(lab, attempt);
    return attempt;
  }

  #begin(lab: string, attempt: Attempt): void {
    attempt.writing ??= this.#write(lab, attempt).then(() => true, () => false).then((isWritten) => {
      attempt.writing = undefined;
      // Told after the last look, when nobody could begin anew yet. What a disk refused waits for the next that is told.
      if (isWritten && attempt.waiting.length > 0) this.#begin(lab, attempt);
    });
  }

  async #write(lab: string, attempt: Attempt): Promise<void> {
    const { startOf, scrubOf } = this.#dependencies;
    const recorded = await attempt.recorded;
    const scrub = await scrubOf(lab);
    while (attempt.waiting.length > 0) {
      const told = attempt.waiting.splice(0);
      const events = told.filter(({ event }) => isNews(event, recorded)).map(({ at, event }) => ({ at, ...scrubbed(event, scrub) }));
      if (events.length === 0) continue;
      const first = told[0]?.at ?? new Date().toISOString();
      await attempt.log.append(events, async () => ({ at: first, type: "attempt.started", attempt: randomUUID(), ...(await startOf(lab)) }));
    }
  }
}

/** Whether an event says something that the log does not; notes it then. */
function isNews(event: ToldEvent, recorded: Recorded): boolean {
  const changes = <Value>(known: Map<string, Value>, key: string, value: Value): boolean => known.get(key) !== value && known.set(key, value) === known;
  if (event.type === "check.changed") return changes(recorded.checks, event.check, event.observation.state);
  if (event.type === "question.answered") return changes(recorded.answers, event.question, event.answer);
  if (event.type === "terminals.consent") {
    const before = recorded.consent;
    recorded.consent = event.given;
    return before !== event.given;
  }
  return true;
}

function scrubbed(event: ToldEvent, scrub: { text: (text: string) => string; paths: (text: string) => string }): ToldEvent {
  // A name of the network that is the user's own is the student's choice, and the network must stay the one that ran.
  if (event.type === "network.applied") return { ...event, network: scrub.paths(event.network) };
  if (event.type === "report.exported") return event;
  const cut = event.type === "check.changed" ? { ...event, observation: { ...event.observation, output: cutText(event.observation.output, outputLimit) } } : event;
  return mapStrings(cut, scrub.text);
}

/** The beginning of a long text, and how much of it is not there. */
export function cutText(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit)}\n… (+${text.length - limit})`;
}

function recordedIn(events: readonly unknown[]): Recorded {
  const recorded: Recorded = { checks: new Map(), answers: new Map(), consent: false };
  for (const raw of events) {
    const { success, data } = attemptEventSchema.safeParse(raw);
    if (success) isNews(data, recorded);
  }
  return recorded;
}
