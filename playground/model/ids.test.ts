import { describe, expect, it } from "vitest";
import { resourceId } from "./ids.ts";

describe("resourceId", () => {
  it("is in the vendor's form and the same for the same name", () => {
    expect(resourceId("06-vpc-build", "vpcs", "foo")).toMatch(/^vpc-[0-9a-f]{17}$/);
    expect(resourceId("06-vpc-build", "vpcs", "foo")).toBe(resourceId("06-vpc-build", "vpcs", "foo"));
    expect(resourceId("07-route-tables-gateways", "vpcs", "foo")).not.toBe(resourceId("06-vpc-build", "vpcs", "foo"));
  });

  it("differs in its first ten digits also for names that differ in one letter", () => {
    const names = ["vpc", "nat", "peer", "a", "instance"].flatMap((stem) => Array.from({ length: 200 }, (_, index) => `${stem}-${index}`));
    const digits = names.map((name) => resourceId("lab", "vpcs", name).slice(4, 14));
    expect(new Set(digits).size).toBe(names.length);
  });
});
