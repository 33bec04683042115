import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeEngine } from "../engine/fakeEngine.ts";
import { RempartError } from "../model/errors.ts";
import { buildProgram, containerPlatform } from "./buildProgram.ts";
import { imageReference } from "./catalogue.ts";
import { ensureImages } from "./ensureImage.ts";

let folder: string;
/** What the compiler and the engine did, a line each. */
let log: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rempart-ensure-"));
  log = join(folder, "log");
  writeFileSync(log, "");
  mkdirSync(join(folder, "bin"));
  vi.stubEnv("XDG_CACHE_HOME", join(folder, "cache"));
  vi.stubEnv("PATH", `${join(folder, "bin")}:${process.env["PATH"] ?? ""}`);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const lines = (): string[] => readFileSync(log, "utf8").trim().split("\n");
const note = (line: string): void => writeFileSync(log, `${line}\n`, { flag: "a" });
async function until(condition: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 500 && !condition(); attempt += 1) await delay(10);
  expect(condition()).toBe(true);
}

/** A compiler of the test's own. `build` is run where a program is compiled, with its version in `$version` and its file in `$out`. */
function compiler(build: string): void {
  const script = [
    "#!/bin/sh",
    `log=${log}`,
    'case $1 in env) echo go1.26.8; exit;; list) echo "modules of $(basename "$PWD")" >> $log; echo a; exit;; esac',
    'for word; do case $word in *main.version=*) version=${word##*=};; esac; [ "$last" = -o ] && out=$word; last=$word; done',
    build,
  ];
  writeFileSync(join(folder, "bin", "go"), `${script.join("\n")}\n`);
  chmodSync(join(folder, "bin", "go"), 0o755);
}

/** An engine whose builds last as long as the test wants. */
class SlowEngine extends FakeEngine {
  readonly gate: (reference: string) => Promise<void>;
  constructor(gate: (reference: string) => Promise<void>) {
    super();
    this.gate = gate;
  }
  override async buildImage(...args: Parameters<FakeEngine["buildImage"]>): Promise<void> {
    const [context, { reference }] = args;
    // As a real engine reads it: first, and whole.
    await text(context);
    note(`build of ${reference.split(":")[0] ?? ""}`);
    await this.gate(reference);
    await super.buildImage(...args);
    note(`built ${reference.split(":")[0] ?? ""}`);
  }
}

test("while the engine builds an image, the programs of the next are compiled; the builds themselves go one after the other", async () => {
  compiler('echo "compiled $version" >> $log; echo program > "$out"');
  let built = 0;
  // The first build ends only once the second program is there: it would never end if the one waited for the other.
  const engine = new SlowEngine(async () => {
    built += 1;
    if (built === 1) await until(() => lines().includes("compiled v2"));
  });
  await ensureImages(engine, ["sample-app:v1", "sample-app:v2"], () => undefined);
  expect(lines().filter((line) => !line.startsWith("modules"))).toEqual(["compiled v1", "build of rempart/sample-app-v1", "compiled v2", "built rempart/sample-app-v1", "build of rempart/sample-app-v2", "built rempart/sample-app-v2"]);
  for (const name of ["sample-app:v1", "sample-app:v2"]) expect(await engine.imageExists(imageReference(name))).toBe(true);
});

test("when a build fails the compilation beside it is stopped, and what is told is why the build failed", async () => {
  compiler('[ "$version" = v2 ] && { echo "compiling v2" >> $log; exec sleep 60; }\necho program > "$out"');
  const engine = new SlowEngine(async () => {
    await until(() => lines().includes("compiling v2"));
    throw new RempartError("machine.image-build-failed", "no room", { kind: "machine", next: "make room" });
  });
  const started = Date.now();
  await expect(ensureImages(engine, ["sample-app:v1", "sample-app:v2"], () => undefined)).rejects.toMatchObject({ code: "machine.image-build-failed" });
  expect(Date.now() - started).toBeLessThan(20_000);
});

test("when a compilation fails the image on its way is built to its end first, and kept", async () => {
  compiler('[ "$version" = v2 ] && { echo "undefined: x" >&2; echo "failed v2" >> $log; exit 1; }\necho program > "$out"');
  const engine = new SlowEngine(async () => {
    await until(() => lines().includes("failed v2"));
    await delay(50);
  });
  await expect(ensureImages(engine, ["sample-app:v1", "sample-app:v2"], () => undefined)).rejects.toMatchObject({ code: "machine.program-build-failed" });
  expect(await engine.imageExists(imageReference("sample-app:v1"))).toBe(true);
  expect(await engine.imageExists(imageReference("sample-app:v2"))).toBe(false);
});

test("a cancelled run says so, though a build was on its way", async () => {
  compiler('[ "$version" = v2 ] && { echo "compiling v2" >> $log; exec sleep 60; }\necho program > "$out"');
  const abort = new AbortController();
  const engine = new SlowEngine(async () => {
    await until(() => lines().includes("compiling v2"));
    abort.abort();
    await delay(50);
    throw new Error("the engine was left alone");
  });
  await expect(ensureImages(engine, ["sample-app:v1", "sample-app:v2"], () => undefined, abort.signal)).rejects.toMatchObject({ code: "input.cancelled" });
});

test("while a program is compiled, the modules of the next that has others are fetched", async () => {
  compiler(`for i in $(seq 500); do grep -q 'modules of coredns' $log && break; sleep 0.01; done\necho compiled >> $log; echo program > "$out"`);
  const path = await buildProgram(join(folder, "cache"), "containerd", containerPlatform("x86_64"), () => undefined, undefined, ["ctr", "coredns"]);
  expect(existsSync(path)).toBe(true);
  expect(lines()).toEqual(["modules of containerd", "modules of coredns", "compiled"]);
});
