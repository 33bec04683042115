import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { DockerEngine } from "./dockerEngine.ts";
import { answers, type DaemonPaths, dockerdArguments, findProgram, hasPrivateDaemon, startPrivateDaemon, stopPrivateDaemon } from "./localDaemon.ts";

const folder = mkdtempSync("/var/tmp/rempart-daemon-test-");
const paths: DaemonPaths = { state: join(folder, "state"), run: join(folder, "run"), socket: join(folder, "run", "docker.sock") };

/** The host's network as far as a container engine usually changes it. */
function hostNetwork(): string {
  const read = (program: string, ...args: string[]): string => execFileSync(program, args, { encoding: "utf8" });
  return [read("ip", "-brief", "link"), read("ip", "route"), read("nft", "list", "ruleset"), read("sysctl", "net.ipv4.ip_forward")].join("\n");
}

describe.runIf(process.getuid?.() === 0 && findProgram("dockerd") !== undefined)("the private daemon", () => {
  afterAll(async () => {
    await stopPrivateDaemon(paths);
    rmSync(folder, { recursive: true, force: true });
  });

  test("starts once for two callers, leaves the host's network alone, stops, starts again with its state", async () => {
    const before = hostNetwork();
    expect(hasPrivateDaemon(paths)).toBe(false);
    await Promise.all([startPrivateDaemon(paths, () => undefined), startPrivateDaemon(paths, () => undefined)]);
    expect(hasPrivateDaemon(paths)).toBe(true);
    const daemons = execFileSync("ps", ["-eo", "args"], { encoding: "utf8" })
      .split("\n")
      .filter((line) => line.includes(paths.run));
    expect(daemons.map((line) => (line.split(" ")[0] ?? "").replace(/.*\//, "")).sort()).toEqual(["containerd", "dockerd"]);

    const engine = new DockerEngine({ address: `unix://${paths.socket}`, source: "Rempart", explicit: false });
    const tar = execFileSync("tar", ["-c", "-C", "/etc", "hostname"]);
    const { Readable } = await import("node:stream");
    await engine.importImage(Readable.from([tar]), "rempart/kept:1");
    expect(hostNetwork()).toBe(before);

    await stopPrivateDaemon(paths);
    expect(await answers(paths.socket)).toBe(false);
    await startPrivateDaemon(paths, () => undefined);
    expect(await engine.imageExists("rempart/kept:1")).toBe(true);
  });

  test("a daemon that cannot start says why", async () => {
    // The path of a socket has a limit of about a hundred characters.
    const run = join(folder, "x".repeat(120));
    const broken: DaemonPaths = { state: join(folder, "broken"), run, socket: join(run, "docker.sock") };
    await expect(startPrivateDaemon(broken, () => undefined)).rejects.toMatchObject({ code: "machine.engine-start-failed" });
  });
});

test("the daemon's settings keep it off the host's network", () => {
  const settings = dockerdArguments(paths, "/run/x.sock").join(" ");
  for (const setting of ["--bridge none", "--iptables=false", "--ip-forward=false", "--live-restore"]) expect(settings).toContain(setting);
});
