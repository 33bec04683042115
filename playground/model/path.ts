import { z } from "zod";

/** One question about reachability. `to` is a node's name, an address, or a public address. Port only for tcp and udp. */
export const pathQuestionSchema = z.object({
  from: z.string(),
  to: z.string(),
  protocol: z.enum(["tcp", "udp", "icmp"]).default("tcp"),
  port: z.number().int().min(1).max(65535).optional(),
});
export type PathQuestion = z.infer<typeof pathQuestionSchema>;

/**
 * Where the packet is, and what was decided there. `decidedBy` is the route or rule in the form in which the student wrote it,
 * `reason` a code that the window translates, `values` what goes into the translated sentence.
 */
export const pathHopSchema = z.object({
  direction: z.enum(["forward", "return"]),
  /** Name of the node, subnet, route table, gateway, security group or network ACL. */
  at: z.string(),
  kind: z.enum(["node", "source-check", "route-table", "security-group", "network-acl", "internet-gateway", "nat-gateway", "peering-connection", "internet", "switch", "resolver", "service"]),
  outcome: z.enum(["pass", "translate", "drop", "refuse", "deliver"]),
  decidedBy: z.string().optional(),
  reason: z.string(),
  values: z.record(z.string(), z.string()).default({}),
  /** Addresses of the packet as it leaves this hop. */
  source: z.string(),
  destination: z.string(),
  /** Ids of topology elements that the hop lights up. */
  elements: z.array(z.string()).default([]),
});
export type PathHop = z.infer<typeof pathHopSchema>;

/** `open`: a connection is made (or an echo answered); `refused`: an answer says no; `timeout`: silence; `unknown`: beyond the model. */
export const pathVerdictSchema = z.enum(["open", "refused", "timeout", "unknown"]);
export type PathVerdict = z.infer<typeof pathVerdictSchema>;

export const pathPredictionSchema = z.object({ question: pathQuestionSchema, verdict: pathVerdictSchema, hops: z.array(pathHopSchema) });
export type PathPrediction = z.infer<typeof pathPredictionSchema>;

export const pathObservationSchema = z.object({
  verdict: z.enum(["open", "refused", "timeout"]),
  command: z.string(),
  output: z.string(),
  milliseconds: z.number(),
});
export type PathObservation = z.infer<typeof pathObservationSchema>;
