import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";

/** How another process of the same user finds the host that runs. */
const hostAddressSchema = z.object({ port: z.number().int().min(1).max(65535), bearer: z.string().min(20), processId: z.number().int(), version: z.string() });
export type HostAddress = z.infer<typeof hostAddressSchema>;

const pathOf = (stateFolder: string): string => join(stateFolder, "host.json");

/** Tells other processes of this user where the host listens. Only this user may read the file. */
export async function writeHostFile(stateFolder: string, address: HostAddress): Promise<void> {
  const path = pathOf(stateFolder);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomUUID()}.tmp`;
  await writeFile(temporary, JSON.stringify(address), { mode: 0o600 });
  await rename(temporary, path);
}

/** Removes the file if it still speaks of this process. */
export async function removeHostFile(stateFolder: string): Promise<void> {
  const address = await read(stateFolder);
  if (address?.processId === process.pid) await rm(pathOf(stateFolder), { force: true });
}

/**
 * The host that runs, if there is one and it answers to its secret: a file left by a killed process, or another program
 * on its port, is no host.
 */
export async function findRunningHost(stateFolder: string): Promise<HostAddress | undefined> {
  const address = await read(stateFolder);
  if (!address) return undefined;
  try {
    const response = await fetch(`http://127.0.0.1:${address.port}/health`, { headers: { authorization: `Bearer ${address.bearer}` }, signal: AbortSignal.timeout(2000) });
    const health = response.ok ? z.object({ name: z.literal("rempart") }).safeParse(await response.json()) : undefined;
    return health?.success ? address : undefined;
  } catch {
    return undefined;
  }
}

/** Asks a running host for a URL that opens its window once. */
export async function requestWindowUrl(address: HostAddress, lab?: string): Promise<string> {
  const query = lab === undefined ? "" : `?lab=${encodeURIComponent(lab)}`;
  const response = await fetch(`http://127.0.0.1:${address.port}/window-url${query}`, { method: "POST", headers: { authorization: `Bearer ${address.bearer}` } });
  if (!response.ok) throw new Error(`the host answered ${response.status}`);
  return await response.text();
}

async function read(stateFolder: string): Promise<HostAddress | undefined> {
  try {
    const parsed = hostAddressSchema.safeParse(JSON.parse(await readFile(pathOf(stateFolder), "utf8")));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
