import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { maximumFrameLength } from "../contract/frames.ts";
import type { Transport } from "../contract/frames.ts";
import { RempartError } from "../model/errors.ts";
import { securityHeaders } from "./httpHeaders.ts";
import { alreadyUsedPage, enterPage, notBuiltPage, notSignedInPage } from "./pages.ts";
import { createServerSocketTransport } from "./serverSocketTransport.ts";
import { Sessions, createSecret, sessionCookieName } from "./sessions.ts";
import { readStaticFile } from "./staticFiles.ts";

export interface WindowServerOptions {
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** Folder of the built window (out/renderer). */
  readonly staticFolder: string;
  /** Called for each window or command line that was let in. */
  onConnection(transport: Transport): void;
  /** What `GET /health` answers, to the bearer alone. */
  readonly identity?: Readonly<Record<string, string | number>>;
}

export interface WindowServer {
  readonly port: number;
  /** Secret for command lines of the same user, sent as `Authorization: Bearer …`. */
  readonly bearer: string;
  /** A URL that opens the window once, at a lab if one is given. */
  createWindowUrl(lab?: string): string;
  close(): Promise<void>;
}

const maximumConnections = 64;

/**
 * Serves the window and the contract on 127.0.0.1. Every request must name this server as its Host (a page of elsewhere that
 * resolves its name to 127.0.0.1 is refused), every WebSocket of a browser must come from this origin, and everything needs
 * a session or the bearer token. Throws `machine.port-in-use`.
 */
export async function startWindowServer(options: WindowServerOptions): Promise<WindowServer> {
  const bearer = createSecret();
  const sessions = new Sessions(bearer);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maximumFrameLength, perMessageDeflate: false, clientTracking: true });
  const server = createServer({ maxHeaderSize: 16_384, requestTimeout: 15_000, headersTimeout: 10_000 });
  const port = await listen(server, options.port ?? 0);
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const createWindowUrl = (lab?: string): string => `http://127.0.0.1:${port}/?token=${sessions.issueToken()}${lab === undefined ? "" : `&lab=${encodeURIComponent(lab)}`}`;
  const headers = securityHeaders(port);

  const answer = (response: ServerResponse, status: number, body: string | Buffer, more: Record<string, string> = {}): void => {
    response.writeHead(status, { ...headers, "content-type": "text/plain; charset=utf-8", "cache-control": "no-store", ...more });
    response.end(response.req.method === "HEAD" ? undefined : body);
  };
  const html = { "content-type": "text/html; charset=utf-8" };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!hosts.includes(request.headers.host ?? "")) return answer(response, 421, "Wrong Host.\n");
    const url = new URL(request.url ?? "/", `http://127.0.0.1:${port}`);
    const isBearer = sessions.isBearer(request.headers.authorization);
    if (url.pathname === "/health") {
      return isBearer ? answer(response, 200, JSON.stringify({ ...options.identity, port }), { "content-type": "application/json" }) : answer(response, 401, "Unauthorized.\n");
    }
    if (url.pathname === "/window-url" && request.method === "POST") {
      return isBearer ? answer(response, 200, createWindowUrl(url.searchParams.get("lab") ?? undefined)) : answer(response, 401, "Unauthorized.\n");
    }
    if (request.method !== "GET" && request.method !== "HEAD") return answer(response, 405, "Only GET.\n", { allow: "GET, HEAD" });
    // Browsers ask for it on pages that name no icon, as the one that lets a window in.
    if (url.pathname === "/favicon.ico") return answer(response, 204, "");
    const signedIn = sessions.hasSession(request.headers.cookie, port);
    const token = url.searchParams.get("token");
    if (url.pathname === "/" && token !== null) {
      const session = sessions.redeem(token);
      // A window that is already in may reload the address that it came by.
      if (!signedIn && session === undefined) return answer(response, 403, alreadyUsedPage, html);
      const cookie: Record<string, string> = session === undefined ? {} : { "set-cookie": `${sessionCookieName(port)}=${session}; HttpOnly; SameSite=Strict; Path=/` };
      return answer(response, 200, enterPage(url.searchParams.get("lab")), { ...html, ...cookie });
    }
    if (!signedIn && !isBearer) return answer(response, 401, notSignedInPage, html);
    const file = await readStaticFile(options.staticFolder, url.pathname);
    if (file) return answer(response, 200, file.body, { "content-type": file.contentType, "cache-control": file.cacheControl });
    if (url.pathname === "/") return answer(response, 503, notBuiltPage, html);
    return answer(response, 404, "Not found.\n");
  };

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const refusal = refuseUpgrade(request, { hosts, sessions, port, connections: sockets.clients.size });
    if (refusal !== undefined) {
      socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => options.onConnection(createServerSocketTransport(webSocket)));
  };

  server.on("request", (request, response) => {
    handle(request, response).catch(() => {
      if (!response.headersSent) answer(response, 500, "Internal error.\n");
      else response.destroy();
    });
  });
  server.on("upgrade", upgrade);
  return { port, bearer, createWindowUrl, close: () => close(server, sockets) };
}

/** Why a WebSocket is refused, as an HTTP status; undefined when it is let in. */
function refuseUpgrade(request: IncomingMessage, server: { hosts: readonly string[]; sessions: Sessions; port: number; connections: number }): string | undefined {
  if (!server.hosts.includes(request.headers.host ?? "")) return "421 Misdirected Request";
  if (new URL(request.url ?? "/", "http://127.0.0.1").pathname !== "/rpc") return "404 Not Found";
  const { origin } = request.headers;
  if (origin !== undefined && origin !== `http://${request.headers.host}`) return "403 Forbidden";
  // A browser always tells its origin; a session without one is not a browser.
  const hasSession = origin !== undefined && server.sessions.hasSession(request.headers.cookie, server.port);
  if (!hasSession && !server.sessions.isBearer(request.headers.authorization)) return "401 Unauthorized";
  if (server.connections >= maximumConnections) return "503 Service Unavailable";
  return undefined;
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = error.code === "EADDRINUSE";
      reject(new RempartError(taken ? "machine.port-in-use" : "machine.cannot-listen", taken ? `Port ${port} of this machine is taken.` : error.message, { kind: "machine", next: "Choose another with --port, or leave --port out.", cause: error }));
    });
    server.listen(port, "127.0.0.1", resolve);
  });
  return (server.address() as AddressInfo).port;
}

async function close(server: Server, sockets: WebSocketServer): Promise<void> {
  for (const socket of sockets.clients) socket.terminate();
  sockets.close();
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
