import { z } from "zod";

/** A domain name in small letters without the dot at its end; "." is the root. */
export const domainNameSchema = z
  .string()
  .regex(/^(\.|[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?)*)$/, "not a domain name in small letters; expected for example www.example.com")
  .meta({ description: "Domain name without the dot at its end, for example example.com; the root is '.'" });

export const ttlSchema = z.number().int().min(0).max(604_800);

export const recordTypeSchema = z.enum(["A", "AAAA", "CNAME", "TXT", "NS", "MX"]);
export type RecordType = z.infer<typeof recordTypeSchema>;

const recordNameSchema = z.string().regex(/^(@|\*|(\*\.)?[a-z0-9_][a-z0-9_.-]*)$/).meta({ description: "Relative to the zone: www; '@' is the zone's own name" });

/** All records of one name and type, with the attribute names of the provider's `aws_route53_record`. */
export const recordSetSchema = z.strictObject({
  name: recordNameSchema,
  type: recordTypeSchema,
  ttl: ttlSchema.optional().meta({ description: "Seconds; the zone's when left out" }),
  records: z.array(z.string().min(1)).min(1),
});
export type RecordSet = z.infer<typeof recordSetSchema>;

/** A record set of a hosted zone: values, or an alias that follows a resource. */
export const hostedRecordSetSchema = z.strictObject({
  name: recordNameSchema,
  type: recordTypeSchema,
  ttl: ttlSchema.optional().meta({ description: "Seconds that a resolver may keep it; 300 when left out. An alias has none of its own" }),
  records: z.array(z.string().min(1)).min(1).optional().meta({ description: "Values; may name resources, as in ${instances.web.public_ip}" }),
  alias: z.string().min(1).optional().meta({ description: "Name of an instance or a load balancer whose address the record has, whatever it becomes: the public one, or in a private zone the private one; instead of ttl and records" }),
});
export type HostedRecordSet = z.infer<typeof hostedRecordSetSchema>;
