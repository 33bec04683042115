import { describe, expect, it } from "vitest";
import { labSchema } from "./lab.ts";
import { addressSeenFrom, namesSeenFrom } from "./namesSeenFrom.ts";
import { networkSchema } from "./network.ts";
import { formatAddress } from "./ip.ts";
import { resolveCloud } from "./resolve.ts";

const text = { fr: "x", en: "x" };
const lab = labSchema.parse({ id: "names", title: text, summary: text, group: "access", minutes: 1, memory_mb: 1, internet: { hosts: { laptop: { address: "203.0.113.50" } } } });
const network = networkSchema.parse({
  vpcs: { foo: { cidr_block: "10.0.0.0/16" } },
  subnets: { public: { vpc: "foo", cidr_block: "10.0.0.0/24" } },
  internet_gateways: { igw: { vpc: "foo" } },
  elastic_ips: { web: { public_ip: "203.0.113.10", instance: "web" } },
  instances: { web: { subnet: "public", private_ip: "10.0.0.10" }, hidden: { subnet: "public", private_ip: "10.0.0.11" } },
});

describe("names", () => {
  const cloud = resolveCloud(lab, network);
  const node = (name: string) => cloud.nodes.find((candidate) => candidate.name === name) ?? expect.fail(name);

  it("mean the public address outside and the private one inside", () => {
    expect(namesSeenFrom(cloud, node("laptop"))["web"]).toBe("203.0.113.10");
    expect(namesSeenFrom(cloud, node("hidden"))["web"]).toBe("10.0.0.10");
  });

  it("mean the private address where there is no public one, and nothing where there is no such name", () => {
    const hidden = addressSeenFrom(cloud, node("laptop"), "hidden");
    expect(hidden && formatAddress(hidden)).toBe("10.0.0.11");
    expect(addressSeenFrom(cloud, node("laptop"), "nobody")).toBeUndefined();
  });
});
