import { formatAddress, formatPrefix, nthAddress, parsePrefix, prefixesOverlap, prefixSize, subPrefix } from "./ip.ts";
import type { Lab } from "./lab.ts";
import { type Network, resourceKinds } from "./network.ts";

/** A name that nothing of the lab has yet: the word itself, or with a number. */
export function freeName(word: string, lab: Lab, network: Network): string {
  const taken = new Set([...resourceKinds.flatMap((kind) => Object.keys(network[kind])), ...Object.keys(lab.internet?.hosts ?? {}), ...Object.keys(lab.machines), ...lab.switches]);
  if (!taken.has(word)) return word;
  let number = 2;
  while (taken.has(`${word}-${number}`)) number++;
  return `${word}-${number}`;
}

/** The first 10.N.0.0/16 that no VPC and no Internet overlaps; undefined when all are taken. */
export function freeVpcBlock(lab: Lab, network: Network): string | undefined {
  const taken = [...Object.values(network.vpcs).map((vpc) => vpc.cidr_block), ...(lab.internet ? [lab.internet.cidr_block] : [])].flatMap((text) => parsePrefix(text) ?? []);
  const all = Array.from({ length: 256 }, (_, number) => parsePrefix(`10.${number}.0.0/16`));
  const free = all.find((block) => block && !taken.some((other) => prefixesOverlap(other, block)));
  return free && formatPrefix(free);
}

/** The first free block for a subnet: a /24, or a quarter of a VPC that is no larger than that; undefined when there is no room. */
export function freeSubnetBlock(network: Network, vpc: string): string | undefined {
  const whole = parsePrefix(network.vpcs[vpc]?.cidr_block ?? "");
  if (!whole || whole.family !== 4 || whole.length > 26) return undefined;
  const moreBits = whole.length < 24 ? 24 - whole.length : 2;
  const taken = Object.values(network.subnets).filter((subnet) => subnet.vpc === vpc).flatMap((subnet) => parsePrefix(subnet.cidr_block) ?? []);
  for (let number = 0; number < 2 ** moreBits; number++) {
    const block = subPrefix(whole, moreBits, number);
    if (!taken.some((other) => prefixesOverlap(other, block))) return formatPrefix(block);
  }
  return undefined;
}

/** An address on the lab's Internet that no host and no elastic IP has: from .80 on, below those that come by themselves. */
export function freeInternetAddress(lab: Lab, network: Network): string | undefined {
  const whole = parsePrefix(lab.internet?.cidr_block ?? "203.0.113.0/24");
  if (!whole) return undefined;
  const taken = new Set([...Object.values(lab.internet?.hosts ?? {}).map((host) => host.address), ...Object.values(network.elastic_ips).flatMap((ip) => ip.public_ip ?? [])]);
  for (let number = 80n; number < prefixSize(whole) / 2n; number++) {
    const address = formatAddress(nthAddress(whole, number));
    if (!taken.has(address)) return address;
  }
  return undefined;
}
