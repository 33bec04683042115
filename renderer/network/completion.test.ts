import { describe, expect, it } from "vitest";
import { networkJsonSchema } from "../../playground/model/jsonSchema.ts";
import { describeKey, suggest } from "./completion.ts";
import type { JsonSchema } from "./schemaWalk.ts";
import { namesUnder, yamlPlaceAt } from "./yamlPath.ts";

const schema = networkJsonSchema() as JsonSchema;
/** Splits a text at its cursor, written as '|'. */
function cursor(marked: string): { text: string; row: number; column: number } {
  const before = marked.slice(0, marked.indexOf("|")).split("\n");
  return { text: marked.replace("|", ""), row: before.length - 1, column: before.at(-1)?.length ?? 0 };
}
const labels = (marked: string) => {
  const { text, row, column } = cursor(marked);
  return suggest(schema, text, row, column)?.options.map((option) => option.label) ?? [];
};
const place = (marked: string) => {
  const { text, row, column } = cursor(marked);
  return yamlPlaceAt(text, row, column);
};
const start = "vpcs:\n  foo:\n    cidr_block: 10.0.0.0/16\nsubnets:\n  public:\n    vpc: foo\nnat_gateways:\n  nat-foo:\n    subnet: public\n";

describe("yamlPlaceAt", () => {
  it("knows maps, lists and values", () => {
    expect(place("vpcs:\n  foo:\n    ci|")).toMatchObject({ path: ["vpcs", "foo"], key: undefined, word: "ci" });
    expect(place("route_tables:\n  a:\n    routes:\n      - destination: 10.0.0.0/8\n        tar|")).toMatchObject({ path: ["route_tables", "a", "routes", "[]"], word: "tar" });
    expect(place("route_tables:\n  a:\n    routes:\n    - destination: 0|")).toMatchObject({ path: ["route_tables", "a", "routes", "[]"], key: "destination", word: "0" });
    expect(place("subnets:\n  a:\n    vpc: |")).toMatchObject({ path: ["subnets", "a"], key: "vpc", word: "" });
  });

  it("passes over comments, empty lines and deeper siblings", () => {
    expect(place("subnets:\n  a:\n    tags:\n      x: y\n\n    # a note\n    v|").path).toEqual(["subnets", "a"]);
    expect(place("subnets:\n  a:\n    vpc: foo\nvp|").path).toEqual([]);
  });
});

describe("suggest", () => {
  it("offers the kinds of resource at the top, without those that are there", () => {
    const offered = labels(`${start}|`);
    expect(offered).toContain("route_tables");
    expect(offered).not.toContain("vpcs");
  });

  it("offers the attributes that are still free, and says which are required", () => {
    const { text, row, column } = cursor("subnets:\n  public:\n    vpc: foo\n    |");
    const options = suggest(schema, text, row, column)?.options ?? [];
    expect(options.map((option) => option.label)).toContain("map_public_ip_on_launch");
    expect(options.map((option) => option.label)).not.toContain("vpc");
    expect(options.find((option) => option.label === "cidr_block")?.isRequired).toBe(true);
    expect(options.find((option) => option.label === "availability_zone")?.isRequired).toBe(false);
  });

  it("offers the words of an enum and the two booleans", () => {
    expect(labels("instances:\n  a:\n    role: |")).toContain("bastion");
    expect(labels("subnets:\n  a:\n    map_public_ip_on_launch: |")).toEqual(["true", "false"]);
    expect(labels("security_groups:\n  a:\n    ingress:\n      - protocol: |")).toEqual(["tcp", "udp", "icmp", "all"]);
  });

  it("offers the names that the file itself holds", () => {
    expect(labels(`${start}instances:\n  a:\n    subnet: |`)).toEqual(["public"]);
    expect(labels(`${start}route_tables:\n  a:\n    routes:\n      - target: |`)).toEqual(["nat-foo", "local", "blackhole"]);
    expect(labels(`${start}route_tables:\n  a:\n    subnets: [|]`)).toEqual(["public"]);
    expect(labels(`${start}hosted_zones:\n  a:\n    vpcs: [|]`)).toEqual(["foo"]);
    expect(labels(`${start}route_tables:\n  a:\n    subnets:\n      - |`)).toEqual(["public"]);
  });

  it("has nothing to say in a comment or where nothing may stand", () => {
    expect(labels("# vp|")).toEqual([]);
    expect(labels("nonsense:\n  a:\n    |")).toEqual([]);
    expect(labels("vpcs:\n  |")).toEqual([]);
  });
});

it("describes the key under the pointer", () => {
  const text = "subnets:\n  a:\n    availability_zone: a\n";
  expect(describeKey(schema, text, 2, 8)).toMatchObject({ key: "availability_zone", isRequired: false });
  expect(describeKey(schema, text, 2, 8)?.schema.description).toMatch(/Column/);
  expect(describeKey(schema, text, 2, 24)).toBeUndefined();
});

it("lists the names of one kind", () => {
  expect(namesUnder("subnets:\n  a:\n    vpc: x\n  b-2: { vpc: x }\n\ninstances:\n  c:\n    subnet: a\n", "subnets")).toEqual(["a", "b-2"]);
  expect(namesUnder("vpcs: {}\n", "subnets")).toEqual([]);
});
