import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KubernetesApi } from "./kubernetesApi.ts";

let folder = "";
let server: Server;
let api: KubernetesApi;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "rempart-api-"));
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", certificate, "-days", "1", "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"], { stdio: "ignore" });
  server = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (request, response) => {
    if (request.url === "/gone") {
      response.writeHead(410, { "content-type": "application/json" });
      response.end('{"kind":"Status","message":"too old resource version"}');
      return;
    }
    response.writeHead(200);
    response.write('{"type":"ADDED"}\n');
    // A server that dies says nothing more.
    setTimeout(() => request.socket.destroy(), 20);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base64 = (path: string): string => readFileSync(path).toString("base64");
  api = new KubernetesApi(
    JSON.stringify({
      apiVersion: "v1", kind: "Config", "current-context": "kind-main",
      clusters: [{ name: "c", cluster: { server: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, "certificate-authority-data": base64(certificate) } }],
      users: [{ name: "u", user: { "client-certificate-data": base64(certificate), "client-key-data": base64(key) } }],
      contexts: [{ name: "kind-main", context: { cluster: "c", user: "u" } }],
    }),
    "kind-main",
  );
});
afterAll(() => {
  api.close();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("KubernetesApi.stream", () => {
  it("ends when the server dies in the middle, and nothing else does", async () => {
    const lines: string[] = [];
    await api.stream("/watch", (line) => lines.push(line), new AbortController().signal);
    expect(lines).toEqual(['{"type":"ADDED"}']);
  });

  it("ends when whoever follows has seen enough", async () => {
    const enough = new AbortController();
    const lines: string[] = [];
    await api.stream("/watch", (line) => {
      lines.push(line);
      enough.abort();
    }, enough.signal);
    expect(lines).toHaveLength(1);
  });

  it("says the status of a refusal", async () => {
    await expect(api.stream("/gone", () => undefined, new AbortController().signal)).rejects.toMatchObject({ statusCode: 410, message: "too old resource version" });
  });
});
