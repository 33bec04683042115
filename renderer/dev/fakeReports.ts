import type { Handlers } from "../../playground/contract/contract.ts";
import type { ReportIdentity } from "../../playground/contract/reportContract.ts";

/** A report of one page: enough to work on the screen around it. */
const page = (identity: ReportIdentity, language: string): string =>
  `<!doctype html><html lang="${language}"><body style="font:16px system-ui;margin:3rem"><h1>${language === "fr" ? "Compte rendu" : "Report"}</h1><p>${identity.student.replaceAll("<", "&lt;")}</p></body></html>`;

/** Reports of the fake host. */
export function createFakeReports(): Pick<Handlers, "reports.state" | "reports.consent" | "reports.make" | "reports.read"> {
  let identity: ReportIdentity = { student: "", group: "2A", course: "", date: "" };
  let consent = false;
  let exportedAt: string | undefined;
  let made = "";
  return {
    "reports.state": async () => ({ identity, events: 38, startedAt: new Date().toISOString(), ...(exportedAt === undefined ? {} : { exportedAt }), consent, commands: consent ? 2 : 0, canPrint: false }),
    "reports.consent": async ({ given }) => {
      consent = given;
      return {};
    },
    "reports.make": async ({ format, identity: given, language, preview }) => {
      made = page(given, language ?? "fr");
      if (!preview) {
        identity = given;
        exportedAt = new Date().toISOString();
      }
      return { report: "1", name: `report.${format}`, mediaType: "text/html", bytes: made.length };
    },
    "reports.read": async () => ({ data: btoa(String.fromCharCode(...new TextEncoder().encode(made))) }),
  };
}
