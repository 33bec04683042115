import type Docker from "dockerode";

const parallelReads = 8;

/** Resident bytes of each running container; one that stopped meanwhile is left out. */
export async function residentBytes(docker: Docker, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const result = new Map<string, number>();
  const queue = [...ids];
  const worker = async (): Promise<void> => {
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      try {
        // One shot: without it the engine waits a second for a second sample, to compute a CPU percentage nobody asked for.
        const stats: unknown = await docker.getContainer(id).stats({ stream: false, "one-shot": true });
        const bytes = residentBytesOf(stats);
        if (bytes !== undefined) result.set(id, bytes);
      } catch {
        // Stopped or removed between the list and the read.
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallelReads, ids.length) }, worker));
  return result;
}

/** The resident part of the engine's memory figures: `rss` on cgroup v1, `anon` on v2, else usage without file cache. */
export function residentBytesOf(stats: unknown): number | undefined {
  const memory = field(stats, "memory_stats");
  const details = field(memory, "stats");
  const direct = field(details, "total_rss") ?? field(details, "anon") ?? field(details, "rss");
  if (typeof direct === "number") return direct;
  const usage = field(memory, "usage");
  if (typeof usage !== "number") return undefined;
  const cache = field(details, "inactive_file") ?? field(details, "total_inactive_file");
  return typeof cache === "number" ? Math.max(0, usage - cache) : usage;
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
