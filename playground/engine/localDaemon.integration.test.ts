import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, describe, expect, test } from "vitest";
import { DockerEngine } from "./dockerEngine.ts";
import { answers, type DaemonPaths, dockerdArguments, findProgram, hasPrivateDaemon, renewPrivateDaemon, startPrivateDaemon, stopPrivateDaemon } from "./localDaemon.ts";

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
    // A daemon that left containers running keeps its folder mounted on itself.
    spawnSync("umount", ["--lazy", join(paths.state, "docker")]);
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
    await engine.importImage(Readable.from([tar]), "rempart/kept:1");
    expect(hostNetwork()).toBe(before);

    await stopPrivateDaemon(paths);
    expect(await answers(paths.socket)).toBe(false);
    await startPrivateDaemon(paths, () => undefined);
    expect(await engine.imageExists("rempart/kept:1")).toBe(true);
  });

  test("one that an earlier version started is replaced, and its containers live on; one that is as wanted is left alone", async () => {
    await startPrivateDaemon(paths, () => undefined);
    const engine = new DockerEngine({ address: `unix://${paths.socket}`, source: "Rempart", explicit: false });
    const sleep = findProgram("sleep") ?? "sleep";
    const libraries = [...execFileSync("ldd", [sleep], { encoding: "utf8" }).matchAll(/(\/\S+) \(/g)].flatMap(([, path]) => path ?? []);
    // The program and what it needs, each under the path by which it is looked for.
    const files = execFileSync("tar", ["--create", "--dereference", "--absolute-names", "--transform", `s|^${sleep}$|/sleep|`, sleep, ...libraries], { maxBuffer: 1e8 });
    await engine.importImage(Readable.from([files]), "rempart/sleep:1");
    const container = await engine.createContainer({ name: "sleeper", image: "rempart/sleep:1", labels: {}, command: ["/sleep", "600"], network: "none" });
    await engine.startContainer(container);
    const before = await engine.inspectContainer(container);
    expect(before?.state).toBe("running");
    const daemon = (): string => readFileSync(join(paths.run, "docker.pid"), "utf8");
    const first = daemon();
    await renewPrivateDaemon(paths, () => undefined);
    expect(daemon()).toBe(first);
    writeFileSync(join(paths.run, "dockerd.arguments"), "--of-an-earlier-version");
    await renewPrivateDaemon(paths, () => undefined);
    expect(daemon()).not.toBe(first);
    const after = await engine.inspectContainer(container);
    expect([after?.state, after?.pid, after?.startedAt]).toEqual(["running", before?.pid, before?.startedAt]);
    await engine.removeContainer(container);
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
  for (const setting of ["--bridge none", "--iptables=false", "--ip-forward=false", "--ip-masq=false", "--live-restore"]) expect(settings).toContain(setting);
  expect(settings).not.toContain("--default-runtime");
  expect(dockerdArguments(paths, "/run/x.sock", ["CAP_SYS_RESOURCE"]).join(" ")).toContain("--default-runtime rempart");
});
