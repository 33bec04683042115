import type { TopologyEdge, TopologyNode } from "../model/topology.ts";
import type { PlacedBox, PlacedLink, PlacedNode } from "./layoutTypes.ts";

/** Between the VPCs and the site that stands beside them. */
export const siteGap = 56;

/** Where a site's cable leaves the Internet: just below it, above the gateways' addresses. */
const bendDepth = 12;

/** Ids of the hosts of the Internet that are the router of a site: a cable of theirs ends in a switch. */
export function siteRouters(hosts: readonly TopologyNode[], isSwitch: ReadonlySet<string>, edges: readonly TopologyEdge[]): ReadonlySet<string> {
  const joined = edges.filter((edge) => edge.kind !== "route" && (isSwitch.has(edge.from) || isSwitch.has(edge.to))).flatMap((edge) => [edge.from, edge.to]);
  return new Set(hosts.map((host) => host.id).filter((id) => joined.includes(id)));
}

/** The cables from routers on the Internet down to the switches of their sites. */
export function siteLinks(routers: ReadonlySet<string>, edges: readonly TopologyEdge[], nodes: readonly PlacedNode[], boxes: readonly PlacedBox[]): PlacedLink[] {
  const internet = boxes.find((box) => box.kind === "internet");
  if (internet === undefined) return [];
  const bend = internet.y + internet.height + bendDepth;
  return edges.flatMap((edge): PlacedLink[] => {
    const router = [edge.from, edge.to].find((id) => routers.has(id));
    const host = nodes.find((node) => node.id === router);
    const box = boxes.find((candidate) => candidate.kind === "switch" && (candidate.id === edge.from || candidate.id === edge.to));
    if (host === undefined || box === undefined) return [];
    const x = host.x > box.x + 14 && host.x < box.x + box.width - 14 ? host.x : box.x + box.width / 2;
    const points = x === host.x ? [{ x, y: host.y }, { x, y: box.y }] : [{ x: host.x, y: host.y }, { x: host.x, y: bend }, { x, y: bend }, { x, y: box.y }];
    return [{ id: edge.id, kind: "cable", points, label: edge.label }];
  });
}
