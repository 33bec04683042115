import { join } from "node:path";
import type { ClassRow, ClassTable } from "../contract/classTable.ts";
import { ClassGrading } from "../grading/gradeClass.ts";
import { type ReadReport, seedOf, type Unreadable } from "../grading/readReport.ts";
import { GradedLabs } from "./gradedLabs.ts";
import type { LabRegistry } from "./labRegistry.ts";
import { listReportFiles, readReportFile } from "./reportFiles.ts";

/** Grades reports that students handed in. Needs no engine and changes nothing. */
export class ClassService {
  readonly #registry: LabRegistry;

  constructor(registry: LabRegistry) {
    this.#registry = registry;
  }

  /**
   * The class table of a folder. `instructorFiles`: paths of hidden checks and weights; `onFile` hears how many files of how many were read.
   * Throws `input.no-such-folder`, `input.too-many-files`, and what `GradedLabs.open` throws.
   */
  async grade(folder: string, instructorFiles: readonly string[] = [], onFile: (done: number, total: number) => void = () => undefined): Promise<ClassTable> {
    const began = performance.now();
    const files = await listReportFiles(folder);
    const { labs, grading } = await this.#open(instructorFiles);
    for (const [index, file] of files.entries()) {
      grading.add(file, await prepared(labs, await readReportFile(join(folder, file))));
      onFile(index + 1, files.length);
    }
    return { folder, ...grading.finish(), milliseconds: Math.round(performance.now() - began) };
  }

  /** Judges one report by itself. Throws as `grade` does, and `input.no-such-file`. */
  async verify(path: string, instructorFiles: readonly string[] = []): Promise<{ row: ClassRow; reading: ReadReport | Unreadable; labs: GradedLabs }> {
    const { labs, grading } = await this.#open(instructorFiles);
    const reading = await prepared(labs, await readReportFile(path));
    return { row: grading.add(path, reading), reading, labs };
  }

  async #open(instructorFiles: readonly string[]): Promise<{ labs: GradedLabs; grading: ClassGrading }> {
    const labs = await GradedLabs.open(this.#registry, instructorFiles);
    return { labs, grading: new ClassGrading({ labOf: (id, seed) => labs.labOf(id, seed), networksOf: (id) => labs.networksOf(id) }) };
  }
}

async function prepared(labs: GradedLabs, reading: ReadReport | Unreadable): Promise<ReadReport | Unreadable> {
  if (reading.kind === "report") await labs.prepare(reading.report.lab.id, seedOf(reading));
  return reading;
}
