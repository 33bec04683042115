import type { Diagnostic } from "../contract/contract.ts";
import { connectEngine, type ConnectOptions } from "../engine/connectEngine.ts";
import type { ContainerEngine } from "../engine/containerEngine.ts";
import { instanceImage } from "../images/catalogue.ts";
import { environmentMirror, type MirrorSource } from "../images/mirrorSource.ts";
import { RempartError, toErrorData } from "../model/errors.ts";
import { allDiagnostics, neededDiagnostics } from "./allDiagnostics.ts";
import type { DiagnosticCheck, DiagnosticContext, FixOptions } from "./diagnosticCheck.ts";
import { probeEngine } from "./labProbe.ts";
import { type Machine, realMachine } from "./machine.ts";
import { tunnelDeviceIsThere } from "./tunnelDevice.ts";

/** What diagnostics depend on; every part has the real one as its default. */
export interface DiagnosticsParts {
  readonly machine?: Machine;
  readonly connect?: () => Promise<ContainerEngine>;
  readonly checks?: readonly DiagnosticCheck[];
  readonly mirror?: MirrorSource;
}

/** What is needed to run labs on this machine, whether it is there, and the repair of what is not. */
export class Diagnostics {
  readonly #machine: Machine;
  readonly #connect: () => Promise<ContainerEngine>;
  readonly #checks: readonly DiagnosticCheck[];
  readonly #mirror: MirrorSource;
  /** What the last probe found; undefined before the first one. */
  #netem: boolean | undefined;
  #tun = false;
  #trying: Promise<unknown> | undefined;

  constructor(parts: DiagnosticsParts = {}, options: ConnectOptions = {}) {
    this.#machine = parts.machine ?? realMachine();
    this.#connect = parts.connect ?? (() => connectEngine(options));
    this.#checks = parts.checks ?? allDiagnostics;
    this.#mirror = parts.mirror ?? environmentMirror;
  }

  /** Runs every applicable check, side by side; one that breaks is reported as unknown and hides no other. */
  async diagnose(): Promise<Diagnostic[]> {
    const context = this.#context();
    return Promise.all(this.#checks.filter((check) => check.applicable(this.#machine)).map((check) => run(check, context)));
  }

  /**
   * Repairs one finding and looks again. Throws `input.unknown-diagnostic`, `input.no-fix`, `input.cancelled`, or what the
   * repair throws.
   */
  async fix(id: string, options: FixOptions = { onProgress: () => undefined }): Promise<Diagnostic> {
    const check = this.#checks.find((one) => one.id === id);
    if (check === undefined) throw new RempartError("input.unknown-diagnostic", `There is no diagnostic named ${id}.`, { kind: "input" });
    if (check.fix === undefined) throw new RempartError("input.no-fix", `Rempart cannot repair ${id} by itself.`, { kind: "input", next: "See its advice in `rempart doctor`." });
    options.signal?.throwIfAborted();
    await check.fix(this.#context(), options);
    return run(check, this.#context());
  }

  /** Whether labs can run, by the checks that labs need. */
  async ready(): Promise<boolean> {
    const context = this.#context();
    const engine = await context.engine().catch(() => undefined);
    return engine !== undefined && (await engine.imageExists(instanceImage()).catch(() => false));
  }

  /**
   * What the engine's kernel can do beyond what labs need, as last tried; empty while that is not known. Answers at once: what
   * is not known yet is tried in the background, for whoever asks next. Throws nothing.
   */
  capabilities(): { netem?: boolean } {
    if (this.#netem !== undefined) return { netem: this.#netem };
    this.#trying ??= this.#context()
      .probe()
      .catch(() => undefined)
      .finally(() => (this.#trying = undefined));
    return {};
  }

  /** Whether machines can have tunnels. Tries it once; a device that was missing is looked for again. Throws what the engine throws. */
  async hasTunnelDevice(): Promise<boolean> {
    if (this.#tun) return true;
    const context = this.#context();
    await context.engine();
    this.#tun = tunnelDeviceIsThere(context, undefined) || tunnelDeviceIsThere(context, await context.probe());
    return this.#tun;
  }

  /** A context that asks for the engine and the probe at most once. */
  #context(): DiagnosticContext {
    const engine = once(this.#connect);
    return {
      machine: this.#machine,
      mirror: this.#mirror,
      engine,
      probe: once(async () => {
        const found = await engine().catch(() => undefined);
        if (found === undefined || !(await found.imageExists(instanceImage()))) return undefined;
        const probe = await probeEngine(found);
        // Without a link to try it on, the probe says nothing of netem.
        if (probe.steps.get("link") === true) this.#netem = probe.netem;
        return probe;
      }),
    };
  }
}

async function run(check: DiagnosticCheck, context: DiagnosticContext): Promise<Diagnostic> {
  try {
    const { state, detail, advice, fixable } = await check.check(context);
    const canFix = check.fix !== undefined && fixable !== false && (state === "failed" || state === "warning");
    return { id: check.id, title: check.title, state, detail, ...(advice === undefined ? {} : { advice }), canFix };
  } catch (error) {
    const { message } = toErrorData(error);
    return { id: check.id, title: check.title, state: "unknown", detail: { fr: `Vérification impossible : ${message}`, en: `Could not be checked: ${message}` }, canFix: false };
  }
}

/** True when nothing that labs need has failed. */
export function allowsLabs(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.every((one) => !neededDiagnostics.includes(one.id) || one.state === "ok");
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => (result ??= work());
}
