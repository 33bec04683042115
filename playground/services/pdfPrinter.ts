import { execFile } from "node:child_process";
import { access, constants, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { RempartError } from "../model/errors.ts";

/** Makes a PDF of an HTML page that needs nothing else. */
export interface PdfPrinter {
  /** Whether there is what it takes. */
  isThere(): Promise<boolean>;
  /** Throws `report.no-printer`, `report.print-failed`. */
  print(html: string): Promise<Uint8Array>;
}

const run = promisify(execFile);
const limitMilliseconds = 60_000;
const largestPdf = 100_000_000;

/** Commands of Chromium and its relatives, the likeliest first. */
const commands = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge", "brave-browser", "brave"];
const applications: readonly string[] =
  process.platform === "darwin"
    ? ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge", "/Applications/Brave Browser.app/Contents/MacOS/Brave Browser"]
    : process.platform === "win32"
      ? ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"].flatMap((variable) => {
          const folder = process.env[variable];
          return folder === undefined ? [] : [join(folder, "Google", "Chrome", "Application", "chrome.exe"), join(folder, "Microsoft", "Edge", "Application", "msedge.exe")];
        })
      : [];

/** The browser that prints: the one that REMPART_CHROMIUM names, else the first that is installed. */
export async function findChromium(environment: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
  const named = environment["REMPART_CHROMIUM"];
  const folders = (environment["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const candidates = named === undefined ? [...applications, ...commands.flatMap((command) => folders.map((folder) => join(folder, process.platform === "win32" ? `${command}.exe` : command)))] : [named];
  for (const path of candidates) if (await access(path, constants.X_OK).then(() => true, () => false)) return path;
  return undefined;
}

/** Prints with a Chromium of this computer, without a window and without a network. */
export const chromiumPrinter: PdfPrinter = {
  isThere: async () => (await findChromium()) !== undefined,
  async print(html) {
    const chromium = await findChromium();
    if (chromium === undefined) {
      throw new RempartError("report.no-printer", "There is no Chromium, Chrome or Edge on this computer that could make a PDF.", {
        kind: "machine",
        kept: "What was recorded.",
        next: "Export HTML, open it in any browser and print it as PDF; or install Chromium, or name one in REMPART_CHROMIUM.",
      });
    }
    const folder = await mkdtemp(join(tmpdir(), "rempart-report-"));
    try {
      const page = join(folder, "report.html");
      const pdf = join(folder, "report.pdf");
      await writeFile(page, html, { mode: 0o600 });
      await run(chromium, [
        "--headless", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions", "--no-first-run", "--no-default-browser-check",
        // Nothing is looked up: the page holds all that it shows.
        "--host-resolver-rules=MAP * ~NOTFOUND", `--user-data-dir=${join(folder, "profile")}`, "--no-pdf-header-footer", `--print-to-pdf=${pdf}`,
        // Chromium's own sandbox refuses the administrator; the page has no scripts.
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        pathToFileURL(page).href,
      ], { timeout: limitMilliseconds, maxBuffer: 10_000_000 }).catch((error: unknown) => {
        throw printFailed(error);
      });
      const bytes = await readFile(pdf).catch((error: unknown) => {
        throw printFailed(error);
      });
      if (bytes.length > largestPdf || !bytes.subarray(0, 5).equals(Buffer.from("%PDF-"))) throw printFailed(undefined);
      return bytes;
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  },
};

/** The error of a browser that did not make a PDF. */
export function printFailed(cause: unknown): RempartError {
  return new RempartError("report.print-failed", "The browser of this computer did not make a PDF of the report.", { kind: "machine", kept: "What was recorded.", next: "Export HTML, open it in a browser and print it as PDF.", cause });
}
