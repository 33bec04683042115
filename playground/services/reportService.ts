import { randomUUID } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import type { ReportIdentity } from "../contract/reportContract.ts";
import { RempartError } from "../model/errors.ts";
import type { Language } from "../model/localized.ts";
import { readAttempt } from "../reports/attempt.ts";
import { identitySchema, type ReportFormat } from "../reports/attemptEvents.ts";
import { renderHtml } from "../reports/renderHtml.ts";
import { renderMarkdown } from "../reports/renderMarkdown.ts";
import { reportDocument } from "../reports/reportDocument.ts";
import { sealOf, type Report } from "../reports/reportSchema.ts";
import type { AttemptRecorder } from "./attemptRecorder.ts";
import { filledTables } from "./comparisons.ts";
import type { GradingService } from "./gradingService.ts";
import { readJsonFile, writeJsonFile } from "./jsonFile.ts";
import { digestOfLab } from "./labDigest.ts";
import type { LabRegistry } from "./labRegistry.ts";
import type { LoadedLab } from "./labRuntime.ts";
import { versionOf } from "./makeRecorder.ts";
import type { RempartPaths } from "./paths.ts";
import { printFailed, type PdfPrinter } from "./pdfPrinter.ts";
import type { TerminalRecords } from "./recordTerminals.ts";
import { makeScrub, personalOf } from "./scrub.ts";
import type { SettingsStore } from "./settingsStore.ts";

/** Files of the student beside network.yml that go into a report: text, small, and no keys. */
const textEndings = new Set([".yml", ".yaml", ".json", ".txt", ".md", ".sh", ".conf", ".py", ".js", ".ts", ".html", ".css", ".tf"]);
const ours = new Set(["network.yml", "progress.json"]);
const largestFile = 100_000;
const mostFiles = 20;

const mediaTypes: Readonly<Record<ReportFormat, string>> = { html: "text/html", pdf: "application/pdf", md: "text/markdown", json: "application/json" };

export interface ReportServiceParts {
  readonly paths: RempartPaths;
  readonly registry: LabRegistry;
  readonly recorder: AttemptRecorder;
  readonly terminals: Pick<TerminalRecords, "settle">;
  readonly grading: GradingService;
  readonly settings: SettingsStore;
  readonly printer: PdfPrinter;
}

/** A report as a file. */
export interface MadeReport {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Uint8Array;
}

/** Makes reports of what was recorded, and remembers who exports them. */
export class ReportService {
  readonly #parts: ReportServiceParts;
  readonly #identityFile: string;

  constructor(parts: ReportServiceParts) {
    this.#parts = parts;
    this.#identityFile = join(parts.paths.state, "report-identity.json");
  }

  /** What the student last typed about themselves; empty at first. */
  async identity(): Promise<ReportIdentity> {
    return (await readJsonFile(this.#identityFile, (value) => identitySchema.parse(value))) ?? identitySchema.parse({});
  }

  /** What there is to report. Throws `input.unknown-lab`. */
  async state(lab: string): Promise<{ identity: ReportIdentity; events: number; startedAt?: string; exportedAt?: string; consent: boolean; commands: number; canPrint: boolean }> {
    const { registry, recorder, printer, terminals, grading } = this.#parts;
    const loaded = await registry.get(lab);
    terminals.settle(lab);
    const [identity, raw, consent, canPrint, { exportedAt }] = await Promise.all([this.identity(), recorder.events(lab), recorder.consent(lab), printer.isThere(), grading.progress(loaded)]);
    const { events, started, commands } = readAttempt(raw);
    return { identity, events: events.length, ...(started ? { startedAt: started.at } : {}), ...(exportedAt === undefined ? {} : { exportedAt }), consent, commands: commands.length, canPrint };
  }

  /**
   * Makes a report; unless it is a preview, that is the last event of its chain, and who it was made for is remembered.
   * Throws `input.unknown-lab`, `report.nothing-recorded`, `report.no-printer`, `report.print-failed`.
   */
  async make(lab: string, format: ReportFormat, given: ReportIdentity, options: { readonly language?: Language; readonly isPreview?: boolean } = {}): Promise<MadeReport> {
    const { registry, recorder, terminals, grading, settings, printer } = this.#parts;
    const identity = identitySchema.parse(given);
    const loaded = await registry.get(lab);
    const language = options.language ?? (await settings.get()).language ?? "fr";
    terminals.settle(lab);
    if ((await recorder.events(lab)).length === 0) {
      throw new RempartError("report.nothing-recorded", `Nothing was recorded of lab ${lab} yet.`, { kind: "input", next: `Start it and work in it: rempart up ${lab}.` });
    }
    if (options.isPreview === true) {
      const report = await this.#collect(loaded, identity, language);
      return { name: `${lab}.html`, mediaType: mediaTypes.html, content: Buffer.from(renderHtml(reportDocument(report, loaded.lab))) };
    }
    // Told first, so that the report ends with who it was made for; where there is nothing that prints, nothing was exported.
    if (format === "pdf" && !(await printer.isThere())) await printer.print("");
    recorder.tell(lab, { type: "report.exported", format, identity });
    const report = await this.#collect(loaded, identity, language);
    const content = await this.#write(report, loaded, format);
    await writeJsonFile(this.#identityFile, { ...identity, date: "" });
    await grading.exported(loaded, report.exportedAt);
    return { name: nameOf(report, format), mediaType: mediaTypes[format], content };
  }

  async #write(report: Report, loaded: LoadedLab, format: ReportFormat): Promise<Uint8Array> {
    if (format === "json") return Buffer.from(`${JSON.stringify(report, null, 1)}\n`);
    const document = reportDocument(report, loaded.lab);
    if (format === "md") return Buffer.from(renderMarkdown(document));
    if (format === "html") return Buffer.from(renderHtml(document, report));
    return this.#parts.printer.print(renderHtml(document)).catch((error: unknown) => {
      throw error instanceof RempartError ? error : printFailed(error);
    });
  }

