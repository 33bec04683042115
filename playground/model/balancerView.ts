import { z } from "zod";

/** States and reasons of a target, in the words of AWS (TargetHealth of the Elastic Load Balancing API). */
export const targetStateSchema = z.enum(["initial", "healthy", "unhealthy", "unused", "draining", "unavailable"]);
export type TargetState = z.infer<typeof targetStateSchema>;
export const targetReasonSchema = z.enum([
  "Elb.InitialHealthChecking",
  "Target.ResponseCodeMismatch",
  "Target.Timeout",
  "Target.FailedHealthChecks",
  "Target.NotInUse",
  "Target.InvalidState",
  "Target.DeregistrationInProgress",
  "Elb.InternalError",
]);
export type TargetReason = z.infer<typeof targetReasonSchema>;

export const targetViewSchema = z.object({
  instance: z.string(),
  port: z.number(),
  address: z.string().optional(),
  state: targetStateSchema,
  reason: targetReasonSchema.optional(),
  /** Status codes that the last checks got, where these are the reason. */
  codes: z.string().optional(),
});
export type TargetView = z.infer<typeof targetViewSchema>;

const actionViewSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("forward"), targetGroups: z.array(z.object({ name: z.string(), weight: z.number() })) }),
  z.object({ type: z.literal("redirect"), status: z.number(), location: z.string() }),
  z.object({ type: z.literal("fixed-response"), status: z.number(), contentType: z.string() }),
]);
export type ActionView = z.infer<typeof actionViewSchema>;

export const balancerViewSchema = z.object({
  name: z.string(),
  id: z.string(),
  dnsName: z.string(),
  isInternal: z.boolean(),
  /** Its nodes' machines. */
  nodes: z.array(z.string()),
  listeners: z.array(
    z.object({
      name: z.string(),
      id: z.string(),
      protocol: z.string(),
      port: z.number(),
      /** In the order in which they are tried; the last one, without a name, is the default action. */
      rules: z.array(z.object({ name: z.string().optional(), priority: z.number().optional(), conditions: z.array(z.object({ key: z.string(), values: z.array(z.string()) })), action: actionViewSchema })),
    }),
  ),
});
export type BalancerView = z.infer<typeof balancerViewSchema>;

export const targetGroupViewSchema = z.object({
  name: z.string(),
  id: z.string(),
  /** Absent where no listener sends to it. */
  loadBalancer: z.string().optional(),
  protocol: z.string(),
  port: z.number(),
  deregistrationDelay: z.number(),
  healthCheck: z.object({ path: z.string(), port: z.number().optional(), interval: z.number(), timeout: z.number(), healthyThreshold: z.number(), unhealthyThreshold: z.number(), matcher: z.string() }),
  targets: z.array(targetViewSchema),
});
export type TargetGroupView = z.infer<typeof targetGroupViewSchema>;

/** All load balancers of a lab, and the health of their targets as it was observed. */
export const balancersViewSchema = z.object({ loadBalancers: z.array(balancerViewSchema), targetGroups: z.array(targetGroupViewSchema) });
export type BalancersView = z.infer<typeof balancersViewSchema>;
