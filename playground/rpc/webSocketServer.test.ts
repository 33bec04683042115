import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { connect } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { createClient } from "../contract/client.ts";
import { maximumFrameLength } from "../contract/frames.ts";
import { createWebSocketTransport } from "../contract/webSocketTransport.ts";
import { serve } from "./dispatcher.ts";
import { createTestHandlers } from "./testHandlers.ts";
import { startWindowServer } from "./webSocketServer.ts";
import type { WindowServer } from "./webSocketServer.ts";

let folder: string;
let server: WindowServer;
const connected = vi.fn();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rempart-window-"));
  await mkdir(join(folder, "window", "assets"), { recursive: true });
  await writeFile(join(folder, "window", "index.html"), "<!doctype html>the window");
  await writeFile(join(folder, "window", "assets", "main-1a2b.js"), "the script");
  await writeFile(join(folder, "secret.json"), "the secret");
  connected.mockClear();
  server = await startWindowServer({
    staticFolder: join(folder, "window"),
    identity: { name: "rempart" },
    onConnection: (transport) => {
      connected();
      serve(transport, createTestHandlers({ "labs.list": () => Promise.resolve({ labs: [] }) }));
    },
  });
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

function get(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: "127.0.0.1", port: server.port, path, method, headers }, (response) => {
      let body = "";
      response.on("data", (chunk: Buffer) => (body += chunk.toString()));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    request.on("error", reject);
    request.end();
  });
}

/** Signs in as a browser does; returns its Cookie header. */
async function signIn(): Promise<string> {
  const url = new URL(server.createWindowUrl());
  const answer = await get(url.pathname + url.search);
  return (answer.headers["set-cookie"]?.[0] ?? "").split(";")[0] ?? "";
}

/** "open", or the HTTP status of the refusal. */
function tryUpgrade(headers: Record<string, string>, path = "/rpc"): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers });
    socket.on("open", () => {
      socket.terminate();
      resolve("open");
    });
    socket.on("unexpected-response", (_request, response) => resolve(String(response.statusCode)));
    socket.on("error", () => undefined);
  });
}

const ownOrigin = (): string => `http://127.0.0.1:${server.port}`;
const bearer = (): Record<string, string> => ({ authorization: `Bearer ${server.bearer}` });

describe("signing in", () => {
  test("a one-time URL gives a strict session cookie once, and the window is then served", async () => {
    const url = new URL(server.createWindowUrl("06-vpc-build"));
    const first = await get(url.pathname + url.search);
    expect(first.status).toBe(200);
    expect(first.headers["set-cookie"]?.[0]).toMatch(/^rempart_\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/);
    expect(first.body).toContain("url=/#/lab/06-vpc-build");
    expect(first.body).not.toContain(url.searchParams.get("token"));
    const second = await get(url.pathname + url.search);
    expect(second.status).toBe(403);
    expect(second.headers["set-cookie"]).toBeUndefined();
    const cookie = (first.headers["set-cookie"]?.[0] ?? "").split(";")[0] ?? "";
    expect((await get("/", { cookie })).body).toContain("the window");
  });

  test("a lab in the URL cannot smuggle markup into the page", async () => {
    const url = new URL(server.createWindowUrl());
    const answer = await get(`/${url.search}&lab=${encodeURIComponent('"><script>x</script>')}`);
    expect(answer.status).toBe(200);
    expect(answer.body).not.toContain("<script>");
  });

  test.each(["/", "/assets/main-1a2b.js", "/?token=wrong"])("%s is refused without a session", async (path) => {
    const answer = await get(path, { cookie: `rempart_${server.port}=wrong` });
    expect([401, 403]).toContain(answer.status);
    expect(answer.body).not.toMatch(/the window|the script/);
  });

  test("health and new window URLs are for the bearer alone", async () => {
    expect((await get("/health")).status).toBe(401);
    expect((await get("/window-url", {}, "POST")).status).toBe(401);
    expect(JSON.parse((await get("/health", bearer())).body)).toEqual({ name: "rempart", port: server.port });
    const url = new URL((await get("/window-url?lab=x", bearer(), "POST")).body);
    expect((await get(url.pathname + url.search)).status).toBe(200);
  });
});

