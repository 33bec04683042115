import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout's folder. Everything in this folder runs before any dependency is there: Node's own modules alone. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const dependencyStamp = join(root, "node_modules", ".rempart-lock");
const buildStamp = join(root, "out", ".rempart-build");
const sources = ["electron", "renderer", "playground"];
const sourceFiles = ["electron.vite.config.ts", "package.json", "package-lock.json", "tsconfig.json"];

/** @param {string} path */
function readIf(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

function lockDigest() {
  return createHash("sha256").update(readFileSync(join(root, "package-lock.json"))).digest("hex");
}

/** Whether node_modules is what package-lock.json asks for. */
export function dependenciesAreCurrent() {
  const stamp = readIf(dependencyStamp);
  if (stamp !== undefined) return stamp === lockDigest();
  // Installed by hand: npm leaves its own copy of the lock file, written after ours.
  const installed = join(root, "node_modules", ".package-lock.json");
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, "package-lock.json")).mtimeMs;
}

export function markDependencies() {
  writeFileSync(dependencyStamp, lockDigest());
}

/** Digest of everything that the build reads. Contents, not times: a checkout of another branch and back changes nothing. */
function sourceDigest() {
  const hash = createHash("sha256");
  for (const file of sourceFiles) hash.update(file).update(readIf(join(root, file)) ?? "");
  for (const folder of sources) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).sort()) {
      if (!/\.(tsx?|css|html|json|svg|png)$/.test(entry) || /\.test\.tsx?$/.test(entry)) continue;
      hash.update(entry).update(readFileSync(join(root, folder, entry)));
    }
  }
  return hash.digest("hex");
}

export function buildIsCurrent() {
  return existsSync(join(root, "out", "main", "cli.js")) && readIf(buildStamp) === sourceDigest();
}

/**
 * Runs `work` when the build is out of date, one process at a time; the stamp is that of the sources before the build.
 * @param {() => Promise<void>} work
 */
export async function rebuilding(work) {
  const lock = join(root, "out", ".rempart-lock");
  mkdirSync(join(root, "out"), { recursive: true });
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      break;
    } catch {
      if (!isAlive(Number(readIf(lock)))) rmSync(lock, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  try {
    if (buildIsCurrent()) return;
    const digest = sourceDigest();
    rmSync(buildStamp, { force: true });
    await work();
    writeFileSync(buildStamp, digest);
  } finally {
    rmSync(lock, { force: true });
  }
}

/** @param {number} pid */
function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
