import { spawn } from "node:child_process";
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { RempartError } from "../model/errors.ts";
import { hostCommand } from "./hostCommand.ts";
import { missingCapabilities, needsWrapper, wrapperScript } from "./runtimeWrapper.ts";

/**
 * A containerd and a dockerd of Rempart's own, for a machine where no engine runs. They share nothing with an engine that
 * may come later: own data, own sockets, no bridge, no packet filter rules, no IP forwarding, so the host's network is as
 * it was. They outlive the terminal; containers outlive them (live restore); after a reboot they are started again.
 */
export interface DaemonPaths {
  /** Survives a reboot: images, containers, logs. */
  readonly state: string;
  /** Sockets and pid files. */
  readonly run: string;
  readonly socket: string;
}

/** Where the private daemon of this user lives. */
export function privateDaemonPaths(environment: Readonly<Record<string, string | undefined>> = process.env): DaemonPaths {
  const root = process.getuid?.() === 0;
  const state = root ? "/var/lib/rempart/engine" : join(environment["XDG_DATA_HOME"] ?? join(environment["HOME"] ?? "/", ".local", "share"), "rempart", "engine");
  const run = root ? "/run/rempart" : join(environment["XDG_RUNTIME_DIR"] ?? state, "rempart");
  return { state, run, socket: join(run, "docker.sock") };
}

/** True when the private daemon was started on this machine before, so that it may be started again without asking. */
export function hasPrivateDaemon(paths: DaemonPaths): boolean {
  return existsSync(join(paths.state, "daemon.json"));
}

const searchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** The path of a program of the system; system folders are looked into even where the user's PATH lacks them. */
export function findProgram(name: string, path = `${process.env["PATH"] ?? ""}:${searchPath}`): string | undefined {
  for (const folder of path.split(":")) if (folder !== "" && existsSync(join(folder, name))) return join(folder, name);
  return undefined;
}

/**
 * Starts the private daemon unless it runs, and waits until it answers. Two callers at once are safe. Throws
 * `machine.engine-absent` when Docker Engine is not installed, `machine.engine-start-failed` with the log's end.
 */
export async function startPrivateDaemon(paths: DaemonPaths, onProgress: (line: string) => void): Promise<void> {
  if (await answers(paths.socket)) return;
  await start(paths, onProgress);
}

/**
 * Has the private daemon run as this version of Rempart wants it: one that was started by an earlier version is replaced. Its containers live
 * on; commands that were running in them for somebody are cut off. Throws as {@link startPrivateDaemon}.
 */
export async function renewPrivateDaemon(paths: DaemonPaths, onProgress: (line: string) => void): Promise<void> {
  if (await answers(paths.socket)) {
    if (readText(join(paths.run, argumentsFile)) === (await wantedArguments(paths)).join("\n")) return;
    onProgress("starting dockerd anew");
    await stopProcess(paths, "docker.pid");
  }
  await start(paths, onProgress);
}

/** What the running dockerd was started with, a word a line: goes with the sockets at a reboot. */
const argumentsFile = "dockerd.arguments";
const containerdSocketOf = (paths: DaemonPaths): string => join(paths.run, "containerd.sock");

async function wantedArguments(paths: DaemonPaths): Promise<string[]> {
  const dockerd = findProgram("dockerd");
  const version = dockerd === undefined ? "" : (await hostCommand(dockerd, ["--version"])).stdout;
  const missing = missingCapabilities(readText("/proc/self/status"), readText("/proc/sys/kernel/cap_last_cap"));
  return dockerdArguments(paths, containerdSocketOf(paths), needsWrapper(version, missing) ? missing : []);
}

async function start(paths: DaemonPaths, onProgress: (line: string) => void): Promise<void> {
  const dockerd = findProgram("dockerd");
  const containerd = findProgram("containerd");
  if (dockerd === undefined || containerd === undefined) {
    throw new RempartError("machine.engine-absent", "Docker Engine is not installed.", { kind: "machine", next: "Run `rempart doctor --fix`, or install Docker." });
  }
  mkdirSync(join(paths.state, "containerd"), { recursive: true, mode: 0o711 });
  mkdirSync(join(paths.state, "docker"), { recursive: true, mode: 0o711 });
  mkdirSync(paths.run, { recursive: true, mode: 0o711 });
  const unlock = await lock(join(paths.run, "start.lock"));
  try {
    if (await answers(paths.socket)) return;
    // A file of ours: the system's /etc/docker/daemon.json is for the system's daemon.
    writeFileSync(join(paths.state, "daemon.json"), "{}\n");
    const containerdSocket = containerdSocketOf(paths);
    if (!(await answers(containerdSocket))) {
      onProgress("starting containerd");
      const started = launch(containerd, ["--config", "/dev/null", "--root", join(paths.state, "containerd"), "--state", join(paths.run, "containerd"), "--address", containerdSocket], {
        log: join(paths.state, "containerd.log"),
        pidFile: join(paths.run, "containerd.pid"),
      });
      await waitFor(containerdSocket, started, "containerd", join(paths.state, "containerd.log"));
    }
    onProgress("starting dockerd");
    // Left by a daemon that was killed: dockerd refuses to start when any process has that number by now.
    rmSync(join(paths.run, "docker.pid"), { force: true });
    const args = await wantedArguments(paths);
    writeWrapper(paths, args);
    const started = launch(dockerd, args, { log: join(paths.state, "dockerd.log") });
    await waitFor(paths.socket, started, "dockerd", join(paths.state, "dockerd.log"));
    writeFileSync(join(paths.run, argumentsFile), args.join("\n"));
  } finally {
    unlock();
  }
}

