import { readFile, stat } from "node:fs/promises";
import type { GradedLab } from "../grading/classRow.ts";
import type { Cloud } from "../model/cloud.ts";
import { type Fault, RempartError } from "../model/errors.ts";
import { type InstructorFile, labOfInstructorFile, parseInstructorFile, withInstructorFile } from "../model/instructorFile.ts";
import { type Lab, networksNamedBy } from "../model/lab.ts";
import { parseLabFile } from "../model/labFile.ts";
import { parseNetworkFile } from "../model/networkFile.ts";
import { resolveCloud } from "../model/resolve.ts";
import { chooseValues, fillValues, unknownValues, type VariantValues } from "../model/variants.ts";
import { digestOfLab } from "./labDigest.ts";
import { type LabRegistry, unknownValue } from "./labRegistry.ts";
import type { LoadedLab } from "./labRuntime.ts";
import { readLabFile } from "./safeLabFile.ts";

const instructorFileLimit = 1_000_000;
/** Of networks of one lab whose clouds are kept: students apply the same ones over and over. */
const cloudsKept = 500;

interface KnownLab {
  readonly loaded: LoadedLab;
  readonly digest: string;
  readonly labText: string;
  readonly networkTexts: readonly string[];
  readonly added: InstructorText | undefined;
  readonly variants: Map<string, { lab: GradedLab; networks: readonly string[] }>;
}

/** An instructor's file: as it is written, and as it reads for a student without a seed. */
interface InstructorText {
  readonly text: string;
  readonly file: InstructorFile;
}

/** The labs of this machine as reports are graded by them: each in the variants of its students, with what the instructor adds. */
export class GradedLabs {
  readonly #registry: LabRegistry;
  readonly #files: ReadonlyMap<string, InstructorText>;
  readonly #known = new Map<string, KnownLab | undefined>();

  private constructor(registry: LabRegistry, files: ReadonlyMap<string, InstructorText>) {
    this.#registry = registry;
    this.#files = files;
  }

  /** `instructorFiles`: paths. Throws `input.no-such-file`, `input.unknown-lab`, and `input.invalid-instructor-file` with every fault. */
  static async open(registry: LabRegistry, instructorFiles: readonly string[]): Promise<GradedLabs> {
    const files = new Map<string, InstructorText>();
    for (const path of instructorFiles) {
      const text = await readInstructorFile(path);
      const id = labOfInstructorFile(text);
      const loaded = id === undefined ? undefined : await registry.get(id);
      const { file, faults } = loaded ? readInstructorText(text, loaded.lab) : { faults: [missingLab(path)] };
      if (!file || !loaded) throw new RempartError("input.invalid-instructor-file", `${path} has ${faults.length} fault${faults.length === 1 ? "" : "s"}: ${faults[0]?.message ?? ""}`, { kind: "input", kept: "Nothing was graded.", next: "Correct the file.", faults });
      files.set(loaded.lab.id, { text, file });
    }
    return new GradedLabs(registry, files);
  }

  /** Reads a lab in the variant of a seed, so that `labOf` knows it. A lab that is not there stays unknown. */
  async prepare(id: string, seed: number | null): Promise<void> {
    if (!this.#known.has(id)) this.#known.set(id, await this.#read(id));
    const known = this.#known.get(id);
    const values = known && valuesOf(known.loaded.lab, seed);
    if (!known || !values || known.variants.has(keyOf(values))) return;
    const own = Object.keys(values).length === 0 ? known.loaded.lab : parseLabFile(fillValues(known.labText, values)).lab;
    if (!own) return;
    // What is hidden follows the student's variant as the lab's own checks do.
    const added = known.added && (parseInstructorFile(fillValues(known.added.text, values), own).file ?? known.added.file);
    const lab = withInstructorFile(own, added);
    const clouds = new Map<string, Cloud | undefined>();
    const cloudOf = (network: string): Cloud | undefined => {
      if (!clouds.has(network)) {
        if (clouds.size >= cloudsKept) clouds.clear();
        clouds.set(network, cloudOrNothing(own, network));
      }
      return clouds.get(network);
    };
    known.variants.set(keyOf(values), { lab: { lab, digest: known.digest, hidden: new Set(added?.checks.map(({ id: check }) => check)), cloudOf }, networks: known.networkTexts.map((text) => fillValues(text, values)) });
  }

  /** Undefined where this machine has no such lab, or `prepare` was not asked for it. */
  labOf(id: string, seed: number | null): GradedLab | undefined {
    const known = this.#known.get(id);
    return known?.variants.get(keyOf(valuesOf(known.loaded.lab, seed)))?.lab;
  }

  /** Start, solutions and broken variants of a lab, in all variants that were prepared. */
  networksOf(id: string): readonly string[] {
    return [...new Set([...(this.#known.get(id)?.variants.values() ?? [])].flatMap(({ networks }) => networks))];
  }

  async #read(id: string): Promise<KnownLab | undefined> {
    const loaded = await this.#registry.get(id).catch((error: unknown) => {
      if (error instanceof RempartError && error.kind === "input") return undefined;
      throw error;
    });
    if (!loaded) return undefined;
    const texts = await Promise.all(["network.yml", ...networksNamedBy(loaded.lab)].map((path) => readLabFile(loaded.folder, path)));
    return { loaded, digest: await digestOfLab(loaded.folder), labText: (await readLabFile(loaded.folder, "lab.yml")) ?? "", networkTexts: texts.filter((text) => text !== undefined), added: this.#files.get(id), variants: new Map() };
  }
}

/** Judges an instructor's file as for a student without a seed; a `<<name>>` of it stands for what one of the lab's own files would put there. */
function readInstructorText(text: string, lab: Lab): { file?: InstructorFile; faults: Fault[] } {
  const values = valuesOf(lab, null);
  const unknown = unknownValues(text, values).map(({ name, line }) => unknownValue("instructor.yml", name, line, Object.keys(values)));
  return unknown.length > 0 ? { faults: unknown } : parseInstructorFile(fillValues(text, values), lab);
}

const valuesOf = (lab: Lab, seed: number | null): VariantValues => chooseValues(lab.variants, seed ?? undefined);
const keyOf = (values: VariantValues): string => JSON.stringify(values);

/** The network is a student's: whatever is wrong with it, there is then nothing to compare with. */
function cloudOrNothing(lab: Lab, network: string): Cloud | undefined {
  const parsed = parseNetworkFile(network).network;
  if (!parsed) return undefined;
  try {
    return resolveCloud(lab, parsed);
  } catch {
    return undefined;
  }
}

async function readInstructorFile(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new RempartError("input.no-such-file", `There is no file ${path}.`, { kind: "input", next: "Name the file with your hidden checks." });
  if (found.size > instructorFileLimit) throw new RempartError("input.file-too-large", `${path} is larger than ${instructorFileLimit} bytes.`, { kind: "input", kept: "Nothing was read.", next: "Shorten the file." });
  return readFile(path, "utf8");
}

function missingLab(path: string): Fault {
  return { code: "instructor.no-lab", file: path, path: "lab", message: "The file does not say which lab it is about.", hint: "Begin it with lab: and the lab's id." };
}
