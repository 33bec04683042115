import type { NetworkInterface } from "../model/cloud.ts";

/**
 * Names inside the lab's wiring. Linux allows 15 characters for an interface, so interfaces are named after the resource's
 * id, which is stable, and not after its name, which may be long.
 */

/** The VPC router's side of an elastic network interface: `e` and ten hexadecimal digits of its id. */
export function portName(networkInterface: Pick<NetworkInterface, "id">): string {
  return shortName("e", networkInterface.id);
}

/** Prefix letter and ten digits of a resource id such as `pcx-0123456789abcdef0`. */
export function shortName(prefix: string, id: string): string {
  return `${prefix}${id.slice(id.indexOf("-") + 1).slice(0, 10)}`;
}

/** The cable of a machine's interface in the lab's wiring. */
export const linkId = (node: string, interfaceName: string): string => `${node}:${interfaceName}`;

export const internetNamespace = "inet";
export const vpcNamespace = (vpc: string): string => `vpc-${vpc}`;
export const natNamespace = (natGateway: string): string => `nat-${natGateway}`;
export const switchNamespace = (name: string): string => `sw-${name}`;

/** The router's side of the link to the lab's Internet. */
export const internetGatewayPort = "igw";
/** The bridge in a switch's namespace. */
export const switchBridge = "br0";

/** Table with the VPC's own interfaces: what the route target `local` means. */
export const localTable = 99;
/** Table with the way to the VPC's own resolver, which comes before every route table. */
export const resolverTable = 98;
/** First table number of the VPC's route tables; they are numbered in order. */
export const firstRouteTable = 101;

/** Link-local addresses (RFC 3927) of the two ends of router-to-router link number `index`: a /30 each. */
export function linkAddresses(index: number): { readonly near: string; readonly far: string } {
  const base = 4 * index;
  const text = (offset: number): string => `169.254.${128 + Math.floor((base + offset) / 256)}.${(base + offset) % 256}`;
  return { near: text(1), far: text(2) };
}
