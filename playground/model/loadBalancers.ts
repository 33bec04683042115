import { z } from "zod";
import { addressSchema, cidrSchema, nameSchema, tagsSchema } from "./networkBasics.ts";

/**
 * Application load balancers, with the attribute names of the AWS provider's `aws_lb`, `aws_lb_target_group`, `aws_lb_listener` and
 * `aws_lb_listener_rule`. What the schema cannot say is in validateLoadBalancers.ts.
 */
const listenerPortSchema = z.number().int().min(1).max(65535);
/** The protocol of a lab's balancer; HTTPS would need certificates that somebody vouches for. */
const protocolSchema = z.enum(["HTTP"]).default("HTTP");

export const subnetMappingSchema = z.strictObject({
  subnet: nameSchema,
  // AWS lets only a Network Load Balancer keep its addresses; those of an Application Load Balancer change, which no guide could write down.
  private_ipv4_address: addressSchema.optional().meta({ description: "When left out, the first free address from .4 on" }),
  elastic_ip: nameSchema.optional().meta({ description: "Public address of the balancer in this subnet; when left out, one of the lab's pool" }),
});

export const loadBalancerSchema = z.strictObject({
  internal: z.boolean().default(false).meta({ description: "true: only private addresses; false: internet-facing, with a public address in each subnet" }),
  security_groups: z.array(nameSchema).max(5).default([]).meta({ description: "When empty, the VPC's default group" }),
  subnets: z.array(nameSchema).default([]).meta({ description: "One subnet of each availability zone; short for subnet_mappings" }),
  subnet_mappings: z.array(subnetMappingSchema).default([]),
  idle_timeout: z.number().int().min(1).max(4000).default(60).meta({ description: "Seconds after which a connection on which nothing is sent is closed" }),
  tags: tagsSchema,
});

/** Defaults are those of the provider; its ranges those of AWS (CreateTargetGroup, Elastic Load Balancing API 2015-12-01). */
export const healthCheckSchema = z.strictObject({
  path: z.string().regex(/^\/[!-~]*$/, "a path starts with '/' and has no spaces").max(1024).default("/"),
  port: z.union([z.literal("traffic-port"), listenerPortSchema]).default("traffic-port").meta({ description: "Port that is asked; traffic-port: the one that the target serves on" }),
  protocol: protocolSchema,
  interval: z.number().int().min(5).max(300).default(30).meta({ description: "Seconds between two checks of a target" }),
  timeout: z.number().int().min(2).max(120).default(5).meta({ description: "Seconds without an answer that count as a failure; below interval" }),
  healthy_threshold: z.number().int().min(2).max(10).default(3).meta({ description: "Successes in a row that make an unhealthy target healthy" }),
  unhealthy_threshold: z.number().int().min(2).max(10).default(3).meta({ description: "Failures in a row that make a target unhealthy" }),
  matcher: z.union([z.string(), z.number().int()]).default("200").meta({ description: 'Status codes of a healthy answer: "200", "200,302" or "200-299"' }),
});

/** In the provider each target is a resource of its own, `aws_lb_target_group_attachment`. */
export const targetSchema = z.union([nameSchema, z.strictObject({ instance: nameSchema, port: listenerPortSchema.optional() })]);

export const targetGroupSchema = z.strictObject({
  vpc: nameSchema,
  port: listenerPortSchema.meta({ description: "Port on which the targets serve, unless a target says another" }),
  protocol: protocolSchema,
  deregistration_delay: z.number().int().min(0).max(3600).default(300).meta({ description: "Seconds that requests under way have to end when a target is taken out" }),
  health_check: healthCheckSchema.prefault({}),
  targets: z.array(targetSchema).max(100).default([]).meta({ description: "Instances, or { instance, port }" }),
  tags: tagsSchema,
});

const weightedGroupSchema = z.strictObject({ target_group: nameSchema, weight: z.number().int().min(0).max(999).default(1) });

export const redirectSchema = z.strictObject({
  protocol: z.enum(["HTTP", "HTTPS", "#{protocol}"]).default("#{protocol}"),
  host: z.string().min(1).max(128).regex(/^[!-~]+$/, "a host name has no spaces").default("#{host}"),
  port: z.union([z.literal("#{port}"), listenerPortSchema, z.string().regex(/^\d{1,5}$/)]).default("#{port}"),
  path: z.string().min(1).max(128).regex(/^\/[!-~]*$/, "a path starts with '/' and has no spaces").default("/#{path}"),
  query: z.string().max(128).regex(/^[!-~]*$/, "a query has no spaces").default("#{query}"),
  status_code: z.enum(["HTTP_301", "HTTP_302"]),
});

export const fixedResponseSchema = z.strictObject({
  content_type: z.enum(["text/plain", "text/css", "text/html", "application/javascript", "application/json"]),
  message_body: z.string().max(1024).default(""),
  status_code: z.union([z.string(), z.number().int()]).meta({ description: "2XX, 4XX or 5XX" }),
});

export const actionTypeSchema = z.enum(["forward", "redirect", "fixed-response"]);
export const actionSchema = z.strictObject({
  type: actionTypeSchema,
  target_group: nameSchema.optional().meta({ description: "Of forward, for one group; short for forward" }),
  forward: z.strictObject({ target_groups: z.array(weightedGroupSchema).min(1).max(5) }).optional(),
  redirect: redirectSchema.optional(),
  fixed_response: fixedResponseSchema.optional(),
});
export type Action = z.infer<typeof actionSchema>;

export const listenerSchema = z.strictObject({
  load_balancer: nameSchema,
  port: listenerPortSchema,
  protocol: protocolSchema,
  default_action: actionSchema.meta({ description: "What happens to a request that no rule matches" }),
  tags: tagsSchema,
});

const patterns = z.array(z.string().min(1).max(128)).min(1);
export const conditionSchema = z.strictObject({
  host_header: patterns.optional().meta({ description: 'Names, where * stands for any characters and ? for one: ["*.example.com"]' }),
  path_pattern: patterns.optional().meta({ description: 'Paths with small and capital letters apart, where * and ? stand for characters: ["/img/*"]' }),
  http_request_method: z.array(z.string().regex(/^[A-Z_-]{1,40}$/, "a method is in capital letters, for example GET")).min(1).optional(),
  source_ip: z.array(cidrSchema).min(1).optional(),
  http_header: z.strictObject({ http_header_name: z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,40}$/, "not the name of a header"), values: patterns }).optional(),
});
export type Condition = z.infer<typeof conditionSchema>;

export const listenerRuleSchema = z.strictObject({
  listener: nameSchema,
  priority: z.number().int().min(1).max(50_000).meta({ description: "Rules are tried from the lowest number on; the first whose conditions all hold decides" }),
  conditions: z.array(conditionSchema).min(1).meta({ description: "Each has one key; all of them must hold. Of its values one suffices" }),
  action: actionSchema,
  tags: tagsSchema,
});
