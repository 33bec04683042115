import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FakeEngine } from "../engine/fakeEngine.ts";
import { readText } from "../engine/streams.ts";
import { assetsFolder } from "./assetsFolder.ts";
import { type ContextFile, digestOf, readContext, toTar } from "./buildContext.ts";
import { builtBase, contextFolder, imageNames, imageReference, instanceImage, registryBase } from "./catalogue.ts";
import { ensureImage, ensureImages } from "./ensureImage.ts";
import { mirrorOf, proxiesOf } from "./hostAptSources.ts";
import { loadArchive, saveArchive } from "./loadSupplier.ts";

const file = (path: string, text: string, executable = false): ContextFile => ({ path, content: Buffer.from(text), executable });

test("the digest follows paths and contents, and nothing else", () => {
  const base = digestOf([file("a", "1"), file("b", "2")]);
  expect(base).toMatch(/^[0-9a-f]{12}$/);
  expect(digestOf([file("a", "1"), file("b", "2")])).toBe(base);
  expect(digestOf([file("a", "1"), file("b", "3")])).not.toBe(base);
  expect(digestOf([file("a", "1"), file("c", "2")])).not.toBe(base);
  expect(digestOf([file("a", "1b"), file("", "2")])).not.toBe(base);
});

test("the build context is a tar archive that tar reads", async () => {
  const chunks: Buffer[] = [];
  for await (const chunk of toTar([file("Dockerfile", "FROM x\n"), file("files/usr/sbin/run", "é".repeat(600), true)])) chunks.push(chunk as Buffer);
  const archive = Buffer.concat(chunks);
  const list = execFileSync("tar", ["-tvf", "-"], { input: archive, encoding: "utf8" });
  expect(list).toMatch(/^-rw-r--r-- 0\/0\s+7 .* Dockerfile\n-rwxr-xr-x 0\/0\s+1200 .* files\/usr\/sbin\/run\n$/);
  expect(execFileSync("tar", ["-xOf", "-", "files/usr/sbin/run"], { input: archive, encoding: "utf8" })).toBe("é".repeat(600));
});

test("the catalogue gives one reference per content, and refuses other names", () => {
  expect(instanceImage()).toMatch(/^rempart\/instance:[0-9a-f]{12}$/);
  expect(imageReference("instance")).toBe(instanceImage());
  expect(() => imageReference("alpine")).toThrow(expect.objectContaining({ code: "input.unknown-image" }));
  for (const name of imageNames) expect(readContext(contextFolder(name)).map((entry) => entry.path), name).toContain("Dockerfile");
});

test("an image that is there is not made again; one that is not is built on the base at hand", async () => {
  const engine = new FakeEngine([instanceImage()]);
  const lines: string[] = [];
  expect(await ensureImage(engine, "instance", (_part, line) => lines.push(line))).toBe(instanceImage());
  expect(lines).toEqual([]);
  for (const base of [builtBase, registryBase]) {
    const bare = new FakeEngine([base]);
    await ensureImage(bare, "instance", (_part, line) => lines.push(line));
    expect(bare.images.get(instanceImage())?.labels).toEqual({ "dev.rempart.image": "instance" });
  }
});

test("an image upon another: its tag follows the one below, which is made first", async () => {
  expect(imageReference("services")).toMatch(/^rempart\/services:[0-9a-f]{12}$/);
  expect(imageReference("services").split(":")[1]).not.toBe(digestOf(readContext(contextFolder("services"))));
  const engine = new FakeEngine([builtBase]);
  const lines: string[] = [];
  await ensureImages(engine, ["services", "instance"], (line) => lines.push(line));
  expect([...engine.images.keys()]).toEqual([builtBase, instanceImage(), imageReference("services")]);
  await expect(ensureImages(engine, ["instance", "alpine"], () => undefined)).rejects.toMatchObject({ code: "input.unknown-image" });
});

test("an archive holds the images that are there", async () => {
  const engine = new FakeEngine([]);
  await expect(saveArchive(engine, "/nowhere/images.tar")).rejects.toMatchObject({ code: "input.cannot-write-file" });
});

test("an archive that does not exist is the caller's fault", async () => {
  await expect(loadArchive(new FakeEngine(), "/nowhere/images.tar", () => undefined)).rejects.toMatchObject({ code: "input.no-such-file" });
});

test("the machine's mirror and proxies are found among its apt settings", () => {
  const targets = ["http://mirror.example/debian-security/|bookworm-security|Debian", "http://mirror.example/debian|bookworm|Debian", "https://tool.example/apt|bookworm|Tool"].join("\n");
  expect(mirrorOf(targets, "bookworm")).toBe("http://mirror.example/debian");
  expect(mirrorOf("http://mirror.example/ubuntu|noble|Ubuntu", "bookworm")).toBeUndefined();
  expect(proxiesOf('APT "";\nAcquire::http::Proxy "http://proxy.example:3142";\nAcquire::http::Proxy::local.example "DIRECT";\nAcquire::Retries "3";\n')).toBe(
    'Acquire::http::Proxy "http://proxy.example:3142";\nAcquire::http::Proxy::local.example "DIRECT";\n',
  );
});

test("what runs in the image has no carriage returns, whatever system checked it out", async () => {
  for (const name of imageNames) {
    for (const entry of readContext(contextFolder(name))) expect(entry.content.includes("\r"), entry.path).toBe(false);
    expect(readFileSync(join(assetsFolder(), "images", name, "Dockerfile"), "utf8")).toContain("ARG BASE");
  }
  expect(await readText(toTar([]))).toHaveLength(1024);
});
