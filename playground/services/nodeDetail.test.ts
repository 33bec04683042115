import { expect, test } from "vitest";
import type { CloudNode } from "../model/cloud.ts";
import { aclDetail } from "./nodeDetail.ts";
import { testCloud, testNetwork } from "./testLab.ts";

const cloud = testCloud(`${testNetwork}network_acls:
  front:
    vpc: foo
    subnets: [front]
    ingress:
      - { rule_number: 200, action: deny, protocol: all, cidr_block: 203.0.113.0/24 }
      - { rule_number: 100, action: allow, protocol: tcp, from_port: 22, to_port: 80 }
`);
const node = (name: string): CloudNode => {
  const found = cloud.nodes.find((candidate) => candidate.name === name);
  if (!found) throw new Error(name);
  return found;
};

test("a machine's subnet has its network ACL, the rules in the order in which they decide", () => {
  expect(aclDetail(cloud, node("bastion")).networkAcl).toMatchObject({
    name: "front",
    ingress: [
      { number: 100, action: "allow", protocol: "tcp", ports: "22-80", cidr: "0.0.0.0/0" },
      { number: 200, action: "deny", protocol: "all", ports: "*", cidr: "203.0.113.0/24" },
    ],
    egress: [],
  });
});

test("the default one, which lets everything pass, is not shown; nor is there one on the Internet", () => {
  expect(aclDetail(cloud, node("server"))).toEqual({});
  expect(aclDetail(cloud, node("laptop"))).toEqual({});
});
