import { z } from "zod";
import { addressSchema, nameSchema } from "./network.ts";

/** A domain name in small letters without the dot at its end; "." is the root. */
export const domainNameSchema = z
  .string()
  .regex(/^(\.|[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?)*)$/, "not a domain name in small letters; expected for example www.example.com")
  .meta({ description: "Domain name without the dot at its end, for example example.com; the root is '.'" });

const ttlSchema = z.number().int().min(0).max(604_800);

export const recordTypeSchema = z.enum(["A", "AAAA", "CNAME", "TXT", "NS", "MX"]);
export type RecordType = z.infer<typeof recordTypeSchema>;

/** All records of one name and type, with the attribute names of the provider's `aws_route53_record`. */
export const recordSetSchema = z.strictObject({
  name: z.string().regex(/^(@|\*|(\*\.)?[a-z0-9_][a-z0-9_.-]*)$/).meta({ description: "Relative to the zone: www; '@' is the zone's own name" }),
  type: recordTypeSchema,
  ttl: ttlSchema.optional().meta({ description: "Seconds; the zone's when left out" }),
  records: z.array(z.string().min(1)).min(1),
});
export type RecordSet = z.infer<typeof recordSetSchema>;

/** A zone of the lab's own tree. Its parent in the lab delegates to it unless told otherwise. */
export const zoneSchema = z.strictObject({
  name_servers: z.record(domainNameSchema, nameSchema).meta({ description: "Name of each name server, and the host of the lab that it is" }),
  ttl: ttlSchema.default(300).meta({ description: "Seconds that a resolver may keep a record of this zone" }),
  negative_ttl: ttlSchema.default(30).meta({ description: "Seconds that a resolver may keep 'there is no such name'" }),
  delegated: z.boolean().default(true).meta({ description: "Whether the parent zone has the NS records and the glue of this one" }),
  records: z.array(recordSetSchema).default([]),
});
export type Zone = z.infer<typeof zoneSchema>;

/** The DNS of a lab: who serves which zone, and whom the machines on the lab's Internet ask. */
export const labDnsSchema = z.strictObject({
  resolver: nameSchema.optional().meta({ description: "Host whose address stands in /etc/resolv.conf of every host of the lab's Internet" }),
  zones: z.record(domainNameSchema, zoneSchema).default({}),
});
export type LabDns = z.infer<typeof labDnsSchema>;

export const dnsStatusSchema = z.enum(["NOERROR", "NXDOMAIN", "REFUSED", "SERVFAIL"]);
export type DnsStatus = z.infer<typeof dnsStatusSchema>;

/** What a `dns` check asks; the checks' common fields come with it in `lab.ts`. */
export const dnsQuestionFields = {
  name: domainNameSchema,
  type: z.enum([...recordTypeSchema.options, "SOA", "DS", "DNSKEY"]).default("A"),
  server: addressSchema.optional().meta({ description: "Whom to ask; the machine's own resolver when left out" }),
  recurse: z.boolean().default(true).meta({ description: "False for dig's +norecurse" }),
  dnssec: z.boolean().default(false).meta({ description: "True for dig's +dnssec" }),
  checking_disabled: z.boolean().default(false).meta({ description: "True for dig's +cdflag" }),
};

export const dnsExpectSchema = z.strictObject({
  status: dnsStatusSchema.optional(),
  answers: z.array(z.string()).optional().meta({ description: "Values of that type in the answer section, all of them, in any order; [] for none" }),
  authority: z.array(z.string()).optional().meta({ description: "Names of the NS records in the authority section, all of them" }),
  aa: z.boolean().optional().meta({ description: "Authoritative answer" }),
  ra: z.boolean().optional().meta({ description: "Recursion available" }),
  ad: z.boolean().optional().meta({ description: "Authenticated data" }),
  ttl: z.strictObject({ min: ttlSchema.optional(), max: ttlSchema.optional() }).optional().meta({ description: "Bounds of the answers' TTL, in seconds" }),
  result: z.literal("timeout").optional().meta({ description: "No answer at all" }),
  asked: z
    .array(nameSchema)
    .optional()
    .meta({ description: "Hosts that the resolver asks for the name, in order, when it knows nothing of its top-level domain: read from their query logs" }),
  asked_as_written_in: z.string().optional().meta({ description: "File in the node with the addresses of those servers, one a line, as the student predicts them" }),
  spared: nameSchema.optional().meta({ description: "Host that hears nothing of a second question, whose answer has a lower TTL" }),
});
