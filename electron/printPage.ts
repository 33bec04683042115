import { app, BrowserWindow, session } from "electron";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Prints a page that holds all that it shows, as PDF on A4: in a window that nobody sees, without scripts, in a session of its
 * own that loads that one file and nothing else.
 */
export async function printPage(html: string): Promise<Uint8Array> {
  const folder = await mkdtemp(join(app.getPath("temp"), "rempart-report-"));
  let window: BrowserWindow | undefined;
  try {
    const file = join(folder, "report.html");
    await writeFile(file, html, { mode: 0o600 });
    const url = pathToFileURL(file).href;
    const own = session.fromPartition("rempart-print");
    own.webRequest.onBeforeRequest((details, decide) => decide({ cancel: details.url !== url && !details.url.startsWith("data:image/") }));
    own.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
    window = new BrowserWindow({ show: false, webPreferences: { session: own, sandbox: true, contextIsolation: true, nodeIntegration: false, javascript: false, webviewTag: false } });
    window.webContents.setWindowOpenHandler(() => ({ action: "deny" }));
    await window.loadURL(url);
    return await window.webContents.printToPDF({ printBackground: true, preferCSSPageSize: true });
  } finally {
    window?.destroy();
    await rm(folder, { recursive: true, force: true });
  }
}
