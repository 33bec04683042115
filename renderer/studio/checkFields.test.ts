import { expect, test } from "vitest";
import { z } from "zod";
import { type CheckKind, checkSchema } from "../../playground/model/lab.ts";
import { authorTexts } from "../i18n/authorTexts.ts";
import { checkFields, newChecks } from "./checkFields.ts";

/** Fields that the form has for every kind. */
const common = ["kind", "id", "title", "from", "control", "why", "measures", "points", "partial"];
const kinds = Object.keys(checkFields) as CheckKind[];

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, ObjectSchema>>;
}
const schemas = (z.toJSONSchema(checkSchema, { io: "input", unrepresentable: "any" }) as unknown as { oneOf: (ObjectSchema & { properties: { kind: { const: CheckKind } } })[] }).oneOf;

/** Every path at which something can be written: down to where a field of the form begins. */
function pathsOf(schema: ObjectSchema, fields: ReadonlySet<string>, prefix = ""): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, part]) => {
    const path = `${prefix}${key}`;
    return fields.has(path) || part.properties === undefined ? [path] : pathsOf(part, fields, `${path}.`);
  });
}

test("there is a form for every kind of check", () => {
  expect(schemas.map((schema) => schema.properties.kind.const).sort()).toEqual([...kinds].sort());
});

test.each(kinds)("%s: every field that lab.yml takes can be filled in, and no other", (kind) => {
  const schema = schemas.find((one) => one.properties.kind.const === kind);
  const fields = checkFields[kind].map(({ path }) => path.join("."));
  const paths = pathsOf(schema ?? {}, new Set(fields)).filter((path) => !common.includes(path.split(".")[0] ?? ""));
  expect([...fields].sort()).toEqual(paths.sort());
});

test.each(kinds)("%s: a new check is one that can be tried", (kind) => {
  expect(checkSchema.safeParse({ kind, id: "new", title: { fr: "N", en: "N" }, ...newChecks[kind] }).error).toBeUndefined();
  for (const { label } of checkFields[kind]) expect(authorTexts.fr[label], label).toBeTruthy();
});
