/** The part of JSON Schema that our own schemas use. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly required?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

/** Follows a reference into `$defs` and picks the richest branch of an alternative. */
function settle(root: JsonSchema, schema: JsonSchema): JsonSchema {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace("#/$defs/", "");
    const target = root.$defs?.[name];
    return target ? { ...settle(root, target), ...(schema.description === undefined ? {} : { description: schema.description }) } : {};
  }
  const branch = (schema.anyOf ?? schema.allOf)?.map((one) => settle(root, one)).find((one) => one.properties ?? one.items ?? one.enum ?? one.type);
  return branch ? { ...branch, ...schema } : schema;
}

/** The schema at a path of keys ("[]" for an item of a list); undefined where the file may hold nothing. */
export function schemaAt(root: JsonSchema, path: readonly string[]): JsonSchema | undefined {
  let schema: JsonSchema | undefined = settle(root, root);
  for (const key of path) {
    const next: JsonSchema | undefined = key === "[]" ? schema.items : (schema.properties?.[key] ?? (typeof schema.additionalProperties === "object" ? schema.additionalProperties : undefined));
    if (!next) return undefined;
    schema = settle(root, next);
  }
  return schema;
}

/** Words that a value may be: the enum's, or the two booleans. */
export function valuesOf(schema: JsonSchema): string[] {
  if (schema.enum) return schema.enum.map(String);
  if (schema.const !== undefined) return [String(schema.const)];
  return schema.type === "boolean" ? ["true", "false"] : [];
}

/** Which kinds of resource an attribute names. */
const referenceKinds: Readonly<Record<string, readonly string[]>> = {
  vpc: ["vpcs"],
  vpcs: ["vpcs"],
  peer_vpc: ["vpcs"],
  subnet: ["subnets"],
  subnets: ["subnets"],
  elastic_ip: ["elastic_ips"],
  instance: ["instances"],
  alias: ["instances"],
  key_pair: ["key_pairs"],
  vpc_security_groups: ["security_groups"],
  security_groups: ["security_groups"],
  target: ["internet_gateways", "nat_gateways", "peering_connections", "instances"],
};
const fixedTargets = ["local", "blackhole"];

/** Kinds whose names fit as the value of an attribute below the top level, and words that fit besides. */
export function referencesOf(attribute: string): { kinds: readonly string[]; words: readonly string[] } {
  return { kinds: referenceKinds[attribute] ?? [], words: attribute === "target" ? fixedTargets : [] };
}
