import { describe, expect, it } from "vitest";
import { indentAfter } from "./editorLines.ts";

describe("the indentation of the next line", () => {
  it.each([
    ["vpcs:", 2],
    ["  foo:", 4],
    ["  foo: # the first one", 4],
    ["  foo: bar", 2],
    ["    routes:", 6],
    ["      - destination: 0.0.0.0/0", 8],
    ["      - { destination: 0.0.0.0/0, target: igw }", 6],
    ["    subnets: [a, b]", 4],
    ["    - ssh", 4],
    ["    - ssh:", 8],
  ])("after %j is %i", (line, columns) => {
    expect(indentAfter(line)).toBe(columns);
  });

  it("is left to the editor after an empty line and a comment", () => {
    expect(indentAfter("")).toBeUndefined();
    expect(indentAfter("   # foo:")).toBeUndefined();
  });
});
