import { z } from "zod";
import { nodeStateSchema } from "../model/topology.ts";

const routeRowSchema = z.object({ destination: z.string(), target: z.string(), state: z.enum(["active", "blackhole", "planned", "missing"]) });
const networkAclRulesSchema = z.array(z.object({ number: z.number(), action: z.enum(["allow", "deny"]), protocol: z.string(), ports: z.string(), cidr: z.string() }));

export const nodeDetailSchema = z.object({
  name: z.string(),
  id: z.string(),
  kind: z.string(),
  role: z.string(),
  state: nodeStateSchema,
  interfaces: z.array(z.object({ id: z.string(), name: z.string(), address: z.string().optional(), publicAddress: z.string().optional(), observed: z.array(z.string()) })),
  routeTable: z.object({ name: z.string(), subnet: z.string(), routes: z.array(routeRowSchema), observedAt: z.string() }).optional(),
  securityGroups: z.array(
    z.object({
      name: z.string(),
      id: z.string(),
      ingress: z.array(z.object({ protocol: z.string(), ports: z.string(), peers: z.string(), description: z.string().optional() })),
      egress: z.array(z.object({ protocol: z.string(), ports: z.string(), peers: z.string(), description: z.string().optional() })),
    }),
  ),
  /** Of the machine's subnet, with its rules by number; absent where the default one lets everything pass. */
  networkAcl: z.object({ name: z.string(), id: z.string(), ingress: networkAclRulesSchema, egress: networkAclRulesSchema }).optional(),
  services: z.array(z.string()),
  memoryBytes: z.number().optional(),
  terminal: z.boolean(),
});
