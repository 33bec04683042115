import type { Handlers } from "../contract/contract.ts";
import type { AttemptRecorder } from "./attemptRecorder.ts";
import type { LabRegistry } from "./labRegistry.ts";
import { MadeReports, type ReportService } from "./reportService.ts";

type Served = "reports.state" | "reports.consent" | "reports.make" | "reports.read";

/** Bytes of one part; in base64 it is well below the longest frame. */
const partBytes = 1_500_000;

/** Reports behind the contract. */
export function reportHandlers({ reports, recorder, registry }: { readonly reports: ReportService; readonly recorder: AttemptRecorder; readonly registry: LabRegistry }): Pick<Handlers, Served> {
  const made = new MadeReports();
  return {
    "reports.state": ({ lab }) => reports.state(lab),
    "reports.consent": async ({ lab, given }) => {
      await registry.get(lab);
      recorder.tell(lab, { type: "terminals.consent", given });
      await recorder.settle(lab);
      return {};
    },
    "reports.make": async ({ lab, format, identity, language, preview }) => {
      const report = await reports.make(lab, format, identity, { ...(language === undefined ? {} : { language }), isPreview: preview });
      return { report: made.keep(report), name: report.name, mediaType: report.mediaType, bytes: report.content.length };
    },
    "reports.read": ({ report, from }) => {
      const { content } = made.get(report);
      const end = Math.min(content.length, from + partBytes);
      return Promise.resolve({ data: Buffer.from(content.subarray(from, end)).toString("base64"), ...(end < content.length ? { next: end } : {}) });
    },
  };
}