describe("files", () => {
  test("headers are strict; the page is never stored, digested files are", async () => {
    const cookie = await signIn();
    const page = await get("/", { cookie });
    expect(page.headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(page.headers["content-security-policy"]).toContain("script-src 'self';");
    expect(page.headers["x-content-type-options"]).toBe("nosniff");
    expect(page.headers["cache-control"]).toBe("no-store");
    expect((await get("/assets/main-1a2b.js", { cookie })).headers["cache-control"]).toContain("immutable");
  });

  test.each(["/../secret.json", "/..%2fsecret.json", "/%2e%2e/secret.json", "/assets/..%5c..%5csecret.json", "/assets", "/%00.html", "/%zz.html"])("%s leads nowhere", async (path) => {
    const answer = await get(path, { cookie: await signIn() });
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain("secret\n");
    expect(answer.body).not.toContain("the secret");
  });

  test("an icon that nobody named is no fault", async () => {
    expect((await get("/favicon.ico")).status).toBe(204);
  });

  test("only reading is allowed", async () => {
    expect((await get("/", { cookie: await signIn() }, "PUT")).status).toBe(405);
  });
});

describe("refusals", () => {
  test("a request under another Host is refused, even with everything else right", async () => {
    const cookie = await signIn();
    for (const host of ["evil.example", `evil.example:${server.port}`, "127.0.0.1", "127.0.0.1:1"]) {
      expect((await get("/", { cookie, host })).status).toBe(421);
      expect(await tryUpgrade({ ...bearer(), host })).toBe("421");
    }
  });

  test("a WebSocket is let in with the bearer, or with a session from its own origin", async () => {
    const cookie = await signIn();
    expect(await tryUpgrade(bearer())).toBe("open");
    expect(await tryUpgrade({ cookie, origin: ownOrigin() })).toBe("open");
  });

  test("a WebSocket is refused with a wrong token, another Origin, no Origin for a session, or another path", async () => {
    const cookie = await signIn();
    expect(await tryUpgrade({})).toBe("401");
    expect(await tryUpgrade({ authorization: "Bearer wrong" })).toBe("401");
    expect(await tryUpgrade({ cookie })).toBe("401");
    expect(await tryUpgrade({ cookie, origin: "http://evil.example" })).toBe("403");
    expect(await tryUpgrade({ cookie, origin: "null" })).toBe("403");
    expect(await tryUpgrade({ cookie, origin: `http://localhost:${server.port}` })).toBe("403");
    expect(await tryUpgrade({ ...bearer(), origin: "http://evil.example" })).toBe("403");
    expect(await tryUpgrade(bearer(), "/other")).toBe("404");
    expect(connected).not.toHaveBeenCalled();
  });

  test("a frame above the limit ends the connection with code 1009", async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/rpc`, { headers: bearer() });
    await new Promise((resolve) => socket.on("open", resolve));
    socket.on("error", () => undefined);
    const code = new Promise((resolve) => socket.on("close", resolve));
    socket.send("x".repeat(maximumFrameLength + 1));
    expect(await code).toBe(1009);
  });

  test("a binary frame ends the connection with code 1003", async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/rpc`, { headers: bearer() });
    await new Promise((resolve) => socket.on("open", resolve));
    const code = new Promise((resolve) => socket.on("close", resolve));
    socket.send(Buffer.from([1, 2, 3]));
    expect(await code).toBe(1003);
  });

  test("nothing listens on the machine's other addresses", async () => {
    const outside = Object.values(networkInterfaces()).flat().filter((entry) => entry && !entry.internal && entry.family === "IPv4");
    for (const entry of outside) {
      const code = await new Promise((resolve) => {
        const socket = connect(server.port, entry?.address ?? "", () => resolve("open"));
        socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code));
      });
      expect(code).toBe("ECONNREFUSED");
    }
  });

  test("a port that is taken is an error with code machine.port-in-use", async () => {
    await expect(startWindowServer({ port: server.port, staticFolder: folder, onConnection: () => undefined })).rejects.toMatchObject({ code: "machine.port-in-use", kind: "machine" });
  });
});

test("a client calls over a WebSocket, also before it is open, and learns that the server is gone", async () => {
  const client = createClient(createWebSocketTransport(new WebSocket(`ws://127.0.0.1:${server.port}/rpc`, { headers: bearer() })));
  await expect(client.call("labs.list", {})).resolves.toEqual({ labs: [] });
  const pending = client.call("labs.list", {});
  await server.close();
  await expect(pending).rejects.toMatchObject({ code: "client.disconnected" });
});
