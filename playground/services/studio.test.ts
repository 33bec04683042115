import { mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { labImageNames } from "../images/catalogue.ts";
import { packLab } from "./labArchive.ts";
import { LabRegistry } from "./labRegistry.ts";
import { ownLabsFolder } from "./ownLabs.ts";
import { resolvePaths } from "./paths.ts";
import { Studio } from "./studio.ts";

const { applicationRoot } = resolvePaths();
const templates = join(applicationRoot, "assets", "templates");
const title = { fr: "À moi", en: "Mine" };
let root: string;
let own: string;
let registry: LabRegistry;
let studio: Studio;

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "rempart-studio-")));
  own = ownLabsFolder(root);
  // The templates stand for the library: labs like any other, and few.
  registry = new LabRegistry(templates, labImageNames, { own });
  studio = new Studio({ registry, own, templates, images: labImageNames });
});
afterEach(() => rm(root, { recursive: true, force: true }));

test("every template makes a lab without faults, which the library has at once and after a restart", async () => {
  expect(await studio.templates()).toHaveLength(2);
  for (const { id } of await studio.templates()) {
    const name = `mine-${id.replace(/\W/g, "-")}`;
    const draft = await studio.create(name, title, id);
    expect(draft.faults, id).toEqual([]);
    expect((await registry.get(name)).lab).toMatchObject({ id: name, title });
    expect((await new LabRegistry(templates, labImageNames, { own }).get(name)).ours).toBe(false);
  }
});

test("another lab is copied with all its files and comments, under a new name", async () => {
  const { files } = await studio.create("copy", title, "public-private");
  expect(Object.keys(files)).toEqual(["broken/other-port/network.yml", "guide.en.md", "guide.fr.md", "lab.yml", "network.yml", "solution/network.yml"]);
  expect(files["lab.yml"]).toContain("# The lab's Internet, and the machines on it that the student cannot change.");
  expect(files["lab.yml"]).toContain("    expect: { status: 200, body: \"Hello, World!\" }");
});

test("a taken id and an unknown template are refused, and nothing is made", async () => {
  await studio.create("mine", title, "template:1-empty-vpc");
  for (const id of ["mine", "public-private"]) await expect(studio.create(id, title, "template:1-empty-vpc"), id).rejects.toMatchObject({ code: "input.lab-id-taken" });
  await expect(studio.create("other", title, "template:none")).rejects.toMatchObject({ code: "input.unknown-template" });
  expect(await readdir(own)).toEqual(["mine"]);
});

test("a faulty lab is kept with all its faults, and offered again when they are mended", async () => {
  const { files, revision } = await studio.create("mine", title, "template:2-public-private");
  const broken = { ...files, "network.yml": `${files["network.yml"]}\nsubnets: {}\n`, "guide.en.md": "# Nothing\n" };
  const saved = await studio.write("mine", broken, revision);
  expect(saved.faults.map(({ code, file }) => `${code} ${file ?? ""}`)).toEqual(expect.arrayContaining(["file.duplicate-key network.yml", "guide.step-missing guide.en.md"]));
  await expect(registry.get("mine")).rejects.toMatchObject({ code: "input.unknown-lab" });
  expect(await studio.list()).toMatchObject([{ lab: "mine", title, faults: saved.faults.length }]);
  await expect(studio.write("mine", files, revision)).rejects.toMatchObject({ code: "input.changed-on-disk" });
  expect((await studio.write("mine", files, saved.revision)).faults).toEqual([]);
  expect((await registry.get("mine")).lab.id).toBe("mine");
});

test("every variant is judged: one that does not work is a fault", async () => {
  const { files, revision } = await studio.create("mine", title, "template:1-empty-vpc");
  const varied = { ...files, "lab.yml": `${files["lab.yml"]}variants: { block: [10.0.0.0/16, 10.0.0.1/16] }\n`, "network.yml": "vpcs: { main: { cidr_block: <<block>> } }\n" };
  const { faults } = await studio.write("mine", varied, revision);
  expect(faults).toMatchObject([{ file: "network.yml", path: "vpcs.main.cidr_block" }]);
});

test("files that are no longer named are removed, and nothing outside is written", async () => {
  const { files, revision } = await studio.create("mine", title, "template:2-public-private");
  const rest = Object.fromEntries(Object.entries(files).filter(([path]) => path !== "broken/other-port/network.yml"));
  await studio.write("mine", { ...rest, "lab.yml": (files["lab.yml"] ?? "").replace(/^broken:[\s\S]*/m, "") }, revision);
  expect(Object.keys((await studio.read("mine")).files)).not.toContain("broken/other-port/network.yml");
  const { revision: now } = await studio.read("mine");
  for (const path of ["../evil.yml", "/evil.yml", "a.sh"]) await expect(studio.write("mine", { ...rest, [path]: "" }, now), path).rejects.toMatchObject({ code: "input.path-escapes" });
  await expect(studio.read("../mine")).rejects.toMatchObject({ code: "input.unknown-lab" });
});

test("a lab taken from a file is one like any other; a faulty one leaves nothing behind", async () => {
  const { files } = await studio.create("mine", title, "template:2-public-private");
  const packed = packLab(files);
  await expect(studio.unpack(packed)).rejects.toMatchObject({ code: "input.lab-id-taken" });
  await studio.remove("mine");
  expect(await studio.unpack(packed)).toMatchObject({ lab: "mine", title, faults: 0 });
  expect((await studio.read("mine")).files).toEqual(files);
  const faulty = packLab({ ...files, "lab.yml": (files["lab.yml"] ?? "").replace("id: mine", "id: other"), "network.yml": "vpcs: { x: {} }\n" });
  await expect(studio.unpack(faulty)).rejects.toMatchObject({ code: "input.invalid-lab", faults: expect.arrayContaining([expect.objectContaining({ file: "network.yml" })]) as unknown });
  expect(await readdir(own)).toEqual(["mine"]);
});

test("a link in a lab's folder is not followed out of it", async () => {
  const { folder } = await studio.create("mine", title, "template:1-empty-vpc");
  await writeFile(join(root, "secret.md"), "secret");
  await symlink(join(root, "secret.md"), join(folder, "link.md"));
  expect(Object.keys((await studio.read("mine")).files)).not.toContain("link.md");
  expect(await readFile(join(root, "secret.md"), "utf8")).toBe("secret");
});
