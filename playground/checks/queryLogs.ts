import { formatAddress } from "../model/ip.ts";
import type { LabRuntime } from "../services/labRuntime.ts";
import { type LoggedQuery, parseQueryLog } from "./dig.ts";
import { execInNode, shellInNode } from "./execInNode.ts";

const logFile = "/var/log/named/query.log";

/** Two walks at once would find each other's questions in the logs, and each other's answers in the cache. A lock older than this was left by a process that died. */
const takeLock = "for i in {1..80}; do mkdir /run/rempart/walk 2> /dev/null && exit 0; find /run/rempart/walk -maxdepth 0 ! -newermt '-20 seconds' -exec rmdir {} + 2> /dev/null; sleep 0.1; done; exit 1";

/** Does the work while no other check, of this process or another one, watches what this resolver asks. */
export async function aloneAtResolver<Result>(runtime: LabRuntime, resolver: string, seconds: number, work: () => Promise<Result>): Promise<Result> {
  const taken = await shellInNode(runtime, resolver, takeLock, seconds + 5);
  if (taken.exitCode !== 0) throw new Error("another check holds the resolver");
  try {
    return await work();
  } finally {
    await execInNode(runtime, resolver, ["rmdir", "/run/rempart/walk"], seconds);
  }
}

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
