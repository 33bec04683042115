import { observeCheck } from "../checks/observeCheck.ts";
import type { ScenarioProof } from "../contract/authorContract.ts";
import type { CheckObservation } from "../contract/contract.ts";
import { RempartError } from "../model/errors.ts";
import { FaultList, toFault } from "../model/faults.ts";
import { checkSchema, type Lab } from "../model/lab.ts";
import { addSchemaFaults } from "../model/schemaFaults.ts";
import { fillValues } from "../model/variants.ts";
import type { GradingService } from "./gradingService.ts";
import { proveLab, scenariosOf } from "./labProof.ts";
import type { LabService } from "./labService.ts";
import { readLabText } from "./labTexts.ts";
import type { RunningLab } from "./runningLab.ts";
import type { Studio } from "./studio.ts";
import type { LabRegistry } from "./labRegistry.ts";

export interface StudioRunsOptions {
  readonly studio: Studio;
  readonly registry: LabRegistry;
  readonly labs: LabService;
  readonly grading: GradingService;
  /** Makes sure that engine and images are there. */
  readonly prepareMachine: () => Promise<void>;
  readonly closeTerminals: (lab: string) => void;
  readonly onProof: (lab: string, scenarios: ScenarioProof[]) => void;
}

/** What an author does with a lab that runs: look at one of its networks, try a check, prove it. */
export class StudioRuns {
  readonly #options: StudioRunsOptions;
  readonly #proving = new Map<string, AbortController>();

  constructor(options: StudioRunsOptions) {
    this.#options = options;
  }

  /** Starts the lab with its files as they are now, and brings it to one of its networks. Throws `input.invalid-lab`, `lab.file-missing`, and what `up` throws. */
  async run(id: string, path: string): Promise<void> {
    const running = await this.#fresh(id);
    const text = await readLabText(running.loaded, path);
    if (text === undefined) throw new RempartError("lab.file-missing", `${path} of lab ${id} is not there.`, { kind: "input" });
    if (running.phase !== "running") {
      await this.#options.prepareMachine();
      await running.up();
    }
    await running.applyNetwork(text);
    this.#options.grading.labChanged(id);
  }

  /** Runs a check as its author wrote it, once. Throws `input.invalid-check` with its faults, `lab.not-running`. */
  async try(id: string, check: Readonly<Record<string, unknown>>): Promise<CheckObservation> {
    const running = this.#options.labs.opened(id);
    if (running?.applied === undefined) throw new RempartError("lab.not-running", `Lab ${id} does not run.`, { kind: "input", kept: "The check as you wrote it.", next: "Start it, then try the check." });
    const filled: unknown = JSON.parse(fillValues(JSON.stringify(check), running.loaded.values ?? {}));
    const parsed = checkSchema.safeParse(filled);
    if (!parsed.success) {
      const list = new FaultList("lab.yml");
      addSchemaFaults(list, checkSchema, parsed.error.issues, filled);
      const faults = list.found.map((fault) => toFault(fault));
      throw new RempartError("input.invalid-check", `The check cannot be run yet: ${faults.map(({ path, message }) => `${path}: ${message}`).join("; ")}`, { kind: "input", kept: "The check as you wrote it.", next: "Fill in what is missing.", faults });
    }
    return observeCheck(parsed.data, running);
  }

  /**
   * Proves the lab as it is on disk, from a clean start; what ran and the author's own trial of it are forgotten, and nothing of the proof stays.
   * Throws `input.invalid-lab`, `lab.proof-under-way`, `input.cancelled`, and what `up` and `proveLab` throw.
   */
  async prove(id: string): Promise<ScenarioProof[]> {
    if (this.#proving.has(id)) throw new RempartError("lab.proof-under-way", `Lab ${id} is being proved already.`, { kind: "input", next: "Wait for it, or cancel it." });
    const abort = new AbortController();
    this.#proving.set(id, abort);
    const { labs, grading, onProof, closeTerminals } = this.#options;
    try {
      const before = await this.#fresh(id);
      closeTerminals(id);
      grading.stopWatching(id);
      await before.down(true);
      await grading.forget(id);
      labs.forgetStopped(id);
      const running = await this.#fresh(id);
      const scenarios = scenariosOf(running).map((scenario): ScenarioProof => ({ scenario, state: "waiting", unexpected: [] }));
      const tell = (name: string | undefined, change: Partial<ScenarioProof>): void => {
        const index = scenarios.findIndex(({ scenario }) => scenario === name);
        const known = scenarios[index];
        if (known) scenarios[index] = { ...known, ...change };
        onProof(id, [...scenarios]);
      };
      let began = performance.now();
      tell("start", { state: "running" });
      await this.#options.prepareMachine();
      try {
        await running.up();
        await proveLab(running, grading, ({ scenario, unexpected }) => {
          tell(scenario, { state: unexpected.length === 0 ? "proved" : "refuted", unexpected: [...unexpected], milliseconds: Math.round(performance.now() - began) });
          began = performance.now();
          if (abort.signal.aborted) throw cancelled();
          tell(scenarios.find(({ state }) => state === "waiting")?.scenario, { state: "running" });
        });
      } catch (error) {
        // Whatever a lab that is being taken away from under its proof fails with.
        throw abort.signal.aborted ? cancelled() : error;
      } finally {
        await running.down(true);
        await grading.forget(id);
      }
      return scenarios;
    } finally {
      this.#proving.delete(id);
    }
  }

  /** Ends a proof: the lab is stopped, so that nothing waits for its machines. */
  cancel(id: string): void {
    const abort = this.#proving.get(id);
    if (abort === undefined) return;
    abort.abort();
    void this.#options.labs.opened(id)?.down(true).catch(() => undefined);
  }

  /** The lab with its files as they are on disk. One that runs is stopped first when its machines or its Internet changed. */
  async #fresh(id: string): Promise<RunningLab> {
    const { studio, registry, labs } = this.#options;
    await registry.add(await studio.folderOf(id));
    const loaded = await registry.get(id);
    const known = await labs.lab(id);
    if (known.phase !== "stopped" && groundOf(known.loaded.lab) !== groundOf(loaded.lab)) await known.down(false);
    labs.forgetStopped(id);
    return labs.lab(id);
  }
}

/** What of a lab a running one cannot take over. */
function groundOf({ internet, dns, machines, switches, links, names, setup, no_terminal: without }: Lab): string {
  return JSON.stringify([internet, dns, machines, switches, links, names, setup, without]);
}

function cancelled(): RempartError {
  return new RempartError("input.cancelled", "The proof was cancelled.", { kind: "input", kept: "The lab's files.", next: "Prove it again when you like." });
}
