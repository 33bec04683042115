import type { Allocation } from "./addresses.ts";
import type { CloudNode, NetworkInterface } from "./cloud.ts";
import { servicePorts } from "./cloud.ts";
import { resourceId } from "./ids.ts";
import type { Lab } from "./lab.ts";
import type { Network } from "./network.ts";
import { parsedPrefix } from "./parsed.ts";
import { hasPrivateZone, resolverAddress, resolverName } from "./vpcResolver.ts";
import { vpcResolverFiles } from "./vpcResolverFiles.ts";

/**
 * The resolvers of the VPCs that have private zones: machines that nobody declares. Where the lab has DNS, each has a second interface, on the
 * lab's Internet: as in AWS it asks there whatever route tables and gateways its VPC has.
 */
export function resolveVpcResolvers(lab: Lab, network: Network, allocation: Allocation): CloudNode[] {
  return Object.entries(network.vpcs)
    .filter(([vpc]) => hasPrivateZone(network, vpc))
    .map(([vpc, { cidr_block }]): CloudNode => {
      const name = resolverName(vpc);
      const prefix = parsedPrefix(cidr_block);
      const common = { gateway: undefined, publicAddress: undefined, securityGroups: [] };
      const inside: NetworkInterface = { id: resourceId(lab.id, "interfaces", `${name}/eth0`), name: "eth0", attachment: { kind: "vpc", vpc }, address: resolverAddress(prefix), prefixLength: prefix.length, ...common };
      const address = allocation.resolvers.get(vpc);
      const outside: NetworkInterface[] = address && lab.internet ? [{ id: resourceId(lab.id, "interfaces", `${name}/eth1`), name: "eth1", attachment: { kind: "internet" }, address, prefixLength: parsedPrefix(lab.internet.cidr_block).length, ...common }] : [];
      return {
        name,
        id: resourceId(lab.id, "resolvers", vpc),
        kind: "resolver",
        role: "resolver",
        image: "instance",
        interfaces: [inside, ...outside],
        sourceDestCheck: true,
        services: ["resolver"],
        listens: servicePorts.resolver,
        keyPair: undefined,
        holdsKeyPair: undefined,
        userData: "",
        capabilities: [],
        devices: [],
        files: vpcResolverFiles(lab, vpc, prefix),
        resolver: undefined,
        terminal: false,
      };
    });
}
