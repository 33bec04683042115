import { z } from "zod";

/** The picture of a lab as data: what the window draws and what Mermaid, DOT and SVG exports are made from. */
export const nodeStateSchema = z.enum(["absent", "starting", "running", "disconnected", "stopped"]);
export type NodeState = z.infer<typeof nodeStateSchema>;

export const topologyBoxSchema = z.object({
  id: z.string(),
  kind: z.enum(["internet", "vpc", "subnet", "zone", "switch", "cluster", "cluster-node", "namespace"]),
  name: z.string(),
  cidr: z.string().optional(),
  parent: z.string().optional(),
  isPublic: z.boolean().optional(),
  zone: z.string().optional(),
  resourceId: z.string().optional(),
  routeTable: z.string().optional(),
  networkAcl: z.string().optional(),
});
export const topologyNodeSchema = z.object({
  id: z.string(),
  kind: z.enum(["instance", "internet-host", "machine", "load-balancer", "internet-gateway", "nat-gateway", "peering-connection", "resolver", "cluster-node", "pod", "service", "ingress"]),
  role: z.string(),
  name: z.string(),
  address: z.string().optional(),
  publicAddress: z.string().optional(),
  parent: z.string().optional(),
  resourceId: z.string(),
  terminal: z.boolean(),
  securityGroups: z.array(z.string()).default([]),
  services: z.array(z.string()).default([]),
  /** What stands in the picture instead of a long name. */
  label: z.string().optional(),
  /** The cluster that a `cluster-node` is part of. */
  cluster: z.string().optional(),
});
export const topologyEdgeSchema = z.object({
  id: z.string(),
  kind: z.enum(["attachment", "peering", "cable", "route", "tunnel", "target", "endpoint", "traffic"]),
  from: z.string(),
  to: z.string(),
  label: z.string().optional(),
});
/** A hosted zone as the inspector tells of it. */
export const topologyZoneSchema = z.object({
  name: z.string(),
  resourceId: z.string(),
  domain: z.string(),
  /** Ids of the VPCs for which alone it is there; absent from a public zone. */
  vpcs: z.array(z.string()).optional(),
  /** One for each value; that of an alias follows what the alias names. */
  records: z.array(z.object({ name: z.string(), type: z.string(), ttl: z.number(), value: z.string(), alias: z.string().optional() })),
});
export const topologySchema = z.object({
  boxes: z.array(topologyBoxSchema),
  nodes: z.array(topologyNodeSchema),
  edges: z.array(topologyEdgeSchema),
  zones: z.array(topologyZoneSchema).optional(),
});
export type TopologyBox = z.infer<typeof topologyBoxSchema>;
export type TopologyNode = z.infer<typeof topologyNodeSchema>;
export type TopologyEdge = z.infer<typeof topologyEdgeSchema>;
export type TopologyZone = z.infer<typeof topologyZoneSchema>;
export type Topology = z.infer<typeof topologySchema>;
