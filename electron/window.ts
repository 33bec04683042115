import { BrowserWindow, protocol, screen, session, shell } from "electron";
import { contentSecurityPolicy } from "../playground/rpc/httpHeaders.ts";
import { readStaticFile } from "../playground/rpc/staticFiles.ts";
import { windowOrigin, windowScheme } from "./ipcChannels.ts";
import { isOwnAddress } from "./senderCheck.ts";
import { fitToScreens, readWindowState, writeWindowState } from "./windowState.ts";

/** Must be called before the application is ready: our pages have an origin of their own, and no access to files. */
export function registerWindowScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: windowScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
}

/** Serves the built window, and nothing else, under {@link windowOrigin}; refuses every permission a page may ask for. */
export function prepareSession(rendererFolder: string): void {
  const own = session.defaultSession;
  own.protocol.handle(windowScheme, async (request) => {
    const file = isOwnAddress(request.url) && request.method === "GET" ? await readStaticFile(rendererFolder, new URL(request.url).pathname) : undefined;
    const headers = { "content-security-policy": contentSecurityPolicy([]), "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" };
    if (!file) return new Response("Not found", { status: 404, headers });
    return new Response(new Uint8Array(file.body), { headers: { ...headers, "content-type": file.contentType, "cache-control": "no-store" } });
  });
  // Copying from and pasting into a terminal are the two things that a page may do beyond showing itself.
  const allowed = (permission: string, origin: string): boolean => isOwnAddress(origin) && (permission === "clipboard-sanitized-write" || permission === "clipboard-read");
  own.setPermissionRequestHandler((contents, permission, decide) => decide(allowed(permission, contents.getURL())));
  own.setPermissionCheckHandler((_contents, permission, origin) => allowed(permission, origin));
  own.setDevicePermissionHandler(() => false);
  // Offline by construction: the window loads its own files and nothing else.
  own.webRequest.onBeforeRequest((details, decide) => {
    const own = isOwnAddress(details.url) || details.url.startsWith("devtools:") || details.url.startsWith(`blob:${windowOrigin}`) || details.url.startsWith("data:image/");
    decide({ cancel: !own });
  });
}

/** Opens the window where it last stood. It has no way out but the preload's two functions. */
export function openWindow(options: { preload: string; stateFile: string; icon: string; hash: string }): BrowserWindow {
  const state = fitToScreens(readWindowState(options.stateFile), screen.getAllDisplays().map((display) => display.workArea));
  const { maximized, ...bounds } = state;
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 800,
    minHeight: 560,
    show: false,
    title: "Rempart",
    icon: options.icon,
    autoHideMenuBar: true,
    webPreferences: { preload: options.preload, sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, webviewTag: false, spellcheck: false, navigateOnDragDrop: false },
  });
  const { webContents } = window;
  webContents.setWindowOpenHandler(({ url }) => {
    // A link in a guide or a terminal opens in the user's browser, and only when it is a web page.
    if (/^https?:\/\//.test(url)) void shell.openExternal(url);
    return { action: "deny" };
  });
  webContents.on("will-navigate", (event) => {
    if (!isOwnAddress(event.url)) event.preventDefault();
  });
  webContents.on("will-redirect", (event) => event.preventDefault());
  webContents.on("will-attach-webview", (event) => event.preventDefault());
  window.once("ready-to-show", () => {
    if (maximized) window.maximize();
    window.show();
  });
  window.on("close", () => writeWindowState(options.stateFile, { ...window.getNormalBounds(), maximized: window.isMaximized() }));
  void window.loadURL(`${windowOrigin}/index.html${options.hash}`);
  return window;
}
