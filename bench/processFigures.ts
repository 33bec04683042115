import { readFile } from "node:fs/promises";

/** Clock ticks in a second: USER_HZ, which is 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;

/** Resident bytes of a process (Linux). */
export async function residentBytes(processId: number): Promise<number> {
  const status = await readFile(`/proc/${processId}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}

/** Seconds of processor time that a process has used, in user and kernel mode (Linux). */
export async function processorSeconds(processId: number): Promise<number> {
  const text = await readFile(`/proc/${processId}/stat`, "utf8");
  // The name, in parentheses, may hold spaces: fields are counted after it (proc(5): utime is the 14th, stime the 15th).
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Bytes of this machine's memory that are to be had without swapping (Linux). */
export async function availableBytes(): Promise<number> {
  const text = await readFile("/proc/meminfo", "utf8");
  return Number(/^MemAvailable:\s+(\d+) kB$/m.exec(text)?.[1]) * 1024;
}
