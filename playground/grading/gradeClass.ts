import type { ClassRow, Copy } from "../contract/classTable.ts";
import { type GradedLab, classRow } from "./classRow.ts";
import { type ComparedReport, findCopies, normalizedName } from "./findCopies.ts";
import { plainLine } from "./plainText.ts";
import type { ReadReport, Unreadable } from "./readReport.ts";

export interface ClassOptions {
  /** The lab of a report, in the variant of its seed; undefined where this machine has none. */
  readonly labOf: (id: string, seed: number | null) => GradedLab | undefined;
  /** Networks that come with a lab: its start, its solutions, its broken variants. */
  readonly networksOf: (lab: string) => readonly string[];
}

/** Gathers the reports of a class one by one, so that none of them needs to be kept whole; then judges them together. */
export class ClassGrading {
  readonly #options: ClassOptions;
  readonly #rows: ClassRow[] = [];
  readonly #compared: ComparedReport[] = [];

  constructor(options: ClassOptions) {
    this.#options = options;
  }

  /** `file`: its path in the folder. */
  add(file: string, reading: ReadReport | Unreadable): ClassRow {
    const row = classRow(file, reading, this.#options.labOf);
    this.#rows.push(row);
    if (reading.kind === "report") {
      const { events, report } = reading;
      this.#compared.push({ file: row.file, student: plainLine(report.identity.student, 100), lab: row.lab, attempt: report.attempt, events, network: report.network });
    }
    return row;
  }

  /** By student, then lab. Of several reports of one student on one lab the best intact one counts. */
  finish(): { rows: ClassRow[]; copies: Copy[] } {
    const best = new Map<string, ClassRow>();
    for (const row of this.#rows) {
      const key = keyOf(row);
      const known = key === undefined ? undefined : best.get(key);
      if (key !== undefined && (known === undefined || isBetter(row, known))) best.set(key, row);
    }
    const rows = this.#rows.map((row): ClassRow => {
      const key = keyOf(row);
      return { ...row, counts: row.grade !== undefined && (key === undefined || best.get(key) === row) };
    });
    rows.sort((one, other) => one.student.localeCompare(other.student) || one.lab.localeCompare(other.lab) || one.file.localeCompare(other.file));
    return { rows, copies: findCopies(this.#compared, this.#options.networksOf) };
  }
}

/** Reports without a name belong to nobody: each stands for itself. */
function keyOf(row: ClassRow): string | undefined {
  const name = normalizedName(row.student);
  return name === "" || row.grade === undefined ? undefined : `${name}\n${row.lab}`;
}

function isBetter(one: ClassRow, other: ClassRow): boolean {
  const [intact, otherIntact] = [one, other].map((row) => row.verdict.state === "intact");
  if (intact !== otherIntact) return intact === true;
  return (one.grade?.points ?? 0) > (other.grade?.points ?? 0);
}
