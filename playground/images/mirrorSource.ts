import { RempartError } from "../model/errors.ts";
import { readRegistryMirror } from "../model/registryMirror.ts";

/** Says when it is wanted which registry is asked instead of the projects' own; undefined for none. Throws `input.registry-mirror`. */
export type MirrorSource = () => Promise<string | undefined>;

/** The variable that names a mirror for one run, before what the settings say. */
export const mirrorVariable = "REMPART_REGISTRY_MIRROR";

/** What the environment says. Throws `input.registry-mirror` with all that is wrong with it. */
export const environmentMirror: MirrorSource = async () => checkedMirror(process.env[mirrorVariable] ?? "", mirrorVariable);

/**
 * A mirror that somebody wrote, in the form that references take; undefined for none. Throws `input.registry-mirror` with all that is wrong with it.
 * @param place where it was written: a variable, or a key of the settings
 * @param file the file that the key is in
 */
export function checkedMirror(text: string, place: string, file?: string): string | undefined {
  const { mirror, faults } = readRegistryMirror(text, place);
  if (faults.length === 0) return mirror;
  throw new RempartError("input.registry-mirror", `The mirror "${text}" of ${place} is not one: ${faults.map((fault) => fault.message).join(" ")}`, {
    kind: "input",
    kept: "nothing was pulled or changed",
    next: "write host, port and path only, as in registry.example:5000/mirror",
    faults: faults.map((fault) => ({ ...fault, ...(file === undefined ? {} : { file }) })),
  });
}
