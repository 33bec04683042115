import { z } from "zod";

/** A packet that was captured, decoded into one line. Ports only where it has them. */
export const packetSchema = z.object({
  /** Place in its capture, from 1. */
  number: z.number().int(),
  /** Milliseconds since the capture's first packet. */
  at: z.number(),
  source: z.string(),
  destination: z.string(),
  sourcePort: z.number().int().optional(),
  destinationPort: z.number().int().optional(),
  /** As in Wireshark's column of the same name. */
  protocol: z.string(),
  /** What it says, in the protocol's own words: `SYN`, `GET / HTTP/1.1`, `A? www.example.com`. */
  info: z.string(),
  /** On the wire. */
  bytes: z.number().int(),
});
export type Packet = z.infer<typeof packetSchema>;
