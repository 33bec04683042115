import { createHost } from "../playground/host.ts";
import type { Host } from "../playground/host.ts";
import { connectInProcess, startHostServer } from "../playground/hostServer.ts";
import type { EngineMessage } from "./ipcChannels.ts";
import { PortTransport } from "./portTransport.ts";
import { ShellPrinter } from "./shellPrinter.ts";

/**
 * The engine's process: a host that serves the window over the parent's port, and command lines of the same user over
 * loopback. `--lab LAB` brings that lab up.
 */
const port = process.parentPort;
const post = (message: EngineMessage): void => port.postMessage(message);

async function start(): Promise<void> {
  const printer = new ShellPrinter(post);
  const host = await createHost({ live: true, printer, onInternalError: (error, method) => console.error(method, error) });
  // Without it the window still works; only command lines then start a host of their own.
  const server = await startHostServer(host).catch((error: unknown) => void console.error(error));
  let transport: PortTransport | undefined;
  const abort = new AbortController();

  port.on("message", ({ data }: { data: EngineMessage }) => {
    if (data.kind === "frame") transport?.deliver(data.text);
    else if (data.kind === "printed") printer.printed(data);
    else if (data.kind === "disconnect") transport?.abandon();
    else if (data.kind === "connect") {
      transport?.abandon();
      const opened = new PortTransport(post);
      transport = opened;
      host.serve(opened);
    } else void quit(host, server, abort);
  });
  post({ kind: "ready" });
  await host.prepare(abort.signal);
  await bringUpLab(host);
}

async function bringUpLab(host: Host): Promise<void> {
  const lab = process.argv[process.argv.indexOf("--lab") + 1];
  if (!process.argv.includes("--lab") || lab === undefined) return;
  const client = connectInProcess(host);
  await client.call("labs.up", { lab }).catch((error: unknown) => console.error(error));
  client.close();
}

async function quit(host: Host, server: { close(): Promise<void> } | void, abort: AbortController): Promise<void> {
  abort.abort();
  if (server) await server.close();
  await host.dispose();
  process.exit(0);
}

await start();
