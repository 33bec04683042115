import { openDocument } from "../../playground/model/labDocument.ts";
import { checkSchema, type CheckKind } from "../../playground/model/lab.ts";
import type { Localized } from "../../playground/model/localized.ts";

/** A check as it stands in lab.yml, whole or not yet. */
export interface WrittenCheck {
  readonly index: number;
  readonly id: string;
  readonly kind: CheckKind;
  readonly title: Partial<Localized>;
  readonly written: Readonly<Record<string, unknown>>;
}

/** A step as it stands in lab.yml, whole or not yet. */
export interface WrittenStep {
  readonly index: number;
  readonly id: string;
  readonly title: Partial<Localized>;
  readonly checks: readonly string[];
  readonly hints: readonly Partial<Localized>[];
  readonly questions: readonly { readonly id: string; readonly text: Partial<Localized> }[];
  readonly solution: string | undefined;
}

export interface WrittenBroken {
  readonly name: string;
  readonly title: Partial<Localized>;
  readonly network: string;
  readonly fails: readonly string[];
}

/** The parts of a text of lab.yml that the forms are about, however unfinished it is: what cannot be read is left out. */
export interface LabParts {
  readonly isReadable: boolean;
  readonly title: Partial<Localized>;
  readonly checks: readonly WrittenCheck[];
  readonly steps: readonly WrittenStep[];
  readonly broken: readonly WrittenBroken[];
  readonly startFails: readonly string[];
  readonly variants: Readonly<Record<string, unknown>>;
  readonly head: Readonly<Record<string, unknown>>;
}

const kinds: readonly string[] = checkSchema.options.map((option) => option.shape.kind.value);

export function readParts(labText: string): LabParts {
  const document = openDocument(labText);
  const data = record(document?.toJS({ maxAliasCount: 100 }));
  return {
    isReadable: document !== undefined,
    title: localizedOf(data["title"]),
    checks: list(data["checks"]).flatMap((item, index) => {
      const written = record(item);
      const kind = string(written["kind"]);
      return kinds.includes(kind) ? [{ index, id: string(written["id"]), kind: kind as CheckKind, title: localizedOf(written["title"]), written }] : [];
    }),
    steps: list(data["steps"]).map((item, index) => {
      const written = record(item);
      const solution = record(written["solve"])["network"];
      return {
        index, id: string(written["id"]), title: localizedOf(written["title"]), checks: strings(written["checks"]), hints: list(written["hints"]).map(localizedOf),
        questions: list(written["questions"]).map((question) => ({ id: string(record(question)["id"]), text: localizedOf(record(question)["text"]) })),
        solution: typeof solution === "string" ? solution : undefined,
      };
    }),
    broken: Object.entries(record(data["broken"])).map(([name, item]) => ({ name, title: localizedOf(record(item)["title"]), network: string(record(item)["network"]), fails: strings(record(item)["fails"]) })),
    startFails: strings(data["start_fails"]),
    variants: record(data["variants"]),
    head: data,
  };
}


/** An id that is not among those there are. */
export function freeId(word: string, taken: readonly string[]): string {
  if (!taken.includes(word)) return word;
  let number = 2;
  while (taken.includes(`${word}-${number}`)) number++;
  return `${word}-${number}`;
}

/** What may stand in an id, of whatever was typed. */
export function asId(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+/, "").slice(0, 41);
}

const record = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {});
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const string = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const strings = (value: unknown): string[] => list(value).flatMap((one) => (typeof one === "string" ? [one] : []));

function localizedOf(value: unknown): Partial<Localized> {
  const { fr, en } = record(value);
  return { ...(typeof fr === "string" ? { fr } : {}), ...(typeof en === "string" ? { en } : {}) };
}
