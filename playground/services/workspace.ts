import { createHash } from "node:crypto";
import { mkdir, open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { RempartError } from "../model/errors.ts";
import type { LoadedLab } from "./labRuntime.ts";

const lockAttempts = 20;
const lockPauseMilliseconds = 20;
const guardMaximumAgeMilliseconds = 2_000;

/** The student's folder of one lab: what they write and what is made for them. */
export class Workspace {
  readonly folder: string;

  constructor(labsFolder: string, labId: string) {
    this.folder = join(labsFolder, labId);
  }

  get networkFile(): string {
    return join(this.folder, "network.yml");
  }

  /** Makes the folder, with the lab's start state as `network.yml` where there is none yet. */
  async prepare(loaded: LoadedLab): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await writeFile(this.networkFile, loaded.startNetwork, { flag: "wx" }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  }

  async readNetwork(): Promise<{ text: string; revision: string }> {
    const text = await readFile(this.networkFile, "utf8");
    return { text, revision: revisionOf(text) };
  }

  /** Writes the file whole or not at all. Throws `input.changed-on-disk` when it is no longer the revision named. */
  async writeNetwork(text: string, revision?: string): Promise<string> {
    const current = await this.readNetwork();
    if (revision !== undefined && current.revision !== revision) {
      throw new RempartError("input.changed-on-disk", "network.yml was changed by another program meanwhile", {
        kind: "input",
        kept: "the file as it is on disk, and your text in the editor",
        next: "take the file from disk, or save again to overwrite it",
      });
    }
    await writeAtomically(this.networkFile, text);
    return revisionOf(text);
  }

  async write(name: string, text: string, mode = 0o644): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await writeAtomically(join(this.folder, name), text, mode);
  }

  /** Undefined when there is no such file. */
  async read(name: string): Promise<string | undefined> {
    return readFile(join(this.folder, name), "utf8").catch(() => undefined);
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.folder, name), { force: true });
  }

  async forget(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  /**
   * Makes sure that one process at a time changes the lab. Throws `lab.busy` when another one is at it; a lock left by a
   * process that died is taken over, which `onInterrupted` is told: the engine may still be at that process's last requests.
   */
  async lock(what: string, onInterrupted: () => void = () => undefined): Promise<() => Promise<void>> {
    await mkdir(this.folder, { recursive: true });
    const path = join(this.folder, ".lock");
    let interrupted = false;
    for (let attempt = 0; attempt < lockAttempts; attempt++) {
      const handle = await open(path, "wx").catch((error: NodeJS.ErrnoException) => {
        if (error.code !== "EEXIST") throw error;
        return undefined;
      });
      if (handle) {
        await handle.writeFile(`${process.pid} ${what}`);
        await handle.close();
        if (interrupted) onInterrupted();
        return () => rm(path, { force: true });
      }
      const text = await readFile(path, "utf8").catch(() => "");
      const [pid = "", ...words] = text.split(" ");
      if (isAlive(Number(pid))) throw busy(words.join(" "), pid);
      // An empty lock is most likely one whose owner is just about to write its number: it is given time to.
      if (text === "" && attempt < lockAttempts / 2) await new Promise((resolve) => setTimeout(resolve, lockPauseMilliseconds));
      else {
        await takeAway(path, text);
        interrupted = true;
      }
    }
    throw busy(what, "?");
  }
}

/** Removes a stale lock, one process at a time: else the second to come would remove the new lock of the first. */
async function takeAway(path: string, stale: string): Promise<void> {
  const guard = `${path}.takeover`;
  const handle = await open(guard, "wx").catch(() => undefined);
  if (!handle) {
    const age = await stat(guard).then(({ mtimeMs }) => Date.now() - mtimeMs, () => 0);
    if (age > guardMaximumAgeMilliseconds) await rm(guard, { force: true });
    await new Promise((resolve) => setTimeout(resolve, lockPauseMilliseconds));
    return;
  }
  try {
    if ((await readFile(path, "utf8").catch(() => undefined)) === stale) await rm(path, { force: true });
  } finally {
    await handle.close();
    await rm(guard, { force: true });
  }
}

function busy(what: string, pid: string): RempartError {
  return new RempartError("lab.busy", `another Rempart is at work on this lab (${what}, process ${pid})`, {
    kept: "everything; nothing was started twice",
    next: "wait until it is done, then try again",
  });
}

/** Also false for 0 and NaN. */
function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function writeAtomically(path: string, text: string, mode = 0o644): Promise<void> {
  const temporary = `${path}.${process.pid}.new`;
  await writeFile(temporary, text, { mode });
  await rename(temporary, path);
}

/** Changes whenever the text does. */
export function revisionOf(text: string): string {
  return createHash("sha1").update(text).digest("hex").slice(0, 16);
}
