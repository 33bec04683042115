import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { labJsonSchema, networkJsonSchema } from "./jsonSchema.ts";
import { randomNetwork } from "./randomNetwork.ts";
import { testLabText, testNetworkText } from "./testCloud.ts";

const ajv = new Ajv2020({ strict: false });

describe("the JSON Schemas for editors", () => {
  const network = ajv.compile(networkJsonSchema());
  const lab = ajv.compile(labJsonSchema());

  it("accept what the files may hold, with defaults left out", () => {
    expect(network(parse(testNetworkText)), JSON.stringify(network.errors)).toBe(true);
    expect(lab(parse(testLabText)), JSON.stringify(lab.errors)).toBe(true);
    expect(network({})).toBe(true);
    expect(network(randomNetwork(3).network)).toBe(true);
  });

  it("refuse unknown keys and values", () => {
    expect(network({ instances: { a: { subnet: "b", privileged: true } } })).toBe(false);
    expect(network({ instances: { a: { subnet: "b", role: "servant" } } })).toBe(false);
    expect(network({ vpcs: { foo: {} } })).toBe(false);
    expect(lab({ ...parse(testLabText), group: "nothing" })).toBe(false);
  });

  it("describe attributes for completion", () => {
    expect(JSON.stringify(networkJsonSchema())).toContain("Name of an internet gateway, NAT gateway, peering connection or instance");
  });
});
