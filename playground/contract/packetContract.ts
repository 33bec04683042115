import { z } from "zod";
import { packetSchema } from "../model/packet.ts";
import { labId } from "./labStatus.ts";
import { method } from "./method.ts";

/** Live packets; part of the contract in `contract.ts`. */

const capture = z.object({ capture: z.string() });

/** Why a capture ended: asked for, after its time, with as much as it keeps, or because the machine or the wiring is gone. */
export const captureEndSchema = z.enum(["stopped", "time", "full", "lost"]);
export type CaptureEnd = z.infer<typeof captureEndSchema>;

export const packetMethods = {
  /**
   * Captures at a machine, a VPC's router, a NAT gateway or the lab's Internet (`internet`), until it is stopped, its time is over or it is full. Each lab has one
   * at a time: a new one ends the one before. What is seen comes as events `packets.seen`. Fails with `lab.not-running`, `input.unknown-node`, `lab.node-not-running`.
   */
  "packets.start": method(z.object({ lab: labId, node: z.string() }), z.object({ capture: z.string(), seconds: z.number(), packets: z.number() })),
  "packets.stop": method(capture, z.object({})),
  /** Writes the capture to the student's folder and opens it in Wireshark, where this computer has it. Fails with `packets.gone`. */
  "packets.open": method(capture, z.object({ opened: z.boolean(), file: z.string() })),
  /** What was captured so far, as a file that Wireshark reads. Fails with `packets.gone`. */
  "packets.file": method(capture, z.object({ name: z.string(), pcap: z.base64() })),
} as const;

export const packetEvents = {
  /** A sample of what passed since the last event, and how many there were in all. The last one says why it ended. */
  "packets.seen": z.object({ lab: labId, capture: z.string(), packets: z.array(packetSchema), total: z.number().int(), bytes: z.number().int(), ended: captureEndSchema.optional() }),
} as const;
