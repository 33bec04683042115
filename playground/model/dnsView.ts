import { z } from "zod";
import { localizedSchema } from "./lab.ts";

/** One end of a question: the machine, where the lab has one with that address. */
export const dnsPartySchema = z.object({ node: z.string().optional(), address: z.string() });
export type DnsParty = z.infer<typeof dnsPartySchema>;

/** What a resolver asked somebody else because it was asked itself. */
export const dnsAskSchema = z.object({
  at: z.iso.datetime(),
  from: dnsPartySchema,
  to: dnsPartySchema,
  name: z.string(),
  type: z.string(),
  /** Why it came to nothing, in the resolver's own words: "connection refused". */
  failure: z.string().optional(),
});
export type DnsAsk = z.infer<typeof dnsAskSchema>;

/**
 * Where an answer came from. `authority`: from the server's own zones. `cache`: from a resolver's memory. `asked`: a resolver asked others first.
 * `shared`: a resolver was asking already, for somebody else. `failed`: a resolver had no answer, and asked nobody.
 * `pending`: the logs do not tell yet whether it is asking somebody who does not answer.
 */
export const dnsOutcomeSchema = z.enum(["authority", "cache", "asked", "shared", "failed", "pending"]);
export type DnsOutcome = z.infer<typeof dnsOutcomeSchema>;

/** A question as a server's log has it, with those that it caused. */
export const dnsQuestionSchema = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  from: dnsPartySchema,
  to: dnsPartySchema,
  name: z.string(),
  type: z.string(),
  /** False for dig's +norecurse. */
  recursive: z.boolean(),
  outcome: dnsOutcomeSchema,
  /** As far as the server's log tells it: BIND's names failures alone. */
  code: z.string().optional(),
  milliseconds: z.number().optional(),
  asked: z.array(dnsAskSchema),
  /** `rempart`: a check, or this view, asked it; told apart by what was run when and where, nothing on the wire differs. */
  by: z.enum(["machine", "rempart"]),
});
export type DnsQuestion = z.infer<typeof dnsQuestionSchema>;

/** A machine that answers questions, and whether its log can be read. */
export const dnsServerSchema = z.object({ node: z.string(), kind: z.enum(["resolver", "name-server"]), hasLog: z.boolean() });
export type DnsServer = z.infer<typeof dnsServerSchema>;

/** As many questions are kept and shown. */
export const keptQuestions = 500;

/** A name server of a zone, as its parent and as the zone itself name it, and whether it answers. */
export const dnsZoneServerSchema = z.object({
  name: z.string(),
  address: z.string().optional(),
  node: z.string().optional(),
  atParent: z.boolean(),
  atChild: z.boolean(),
  /** The parent gives its address along. */
  hasGlue: z.boolean(),
  /** `lame`: it answers, but not for this zone. `no-address`: nobody can find it. */
  state: z.enum(["answers", "lame", "silent", "no-address"]),
});
export type DnsZoneServer = z.infer<typeof dnsZoneServerSchema>;

/**
 * `secure`: signed, and the chain is whole up to the root. `island`: signed, but the parent has no DS. `orphan`: parent and zone agree, but the chain
 * ends further up. `bogus`: the parent has a DS to which no key of the zone fits.
 */
export const dnsSecuritySchema = z.enum(["unsigned", "secure", "island", "orphan", "bogus"]);
export type DnsSecurity = z.infer<typeof dnsSecuritySchema>;

/** One zone of the tree, as the servers answered. */
export const dnsZoneSchema = z.object({
  name: z.string(),
  /** The zone above; absent for the root. */
  parent: z.string().optional(),
  /** The parent names servers for it, or serves it itself. */
  isDelegated: z.boolean(),
  servers: z.array(dnsZoneServerSchema),
  /** Machines that answer for it with authority, named or not. */
  servedBy: z.array(z.string()),
  security: dnsSecuritySchema,
  /** Tags of the keys that the parent's DS records and the zone's DNSKEY records are about. */
  dsTags: z.array(z.number()),
  keyTags: z.array(z.number()),
  /** What is not as it should be, in words. */
  faults: z.array(localizedSchema),
});
export type DnsZone = z.infer<typeof dnsZoneSchema>;

/** The tree as it was at a moment, seen from a machine. */
export const dnsTreeSchema = z.object({ at: z.iso.datetime(), from: z.string(), zones: z.array(dnsZoneSchema) });
export type DnsTree = z.infer<typeof dnsTreeSchema>;

/** What a name leads to for one machine. */
export const dnsNameSchema = z.object({
  name: z.string(),
  /** The type asked for. */
  type: z.string(),
  /** `hosts`: /etc/hosts, which programs read first. `resolver`: whom the machine asks. */
  source: z.enum(["hosts", "resolver"]),
  /** Of the resolver's answer. */
  code: z.string().optional(),
  /** In the order of the answer: an alias comes before what it leads to. */
  records: z.array(z.object({ type: z.string(), value: z.string(), ttl: z.number().optional(), node: z.string().optional() })),
  /** The resolver answers from its own zone, and not for somebody else. */
  isAuthoritative: z.boolean(),
});
export type DnsName = z.infer<typeof dnsNameSchema>;

/** Names as one machine sees them; `resolver` is absent where it has none, and `isSilent` says that it does not answer. */
export const dnsNamesSchema = z.object({ at: z.iso.datetime(), node: z.string(), resolver: dnsPartySchema.optional(), isSilent: z.boolean(), names: z.array(dnsNameSchema) });
export type DnsNames = z.infer<typeof dnsNamesSchema>;

/** A name as it may be asked for. */
export const askedNameSchema = z.string().regex(/^(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})(\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,62}))*\.?$/);
