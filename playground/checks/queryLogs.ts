import { formatAddress } from "../model/ip.ts";
import type { LabRuntime } from "../services/labRuntime.ts";
import { type LoggedQuery, parseQueryLog } from "./dig.ts";
import { execInNode } from "./execInNode.ts";

const logFile = "/var/log/named/query.log";

/** One name server of the lab, and what the resolver has asked it since the ear was put to it. */
export interface ServerEar {
  readonly node: string;
  readonly address: string;
  heard(): Promise<LoggedQuery[]>;
}

/** Marks the place in the query log of every other name server of the lab, so that only what the resolver asks from now on counts. */
export async function listenToServers(runtime: LabRuntime, resolver: string, seconds: number): Promise<ServerEar[]> {
  const addressOf = (name: string): string => {
    const address = runtime.cloud().nodes.find((node) => node.name === name)?.interfaces.find((entry) => entry.address)?.address;
    return address ? formatAddress(address) : "";
  };
  const client = addressOf(resolver);
  const servers = runtime.cloud().nodes.filter((node) => node.services.includes("dns") && node.name !== resolver);
  return Promise.all(
    servers.map(async ({ name: node }): Promise<ServerEar> => {
      const size = await execInNode(runtime, node, ["stat", "-c", "%s", logFile], seconds);
      const start = size.exitCode === 0 ? Number(size.stdout.trim()) : 0;
      return {
        node,
        address: addressOf(node),
        async heard() {
          const log = await execInNode(runtime, node, ["tail", "-c", `+${start + 1}`, logFile], seconds);
          return parseQueryLog(log.stdout).filter((query) => query.client === client);
        },
      };
    }),
  );
}
