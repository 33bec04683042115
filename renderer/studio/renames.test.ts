import { expect, test } from "vitest";
import { readParts, type WrittenCheck } from "./labParts.ts";
import { renameCheck, renameStep, withoutCheck } from "./renames.ts";

const labText = `id: x1
steps:
  - id: open
    title: { fr: Ouvrir, en: Open }
    checks: [page, silent] # both
  - id: close
    title: { fr: Fermer, en: Close }
    checks: [page]
checks:
  - { id: page, kind: connect, from: laptop, to: 203.0.113.80, port: 80, expect: open }
  - { id: silent, kind: connect, from: laptop, to: 203.0.113.80, port: 22, expect: timeout, control: page }
start_fails: [page]
broken:
  wrong-port: { title: { fr: P, en: P }, network: broken/wrong-port/network.yml, fails: [page] }
`;
const parts = readParts(labText);
const page = parts.checks[0] as WrittenCheck;

test("a check has its new name wherever it is named", () => {
  const renamed = readParts(renameCheck(labText, parts, page, "front-page"));
  expect(renamed.steps.map(({ checks }) => checks)).toEqual([["front-page", "silent"], ["front-page"]]);
  expect(renamed.checks.map(({ id, written }) => [id, written["control"]])).toEqual([["front-page", undefined], ["silent", "front-page"]]);
  expect([renamed.startFails, renamed.broken[0]?.fails]).toEqual([["front-page"], ["front-page"]]);
});

test("a check that is gone is named nowhere, and a step without checks has no list of them", () => {
  const text = withoutCheck(labText, parts, page);
  expect(text).not.toContain("page");
  const left = readParts(text);
  expect(left.steps.map(({ checks }) => checks)).toEqual([["silent"], []]);
  expect(left.checks.map(({ id, written }) => [id, written["control"]])).toEqual([["silent", undefined]]);
  expect([left.startFails, left.broken[0]?.fails]).toEqual([[], []]);
  expect(text).toContain("title: { fr: Fermer, en: Close }\nchecks:");
});

test("a step has its new id and title in lab.yml and in both guides", () => {
  const [step] = parts.steps;
  if (!step) throw new Error("no step");
  const guide = "Hello.\n\n## Ouvrir {#open}\n\nText.\n";
  const renamed = renameStep({ "lab.yml": labText, "guide.fr.md": guide, "guide.en.md": guide }, step, "unlock", { fr: "Déverrouiller", en: "Unlock" });
  expect(readParts(renamed["lab.yml"] ?? "").steps[0]).toMatchObject({ id: "unlock", title: { fr: "Déverrouiller", en: "Unlock" }, checks: ["page", "silent"] });
  expect(renamed["guide.fr.md"]).toContain("## Déverrouiller {#unlock}\n");
  expect(renamed["guide.en.md"]).toContain("## Unlock {#unlock}\n");
});
