import { z } from "zod";
import { formatPrefix, parseAddress, parseLoosePrefix, parsePrefix } from "./ip.ts";

/** Names of resources: what is legal as a host name label (RFC 1123), so that a name can be one. */
export const nameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,40}$/, "a name starts with a lower-case letter and holds lower-case letters, digits and '-' (at most 41)");

export const cidrSchema = z
  .string()
  .refine((text) => parseLoosePrefix(text) !== undefined, "not a CIDR block; expected for example 10.0.0.0/16")
  .superRefine((text, context) => {
    const loose = parseLoosePrefix(text);
    if (loose && !parsePrefix(text)) {
      context.addIssue({ code: "custom", message: `host bits are set; the network is ${formatPrefix(loose)}` });
    }
  })
  .meta({ description: "CIDR block, for example 10.0.0.0/16" });

export const addressSchema = z
  .string()
  .refine((text) => parseAddress(text) !== undefined, "not an IP address; expected for example 10.0.0.10")
  .meta({ description: "IP address, for example 10.0.0.10" });

export const portSchema = z.number().int().min(0).max(65535);
export const tagsSchema = z.record(z.string().max(128), z.string().max(256)).default({});
