import { join } from "node:path";
import packageJson from "../package.json" with { type: "json" };
import { createMemoryTransportPair } from "./contract/memoryTransport.ts";
import { createClient } from "./contract/client.ts";
import type { RempartClient } from "./contract/contract.ts";
import type { Host } from "./host.ts";
import { removeHostFile, writeHostFile } from "./rpc/hostFile.ts";
import { startWindowServer } from "./rpc/webSocketServer.ts";

export interface HostServerOptions {
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** Folder of the built window; by default the checkout's. */
  readonly staticFolder?: string;
}

/** A host that other processes of this user can reach: windows in browsers and command lines. */
export interface HostServer {
  readonly port: number;
  /** A URL that opens the window once. */
  createWindowUrl(lab?: string): string;
  close(): Promise<void>;
}

/** Serves a host on loopback and tells command lines of the same user where. Throws `machine.port-in-use`. */
export async function startHostServer(host: Host, options: HostServerOptions = {}): Promise<HostServer> {
  const { version } = packageJson;
  const server = await startWindowServer({
    ...(options.port === undefined ? {} : { port: options.port }),
    staticFolder: options.staticFolder ?? join(host.paths.applicationRoot, "out", "renderer"),
    identity: { name: "rempart", version, processId: process.pid },
    onConnection: (transport) => host.serve(transport),
  });
  await writeHostFile(host.paths.state, { port: server.port, bearer: server.bearer, processId: process.pid, version });
  return {
    port: server.port,
    createWindowUrl: (lab) => server.createWindowUrl(lab),
    async close() {
      await removeHostFile(host.paths.state);
      await server.close();
    },
  };
}

/** A client of a host in the same process. */
export function connectInProcess(host: Host): RempartClient {
  const [window, engine] = createMemoryTransportPair();
  host.serve(engine);
  return createClient(window);
}
