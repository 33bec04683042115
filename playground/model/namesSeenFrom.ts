import type { Cloud, CloudNode } from "./cloud.ts";
import { formatAddress, type IpAddress, parseAddress } from "./ip.ts";

/**
 * The names that a machine resolves, with their addresses. As with the public DNS names of EC2 (VPC user guide, "DNS
 * attributes for your VPC"), an instance's name is its public address to who asks from the Internet, and its private one inside.
 */
export function namesSeenFrom(cloud: Cloud, node: CloudNode): Readonly<Record<string, string>> {
  if (node.kind !== "internet-host") return cloud.names;
  const publicNames = cloud.nodes.flatMap((other) => {
    const address = other.interfaces.find((entry) => entry.publicAddress)?.publicAddress;
    return address ? [[other.name, formatAddress(address)] as const] : [];
  });
  return { ...cloud.names, ...Object.fromEntries(publicNames) };
}

/** The address that a name or an address means to a machine; undefined when it means nothing. */
export function addressSeenFrom(cloud: Cloud, node: CloudNode, to: string): IpAddress | undefined {
  const names = namesSeenFrom(cloud, node);
  const resolver = cloud.nodes.find((other) => other.kind === "resolver" && other.name === to)?.interfaces[0]?.address;
  return resolver ?? parseAddress(Object.hasOwn(names, to) ? (names[to] ?? "") : to);
}
