import { z } from "zod";

/** What a `kubernetes` check looks at: one object by its name, or all those with some labels. */
export const kubernetesObjectSchema = z.strictObject({
  api_version: z.string().regex(/^([a-z0-9.-]+\/)?v[0-9][a-z0-9]*$/, "for example v1 or apps/v1").default("v1"),
  kind: z.string().regex(/^[A-Z][A-Za-z0-9]+$/, "for example Deployment"),
  namespace: z.string().regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/).optional().meta({ description: "default when left out; no matter for what is in no namespace" }),
  name: z.string().optional(),
  label_selector: z.string().optional().meta({ description: "As for kubectl -l; empty for all of them" }),
});
export type KubernetesObject = z.infer<typeof kubernetesObjectSchema>;

export const kubernetesFieldSchema = z.strictObject({
  path: z.string().meta({ description: 'Of the field: status.readyReplicas, spec.containers[*].image, metadata.labels["a.b/c"]' }),
  equals: z.union([z.string(), z.number(), z.boolean()]).optional(),
  matches: z.string().optional().meta({ description: "Regular expression" }),
  at_least: z.number().optional(),
  absent: z.literal(true).optional(),
});
export type KubernetesField = z.infer<typeof kubernetesFieldSchema>;

export const kubernetesExpectSchema = z.strictObject({
  exists: z.boolean().default(true),
  count: z.union([z.number().int().min(0), z.strictObject({ at_least: z.number().int().min(1) })]).optional().meta({ description: "How many of a list there are" }),
  fields: z.array(kubernetesFieldSchema).default([]).meta({ description: "Of the object, or of each one of a list" }),
});
export type KubernetesExpect = z.infer<typeof kubernetesExpectSchema>;

interface Step {
  readonly key: string | number;
  readonly isAll: boolean;
}

/** The steps of a field's path; undefined when it is none. */
export function parseFieldPath(path: string): Step[] | undefined {
  const steps: Step[] = [];
  let rest = path;
  while (rest !== "") {
    const name = /^\.?([A-Za-z_$][\w-]*)/.exec(rest);
    const index = /^\[(\d+|\*)\]/.exec(rest);
    const quoted = /^\["([^"]*)"\]/.exec(rest);
    const match = index ?? quoted ?? (steps.length === 0 || rest.startsWith(".") ? name : null);
    if (match === null || (steps.length === 0 && rest.startsWith("."))) return undefined;
    const [whole, key = ""] = match;
    steps.push(index ? { key: key === "*" ? "*" : Number(key), isAll: key === "*" } : { key, isAll: false });
    rest = rest.slice(whole.length);
  }
  return steps.length === 0 ? undefined : steps;
}

/** Values at a path: none where nothing is there, several where the path has `[*]`. */
export function valuesAt(object: unknown, path: string): unknown[] {
  return (parseFieldPath(path) ?? []).reduce<unknown[]>(
    (values, { key, isAll }) =>
      values.flatMap((value): unknown[] => {
        if (value === null || typeof value !== "object") return [];
        if (isAll) return Object.values(value);
        const found: unknown = Object.hasOwn(value, key) ? (value as Record<string | number, unknown>)[key] : undefined;
        return found === undefined || found === null ? [] : [found];
      }),
    [object],
  );
}

/** What a field is, and whether that is what was expected. Of several values each must be. */
export function judgeField(object: unknown, field: KubernetesField, interpolate: (text: string) => string = (text) => text): { fits: boolean; found: string } {
  const values = valuesAt(object, field.path);
  const found = values.map(textOf).join(", ");
  if (field.absent) return { fits: values.length === 0, found };
  const { equals, matches, at_least: least } = field;
  const fits = (value: unknown): boolean => {
    if (equals !== undefined) return textOf(value) === interpolate(String(equals));
    if (matches !== undefined) return new RegExp(interpolate(matches)).test(textOf(value));
    return least !== undefined && typeof value === "number" && value >= least;
  };
  return { fits: values.length > 0 && values.every(fits), found };
}

/** A value as a reader sees it. */
function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What was expected of a field, in a word. */
export function describeField({ path, equals, matches, at_least: least }: KubernetesField): string {
  if (equals !== undefined) return `${path} = ${String(equals)}`;
  if (matches !== undefined) return `${path} ~ ${matches}`;
  return least === undefined ? `no ${path}` : `${path} >= ${least}`;
}
