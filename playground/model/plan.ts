import { z } from "zod";

/** The difference between the cloud that runs and the one that `network.yml` describes, resource by resource. */
export const attributeChangeSchema = z.object({ path: z.string(), before: z.string().optional(), after: z.string().optional(), forcesReplacement: z.boolean() });
export const planChangeSchema = z.object({
  action: z.enum(["create", "change", "replace", "destroy"]),
  kind: z.string(),
  name: z.string(),
  id: z.string(),
  attributes: z.array(attributeChangeSchema),
});
export const planSchema = z.object({
  changes: z.array(planChangeSchema),
  create: z.number().int(),
  change: z.number().int(),
  replace: z.number().int(),
  destroy: z.number().int(),
});
export type AttributeChange = z.infer<typeof attributeChangeSchema>;
export type PlanChange = z.infer<typeof planChangeSchema>;
export type Plan = z.infer<typeof planSchema>;