  async #collect(loaded: LoadedLab, identity: ReportIdentity, language: Language): Promise<Report> {
    const { paths, registry, recorder, grading } = this.#parts;
    const { lab } = loaded;
    const folder = join(paths.labs, lab.id);
    const scrub = makeScrub(personalOf(paths.labs));
    const [events, tables, labs, rempart, network, files] = await Promise.all([
      recorder.events(lab.id),
      registry.list().then((all) => filledTables(loaded, all, grading)),
      digestOfLab(loaded.folder),
      versionOf(paths.applicationRoot),
      readFile(join(folder, "network.yml"), "utf8").catch(() => loaded.startNetwork),
      studentFiles(folder),
    ]);
    const attempt = readAttempt(events);
    const report = {
      format: "rempart-report" as const,
      version: 1 as const,
      identity,
      lab: { id: lab.id, title: lab.title, digest: attempt.started?.lab.digest ?? labs },
      attempt: attempt.started?.attempt ?? "",
      rempart,
      language,
      exportedAt: new Date().toISOString(),
      events,
      network: scrub.paths(network),
      files: Object.fromEntries(Object.entries(files).map(([name, text]) => [name, scrub.paths(text)])),
      tables,
      pictures: await this.#pictures(loaded, [...attempt.checks.values()].flatMap(({ id, last }) => (last.picture === undefined ? [] : [{ id, digest: last.picture.digest }]))),
    };
    return { ...report, seal: sealOf(report) };
  }

  /** The pictures that checks last took, by their digest; one that was taken since is another. */
  async #pictures(loaded: LoadedLab, wanted: readonly { readonly id: string; readonly digest: string }[]): Promise<Record<string, string>> {
    const found = await Promise.all(wanted.map(async ({ id, digest }) => {
      const picture = await this.#parts.grading.picture(loaded, id).catch(() => undefined);
      return picture?.digest === digest ? [[digest, Buffer.from(picture.png).toString("base64")] as const] : [];
    }));
    return Object.fromEntries(found.flat());
  }
}

async function studentFiles(folder: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const { name } of entries.filter((entry) => entry.isFile() && !entry.name.startsWith(".") && !ours.has(entry.name) && textEndings.has(extname(entry.name))).sort((one, other) => one.name.localeCompare(other.name)).slice(0, mostFiles)) {
    if ((await stat(join(folder, name))).size > largestFile) continue;
    const text = await readFile(join(folder, name), "utf8");
    if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) files[name] = text;
  }
  return files;
}

/** `report-06-vpc-build-ada-lovelace.html`; without a student's name, the day. */
function nameOf(report: Report, format: ReportFormat): string {
  const student = report.identity.student.normalize("NFD").replace(/[^A-Za-z0-9]+/g, "-").replace(/^-+|-+$/g, "").toLowerCase().slice(0, 60);
  return `${report.language === "fr" ? "compte-rendu" : "report"}-${report.lab.id}-${student === "" ? report.exportedAt.slice(0, 10) : student}.${format}`;
}

/** Keeps made reports for a window to fetch in parts. */
export class MadeReports {
  readonly #kept = new Map<string, MadeReport>();

  /** Returns the id by which it can be read, until a few others were kept. */
  keep(report: MadeReport): string {
    const id = randomUUID();
    this.#kept.set(id, report);
    for (const old of [...this.#kept.keys()].slice(0, -6)) this.#kept.delete(old);
    return id;
  }

  /** Throws `report.gone`. */
  get(id: string): MadeReport {
    const found = this.#kept.get(id);
    if (!found) throw new RempartError("report.gone", "This report is no longer kept.", { kind: "input", next: "Make it again." });
    return found;
  }
}
