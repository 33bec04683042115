import { type IpAddress, type IpPrefix, nthAddress } from "./ip.ts";
import type { Network } from "./network.ts";

/**
 * A VPC's own resolver, after the VPC user guide ("Understanding Amazon DNS") and the Route 53 developer guide ("Working with
 * private hosted zones"): at the base of the VPC's range plus two, it answers for the private zones of its VPC and asks the
 * Internet's name servers for everything else. Here a VPC has it as soon as there is a private zone for it.
 */

/** Name of the node that the resolver of a VPC is. */
export const resolverName = (vpc: string): string => `resolver-${vpc}`;

/** The base of the VPC's range plus two. No interface can have it: where it lies in a subnet, it is one of the reserved addresses. */
export const resolverAddress = (prefix: IpPrefix): IpAddress => nthAddress(prefix, 2);

/** Whether a private zone names the VPC. */
export const hasPrivateZone = (network: Pick<Network, "hosted_zones">, vpc: string): boolean => Object.values(network.hosted_zones).some((zone) => zone.vpcs?.includes(vpc) === true);