const wrapperPath = (paths: DaemonPaths): string => join(paths.state, "runc");

/** The runtime in front of runc, where the arguments name it. */
function writeWrapper(paths: DaemonPaths, args: readonly string[]): void {
  if (!args.includes("--default-runtime")) return;
  const missing = missingCapabilities(readText("/proc/self/status"), readText("/proc/sys/kernel/cap_last_cap"));
  writeFileSync(wrapperPath(paths), wrapperScript(findProgram("runc") ?? "runc", missing), { mode: 0o755 });
  chmodSync(wrapperPath(paths), 0o755);
}

/**
 * Arguments that keep dockerd away from the host's network and from any other engine. Nothing translates or filters, so what is in a
 * network of its own reaches this computer and nobody beyond; a port that a cluster publishes is carried by Docker's proxy, on the
 * loopback address that it asks for.
 * @param missing capabilities that this computer lacks and this dockerd would ask runc for
 */
export function dockerdArguments(paths: DaemonPaths, containerdSocket: string, missing: readonly string[] = []): string[] {
  return [
    ...["--config-file", join(paths.state, "daemon.json"), "--containerd", containerdSocket, "--data-root", join(paths.state, "docker")],
    ...["--exec-root", join(paths.run, "docker"), "--pidfile", join(paths.run, "docker.pid"), "--host", `unix://${paths.socket}`],
    ...["--bridge", "none", "--iptables=false", "--ip6tables=false", "--ip-forward=false", "--ip-masq=false", "--userland-proxy=true"],
    ...(missing.length === 0 ? [] : ["--add-runtime", `rempart=${wrapperPath(paths)}`, "--default-runtime", "rempart"]),
    ...["--live-restore", "--log-opt", "max-size=1m"],
  ];
}

/** Stops the private daemon; containers go on running (live restore). */
export async function stopPrivateDaemon(paths: DaemonPaths): Promise<void> {
  for (const name of ["docker.pid", "containerd.pid"]) await stopProcess(paths, name);
}

async function stopProcess(paths: DaemonPaths, pidFile: string): Promise<void> {
  const pid = readPid(join(paths.run, pidFile));
  // The pid may be another process's by now: only one that runs with our folders is ours.
  if (pid === undefined || !commandLine(pid).includes(paths.run)) return;
  process.kill(pid, "SIGTERM");
  for (let attempt = 0; attempt < 300 && commandLine(pid) !== ""; attempt += 1) await delay(100);
}

interface Launched {
  /** True once the program has ended, or could not be started at all. */
  ended: boolean;
}

function launch(program: string, args: readonly string[], files: { log: string; pidFile?: string }): Launched {
  const launched = { ended: false };
  const log = openSync(files.log, "w");
  try {
    const child = spawn(program, [...args], { detached: true, stdio: ["ignore", log, log], cwd: "/", env: { ...process.env, PATH: `${process.env["PATH"] ?? ""}:${searchPath}` } });
    for (const event of ["error", "exit"]) child.on(event, () => (launched.ended = true));
    child.unref();
    if (files.pidFile !== undefined && child.pid !== undefined) writeFileSync(files.pidFile, String(child.pid));
    return launched;
  } finally {
    closeSync(log);
  }
}

async function waitFor(socket: string, launched: Launched, name: string, log: string): Promise<void> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline && !launched.ended; ) {
    if (await answers(socket)) return;
    await delay(100);
  }
  const end = readFileSync(log, "utf8").trim().split("\n").slice(-6).join("\n");
  throw new RempartError("machine.engine-start-failed", `${name} did not start:\n${end}`, { kind: "machine", next: `Read ${log}.` });
}

/** Whether something listens on a Unix socket. */
export function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket);
    connection.once("connect", () => {
      connection.destroy();
      resolve(true);
    });
    connection.once("error", () => resolve(false));
  });
}

async function lock(path: string): Promise<() => void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    try {
      writeFileSync(path, String(process.pid), { flag: "wx" });
      return () => rmSync(path, { force: true });
    } catch {
      const owner = readPid(path);
      if (owner === undefined || commandLine(owner) === "") rmSync(path, { force: true });
      else await delay(100);
    }
  }
  throw new RempartError("machine.engine-start-failed", "Another process has been starting the engine for a minute.", { kind: "machine", next: `Remove ${path} if none does.` });
}

function readPid(path: string): number | undefined {
  const pid = Number(readText(path).trim());
  return Number.isInteger(pid) && pid > 0 ? pid : undefined;
}

/** Command line of a process; empty when there is none. */
const commandLine = (pid: number): string => readText(`/proc/${String(pid)}/cmdline`).replaceAll("\0", " ").trim();

/** Empty when the file cannot be read. */
function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
