import { neededDiagnostics } from "../diagnostics/allDiagnostics.ts";
import { Diagnostics } from "../diagnostics/diagnostics.ts";
import { prepareMachine } from "../diagnostics/prepareMachine.ts";

/** Prepares this machine and tells of it as one JSON text a line: progress, then the diagnostics. Run by `machine.mjs`. */
const print = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
const abort = new AbortController();
process.once("SIGINT", () => abort.abort());
process.once("SIGTERM", () => abort.abort());
const diagnostics = await prepareMachine(new Diagnostics(), { onProgress: print, signal: abort.signal });
print({ diagnostics: diagnostics.map((one) => ({ ...one, needed: neededDiagnostics.includes(one.id) })) });
process.exit(0);
