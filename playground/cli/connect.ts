import { existsSync } from "node:fs";
import { join } from "node:path";
import { WebSocket } from "ws";
import { createClient } from "../contract/client.ts";
import { createWebSocketTransport } from "../contract/webSocketTransport.ts";
import { createHost } from "../host.ts";
import { connectInProcess } from "../hostServer.ts";
import { labImageNames } from "../images/catalogue.ts";
import { RempartError } from "../model/errors.ts";
import { findRunningHost } from "../rpc/hostFile.ts";
import type { HostAddress } from "../rpc/hostFile.ts";
import { loadLab } from "../services/labRegistry.ts";
import type { RempartPaths } from "../services/paths.ts";
import type { CaptureAccess, Connection, Discovery } from "./commandLine.ts";

/** Connects to the host that runs, else makes one in this process that ends with the connection. Throws `machine.*` when a needed discovery finds no engine. */
export async function connect(paths: RempartPaths, options: { readonly discover?: Discovery } = {}): Promise<Connection> {
  const address = await findRunningHost(paths.state);
  if (address) return await connectToHost(address);
  const host = await createHost({ paths, live: false });
  try {
    if (options.discover !== undefined) await host.labs.discover();
  } catch (error) {
    if (options.discover === "needed") {
      await host.dispose();
      throw error;
    }
  }
  const client = connectInProcess(host);
  return {
    client,
    isRemote: false,
    async close() {
      client.close();
      await host.dispose();
    },
  };
}

/** Connects to a host that runs. Throws `client.disconnected` when it refuses. */
export async function connectToHost(address: HostAddress): Promise<Connection> {
  const socket = new WebSocket(`ws://127.0.0.1:${address.port}/rpc`, { headers: { authorization: `Bearer ${address.bearer}` }, perMessageDeflate: false });
  const client = createClient(createWebSocketTransport(socket));
  await new Promise<void>((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", (error) => reject(new RempartError("client.disconnected", `Rempart runs (process ${address.processId}), but does not let this command in.`, { cause: error, next: "Restart it." })));
  });
  return {
    client,
    isRemote: true,
    close() {
      client.close();
      return Promise.resolve();
    },
  };
}

/** Captures need to know the lab's network namespaces: a host in this process reads them from the lab that runs. */
export async function openCapture(paths: RempartPaths): Promise<CaptureAccess> {
  const host = await createHost({ paths, live: false });
  return {
    open: (lab, node, interfaceName) => host.streams.capture(lab, node, interfaceName),
    close: () => host.dispose(),
  };
}

/** Refuses with `lab.no-terminal` where the lab gives the student no terminal. A folder of the user's own is theirs. */
export async function refuseWithoutTerminal(paths: RempartPaths, labId: string, node: string): Promise<void> {
  const folder = join(paths.labAssets, labId);
  if (!/^[a-z0-9][a-z0-9-]*$/.test(labId) || !existsSync(folder)) return;
  const { lab } = await loadLab(folder, true, labImageNames);
  const allowed = !lab.no_terminal.includes(node) && (lab.internet?.hosts[node]?.terminal ?? true) && (lab.machines[node]?.terminal ?? true);
  if (!allowed) {
    throw new RempartError("lab.no-terminal", `This lab gives no terminal in ${node}.`, { kind: "input", next: "Reach it over the network, from a machine that you have a terminal in." });
  }
}
