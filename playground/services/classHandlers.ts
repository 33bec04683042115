import { basename } from "node:path";
import type { ClassTable } from "../contract/classTable.ts";
import type { Handlers, Progress } from "../contract/contract.ts";
import { classCsvRows } from "../grading/classColumns.ts";
import { classWorkbook } from "../grading/classWorkbook.ts";
import { formatCsv } from "../grading/csv.ts";
import { RempartError } from "../model/errors.ts";
import { ClassService } from "./classService.ts";
import type { LabRegistry } from "./labRegistry.ts";

type Served = "class.grade" | "class.last" | "class.export";

const progressMilliseconds = 100;

/** Reports of a class behind the contract. The last table is kept, so that it can be written for spreadsheets as it is seen. */
export function classHandlers({ registry, onProgress }: { registry: LabRegistry; onProgress: (progress: Progress) => void }): Pick<Handlers, Served> {
  const service = new ClassService(registry);
  let last: ClassTable | undefined;

  return {
    "class.grade": async ({ folder, hidden }) => {
      const tell = (done: number, total: number, state: Progress["state"]): void => onProgress({ task: "class", step: "read", label: { fr: "Lecture des rapports", en: "Reading the reports" }, done, total, state });
      let told = 0;
      last = await service.grade(folder, hidden, (done, total) => {
        if (performance.now() - told < progressMilliseconds) return;
        told = performance.now();
        tell(done, total, "running");
      });
      tell(last.rows.length, last.rows.length, "done");
      return last;
    },
    "class.last": async () => (last ? { table: last } : {}),
    "class.export": async ({ format, language }) => {
      if (!last) throw new RempartError("class.nothing-graded", "No folder of reports was graded yet.", { kind: "input", next: "Grade a folder first." });
      const name = `${basename(last.folder) || "class"}.${format}`;
      if (format === "csv") return { name, mediaType: "text/csv", data: Buffer.from(formatCsv(classCsvRows(last, language), language)).toString("base64") };
      return { name, mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", data: Buffer.from(await classWorkbook(last, language)).toString("base64") };
    },
  };
}
