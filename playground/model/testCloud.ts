import type { Cloud } from "./cloud.ts";
import type { Fault } from "./errors.ts";
import type { Lab } from "./lab.ts";
import type { Network } from "./network.ts";
import { resolveCloud } from "./resolve.ts";
import { validateTexts } from "./validate.ts";

/** A small valid `lab.yml` for unit tests: a laptop and a stranger on the Internet. */
export const testLabText = `
id: test-lab
title: {fr: Essai, en: Test}
summary: {fr: Essai, en: Test}
group: private-networks
minutes: 10
memory_mb: 100
internet:
  hosts:
    laptop: {address: 203.0.113.50, role: laptop}
    whoami: {address: 203.0.113.80, services: [whoami]}
`;

/** The VPCs of the course: Foo with a public and a private subnet, Bar, peered; a NAT gateway. */
export const testNetworkText = `
vpcs:
  foo: {cidr_block: 10.0.0.0/16}
  bar: {cidr_block: 10.1.0.0/16}
subnets:
  foo-public: {vpc: foo, cidr_block: 10.0.0.0/21}
  foo-private: {vpc: foo, cidr_block: 10.0.80.0/21}
  bar-private: {vpc: bar, cidr_block: 10.1.80.0/21}
internet_gateways:
  foo-igw: {vpc: foo}
elastic_ips:
  web-ip: {public_ip: 203.0.113.10, instance: web}
  nat-ip: {public_ip: 203.0.113.30}
nat_gateways:
  foo-nat: {subnet: foo-public, elastic_ip: nat-ip, private_ip: 10.0.0.5}
peering_connections:
  foo-bar: {vpc: foo, peer_vpc: bar}
route_tables:
  public:
    vpc: foo
    subnets: [foo-public]
    routes:
      - {destination: 0.0.0.0/0, target: foo-igw}
  private:
    vpc: foo
    subnets: [foo-private]
    routes:
      - {destination: 10.1.0.0/16, target: foo-bar}
      - {destination: 0.0.0.0/0, target: foo-nat}
  bar-table:
    vpc: bar
    subnets: [bar-private]
    routes:
      - {destination: 10.0.0.0/16, target: foo-bar}
security_groups:
  web-sg:
    vpc: foo
    ingress:
      - {protocol: tcp, port: 8080, cidr_blocks: [0.0.0.0/0]}
  app-sg:
    vpc: foo
    ingress:
      - {protocol: tcp, port: 8080, security_groups: [web-sg]}
      - {protocol: icmp, cidr_blocks: [10.0.0.0/8]}
      - {protocol: udp, cidr_blocks: [10.0.0.0/8]}
  bar-sg:
    vpc: bar
    ingress:
      - {protocol: all, cidr_blocks: [10.0.0.0/16]}
instances:
  web: {subnet: foo-public, private_ip: 10.0.0.10, vpc_security_groups: [web-sg], services: [app]}
  app: {subnet: foo-private, private_ip: 10.0.80.20, vpc_security_groups: [app-sg], services: [app]}
  db: {subnet: bar-private, private_ip: 10.1.80.20, vpc_security_groups: [bar-sg], services: [whoami]}
outputs:
  web_ip: \${instances.web.public_ip}
  app_ip: "[\${instances.app.public_ip}]"
`;

/** Replaces text in a fixture; throws when it is not there, so that no test passes because its change was lost. */
export function edit(text: string, ...changes: readonly (readonly [string, string])[]): string {
  return changes.reduce((current, [from, to]) => {
    if (!current.includes(from)) throw new Error(`not in the fixture: ${from}`);
    return current.replace(from, to);
  }, text);
}

/** Parses valid texts; throws with every fault otherwise. */
export function testFiles(networkText = testNetworkText, labText = testLabText): { lab: Lab; network: Network } {
  const { lab, network, faults } = validateTexts(labText, networkText);
  if (!lab || !network || faults.length > 0) throw new Error(faults.map(describeFault).join("\n"));
  return { lab, network };
}

/** The cloud of valid texts. */
export function testCloud(networkText = testNetworkText, labText = testLabText): Cloud {
  const { lab, network } = testFiles(networkText, labText);
  return resolveCloud(lab, network);
}

function describeFault(fault: Fault): string {
  return `${fault.file ?? ""}:${fault.line ?? ""} ${fault.path} ${fault.code}: ${fault.message}`;
}
