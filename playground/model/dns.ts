import { z } from "zod";
import { addressSchema, nameSchema } from "./networkBasics.ts";
import { domainNameSchema, recordSetSchema, recordTypeSchema, ttlSchema } from "./records.ts";

/** A zone of the lab's own tree. Its parent in the lab delegates to it unless told otherwise. */
export const zoneSchema = z.strictObject({
  name_servers: z.record(domainNameSchema, nameSchema).meta({ description: "Name of each name server, and the host of the lab that it is" }),
  ttl: ttlSchema.default(300).meta({ description: "Seconds that a resolver may keep a record of this zone" }),
  negative_ttl: ttlSchema.default(30).meta({ description: "Seconds that a resolver may keep 'there is no such name'" }),
  delegated: z.boolean().default(true).meta({ description: "Whether the parent zone has the NS records and the glue of this one" }),
  updates_from: nameSchema.optional().meta({ description: "Host whose dynamic updates (RFC 2136) the zone takes: a registrar at its registry" }),
  dnssec: z.boolean().default(false).meta({ description: "Whether its name server signs it (BIND, from the first boot on), and a signed parent has its DS record" }),
  records: z.array(recordSetSchema).default([]),
});
export type Zone = z.infer<typeof zoneSchema>;

/** The DNS of a lab: who serves which zone, and whom the machines on the lab's Internet ask. */
export const labDnsSchema = z.strictObject({
  resolver: nameSchema.optional().meta({ description: "Host whose address stands in /etc/resolv.conf of every host of the lab's Internet: of the service dns (BIND) or resolver (unbound)" }),
  dnssec_validation: z.boolean().default(false).meta({ description: "Whether the resolver (of the service resolver) checks signatures, from the key of the lab's root down" }),
  zones: z.record(domainNameSchema, zoneSchema).default({}),
  hosted_zone_name_servers: z
    .record(domainNameSchema, nameSchema)
    .default({})
    .meta({ description: "Name servers of every hosted zone of network.yml, and the host of the lab that each is" }),
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
