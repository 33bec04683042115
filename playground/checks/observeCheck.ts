import type { CheckObservation } from "../contract/contract.ts";
import { measureOutput } from "../model/comparison.ts";
import { RempartError } from "../model/errors.ts";
import type { Check, Localized } from "../model/lab.ts";
import type { LabRuntime } from "../services/labRuntime.ts";
import { type Seen, truncateOutput } from "./checkKind.ts";
import { probeOnce } from "./checkKinds.ts";

/** Probes a check once and tells what was seen, as the contract wants it. Never throws: a probe that could not run has failed. */
export async function observeCheck(check: Check, runtime: LabRuntime): Promise<CheckObservation> {
  const began = performance.now();
  const at = new Date().toISOString();
  const elapsed = (): number => Math.round(performance.now() - began);
  try {
    const seen = await probeOnce(check, runtime);
    const measured = seen.passed && check.measures.length > 0 ? { measured: measureOutput(check.measures, seen.output, runtime.loaded.lab.id) } : {};
    const picture = seen.picture && (await keepPicture(check, seen.picture, runtime));
    return { id: check.id, state: seen.passed ? "passed" : "failed", command: seen.command, output: truncateOutput(seen.output), summary: seen.summary, ...(picture ? { picture } : {}), at, milliseconds: elapsed(), ...measured };
  } catch (error) {
    return { id: check.id, state: "failed", command: "", output: error instanceof Error ? error.message : String(error), summary: describeFailure(check, error), at, milliseconds: elapsed() };
  }
}

/** What the observation says of its picture; the picture itself stays with the lab. */
async function keepPicture(check: Check, { image, caption }: NonNullable<Seen["picture"]>, runtime: LabRuntime): Promise<CheckObservation["picture"]> {
  // What the check saw does not depend on room on a disk.
  const kept = await runtime.keepPicture(check.id, image.png).then(() => true, () => false);
  if (!kept) return undefined;
  return { digest: image.digest, bytes: image.png.length, width: image.width, height: image.height, caption };
}

/** A negative whose positive control does not pass: it proves nothing, so it is not even tried. */
export function blockedObservation(check: Check, control: Check): CheckObservation {
  return {
    id: check.id,
    state: "blocked",
    command: "",
    output: "",
    summary: { fr: `ne prouve rien tant que son témoin échoue : ${control.title.fr}`, en: `proves nothing while its control fails: ${control.title.en}` },
    at: new Date().toISOString(),
    milliseconds: 0,
  };
}

function describeFailure(check: Check, error: unknown): Localized {
  const code = error instanceof RempartError ? error.code : "";
  const node = check.from ?? "";
  if (code === "lab.node-not-running") return { fr: `${node} n’existe pas encore, ou ne tourne pas`, en: `${node} does not exist yet, or does not run` };
  if (code === "lab.cluster-not-ready") return { fr: "le cluster n’est pas prêt, ou ne répond pas", en: "the cluster is not ready, or does not answer" };
  if (code === "engine.exec-timeout") return { fr: "la commande n’a pas fini à temps", en: "the command did not end in time" };
  return { fr: "la vérification n’a pas pu se faire", en: "the check could not be made" };
}
