import { BrowserWindow, Menu, app, ipcMain } from "electron";
import { join } from "node:path";
import { EngineProcess } from "./engineProcess.ts";
import { frameChannel } from "./ipcChannels.ts";
import { isFrame, isOwnWindow } from "./senderCheck.ts";
import { openWindow, prepareSession, registerWindowScheme } from "./window.ts";

const output = join(import.meta.dirname, "..");
const icon = app.isPackaged ? join(process.resourcesPath, "assets", "icons", "icon.png") : join(output, "..", "assets", "icons", "icon.png");

/** The lab of `--lab 06-vpc-build`: brought up, and the window opens at it. */
function labFromArguments(given: readonly string[]): string | undefined {
  const lab = given[given.indexOf("--lab") + 1];
  return given.includes("--lab") && lab !== undefined && /^[a-z0-9][a-z0-9-]{0,60}$/.test(lab) ? lab : undefined;
}

function start(): void {
  let window: BrowserWindow | undefined;
  const lab = labFromArguments(process.argv);
  const engine = new EngineProcess(join(output, "main", "engineHost.js"), lab === undefined ? [] : ["--lab", lab], (frame) => window?.webContents.send(frameChannel, frame));

  const open = (hash: string): void => {
    window = openWindow({ preload: join(output, "preload", "preload.cjs"), stateFile: join(app.getPath("userData"), "window.json"), icon, hash });
    window.webContents.on("did-start-navigation", (details) => {
      if (details.isMainFrame && !details.isSameDocument) engine.reset();
    });
    window.on("closed", () => {
      window = undefined;
      engine.reset();
    });
  };

  ipcMain.on(frameChannel, (event, frame: unknown) => {
    if (event.sender === window?.webContents && isOwnWindow(event) && isFrame(frame)) engine.send(frame);
  });
  app.on("second-instance", () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on("window-all-closed", () => {
    if (process.platform !== "darwin") app.quit();
  });
  app.on("activate", () => {
    if (BrowserWindow.getAllWindows().length === 0) open("");
  });
  let left = false;
  app.on("will-quit", (event) => {
    if (left) return;
    event.preventDefault();
    void engine.quit().finally(() => {
      left = true;
      app.quit();
    });
  });

  void app.whenReady().then(() => {
    // The default menu's shortcuts (close, reload) would take keys from the terminals; macOS needs it for copy and paste.
    if (process.platform !== "darwin") Menu.setApplicationMenu(null);
    prepareSession(join(output, "renderer"));
    engine.start();
    open(lab === undefined ? "" : `#/lab/${lab}`);
  });
}

app.enableSandbox();
registerWindowScheme();
if (app.requestSingleInstanceLock()) start();
else app.quit();
