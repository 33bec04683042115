import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { packLab, unpackLab } from "./labArchive.ts";
import { isLabPath } from "./labFolder.ts";

const lab = { "lab.yml": "id: x\n", "network.yml": "vpcs: {}\n", "solution/network.yml": "", "guide.fr.md": "# Été\n" };

const codeOf = (packed: Buffer): string => {
  try {
    unpackLab(packed);
    return "taken";
  } catch (error) {
    return (error as { code: string }).code;
  }
};

/** The archive with its headers changed by hand, their checksums made right again. */
function forged(change: (header: Buffer, index: number) => void, files: Record<string, string> = lab): Buffer {
  const archive = gunzipSync(packLab(files));
  let index = 0;
  for (let at = 0; at < archive.length && archive[at] !== 0; index++) {
    const header = archive.subarray(at, at + 512);
    const size = Number.parseInt(header.toString("ascii", 124, 135), 8);
    change(header, index);
    header.write("        ", 148, "ascii");
    header.write(`${header.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, "0")}\0 `, 148, "ascii");
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return gzipSync(archive);
}

const renamed = (path: string): Buffer => forged((header, index) => {
  if (index !== 0) return;
  header.fill(0, 0, 100);
  header.write(path, 0, "utf8");
});

test("what was packed is unpacked, and the same lab always gives the same file", () => {
  expect(unpackLab(packLab(lab))).toEqual(lab);
  expect(packLab(lab).equals(packLab(Object.fromEntries(Object.entries(lab).reverse())))).toBe(true);
});

test("any texts survive", () => {
  const path = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}(\/[a-z][a-z0-9-]{0,20}){0,3}\.(yml|md|txt)$/).filter(isLabPath);
  fc.assert(fc.property(fc.dictionary(path, fc.string({ unit: "grapheme", maxLength: 2000 }), { maxKeys: 12 }), (files) => {
    const all = { ...files, "lab.yml": "id: x\n" };
    expect(unpackLab(packLab(all))).toEqual(all);
  }));
});

test.each(["../evil.yml", "/etc/evil.yml", "a/../../evil.yml", "..\\evil.yml", "C:\\evil.yml", ".hidden.yml", "a/.git/x.yml", "con.yml", "nul/x.yml", "run.sh", "a./x.yml", "x.yml/", "é.yml", "a//b.yml"])("a path such as %s is refused", (path) => {
  expect(codeOf(renamed(path))).toBe("input.path-escapes");
});

test.each([["a symbolic link", "2"], ["a hard link", "1"], ["a device", "3"], ["a pipe", "6"], ["a long name of another tool", "L"]])("%s is refused", (_what, type) => {
  expect(codeOf(forged((header, index) => void (index === 0 && header.write(type, 156, "ascii"))))).toBe("input.not-a-lab-file");
});

test("a bomb is refused before it is unpacked, and so are too many files and too much text", () => {
  expect(codeOf(gzipSync(Buffer.alloc(400_000_000)))).toBe("input.lab-file-too-large");
  const many = Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`f${index}.yml`, ""]));
  expect(() => packLab({ ...lab, ...many })).toThrow(/at most 200 files/);
  expect(() => packLab({ ...lab, "a.yml": "x".repeat(1_000_001) })).toThrow(/at most/);
});

test("a file that is cut off, is another, lies about a length, or says a thing twice is refused", () => {
  const packed = packLab(lab);
  for (const broken of [packed.subarray(0, packed.length - 20), Buffer.from("PK\u0003\u0004"), Buffer.alloc(0), gzipSync(Buffer.from("hello".repeat(200))), gzipSync(gunzipSync(packed).subarray(0, 700))]) expect(codeOf(broken)).toBe("input.not-a-lab-file");
  expect(codeOf(forged((header, index) => void (index === 0 && header.write("77777777777\0", 124, "ascii"))))).toBe("input.not-a-lab-file");
  expect(codeOf(renamed("network.yml"))).toBe("input.not-a-lab-file");
  expect(codeOf(packLab({ "network.yml": "" }))).toBe("input.not-a-lab-file");
});

test("random changes to a packed lab never do worse than being refused", () => {
  const archive = gunzipSync(packLab(lab));
  fc.assert(fc.property(fc.array(fc.tuple(fc.nat(archive.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }), (changes) => {
    const changed = Buffer.from(archive);
    for (const [at, value] of changes) changed[at] = value;
    expect(["taken", "input.not-a-lab-file", "input.path-escapes", "input.lab-file-too-large"]).toContain(codeOf(gzipSync(changed)));
  }), { numRuns: 300 });
});
