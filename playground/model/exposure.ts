import { z } from "zod";
import { pathVerdictSchema } from "./path.ts";

/** What a scan says of a port. `filtered` is silence; of UDP silence may also mean that somebody listens: `open|filtered`. */
export const portStateSchema = z.enum(["open", "closed", "filtered", "open|filtered", "unfiltered"]);
export type PortState = z.infer<typeof portStateSchema>;

/** Ports of one address that were found alike; an open port always stands alone. */
export const exposureRowSchema = z.object({
  protocol: z.enum(["tcp", "udp"]),
  /** As nmap writes them: `22`, `1-21,23-79`. Empty where the measurement does not say which. */
  ports: z.string(),
  count: z.number().int(),
  state: portStateSchema,
  /** Why nmap says so, in its own word: `syn-ack`, `reset`, `conn-refused`, `no-response`. */
  reason: z.string(),
  /** What usually is behind that number; nobody asked the port. */
  service: z.string().optional(),
  predicted: pathVerdictSchema.optional(),
  /** Absent where nothing was predicted, or where silence says nothing. */
  agrees: z.boolean().optional(),
  /** The rule, route or service that decides by the model; see `reasonText`. */
  why: z.object({ reason: z.string(), values: z.record(z.string(), z.string()), decidedBy: z.string().optional() }).optional(),
});
export type ExposureRow = z.infer<typeof exposureRowSchema>;

export const exposedAddressSchema = z.object({
  address: z.string(),
  /** Who has it: the name of a machine or NAT gateway. */
  holder: z.string(),
  /** Id of the holder in the picture, and of the internet gateway at which a public address lives. */
  element: z.string(),
  gateway: z.string().optional(),
  rows: z.array(exposureRowSchema),
});
export type ExposedAddress = z.infer<typeof exposedAddressSchema>;

/** One measurement: what answers somebody who knocks at every door from one machine. */
export const exposureSchema = z.object({
  /** Machine that was scanned from. */
  from: z.string(),
  at: z.string(),
  milliseconds: z.number(),
  /** What a student could type there to see the same. */
  command: z.string(),
  /** `connect`: the machine may not send raw packets, so UDP was not asked. */
  method: z.enum(["syn", "connect"]),
  /** The network changed since: what it says was before the last change. */
  isStale: z.boolean(),
  addresses: z.array(exposedAddressSchema),
  /** Addresses for which there was no room. */
  left: z.number().int().default(0),
});
export type Exposure = z.infer<typeof exposureSchema>;

/** The open ports of one place of the picture, smallest number first; undefined where nothing of it was asked. */
export interface PlaceExposure {
  readonly open: readonly string[];
  /** Rows in which prediction and observation differ. */
  readonly differing: number;
}

/** `5432` for TCP, `53/udp` for UDP: what a badge shows. */
export function portName(row: Pick<ExposureRow, "protocol" | "ports">): string {
  return row.protocol === "udp" ? `${row.ports}/udp` : row.ports;
}

/** What was found at an element of the picture: all addresses of a machine together. */
export function exposureAt(exposure: Exposure, element: string): PlaceExposure | undefined {
  return placeOf(exposure.addresses.filter((one) => one.element === element));
}

/** What was found at one address. */
export function exposureOf(exposure: Exposure, address: string): PlaceExposure | undefined {
  return placeOf(exposure.addresses.filter((one) => one.address === address));
}

function placeOf(addresses: readonly ExposedAddress[]): PlaceExposure | undefined {
  if (addresses.length === 0) return undefined;
  const rows = addresses.flatMap((one) => one.rows);
  const open = rows.filter((row) => row.state === "open").sort((one, other) => Number(one.ports) - Number(other.ports));
  return { open: [...new Set(open.map(portName))], differing: rows.filter((row) => row.agrees === false).length };
}

/** How many doors are open at how many addresses, and how many rows differ from the prediction. */
export function countExposure(exposure: Exposure): { ports: number; addresses: number; differing: number } {
  const places = exposure.addresses.map((one) => placeOf([one])).filter((place) => place !== undefined);
  return {
    ports: places.reduce((sum, place) => sum + place.open.length, 0),
    addresses: places.filter((place) => place.open.length > 0).length,
    differing: places.reduce((sum, place) => sum + place.differing, 0),
  };
}

/** What a difference between prediction and observation means, as a code that each window translates. */
export type DifferenceCode = "unexpected-service" | "missing-service" | "unexpected-answer" | "unexpected-silence";

/** Undefined where the row does not differ. */
export function differenceOf(row: Pick<ExposureRow, "state" | "predicted" | "agrees">): DifferenceCode | undefined {
  if (row.agrees !== false) return undefined;
  if (row.state === "filtered") return "unexpected-silence";
  if (row.predicted === "timeout") return "unexpected-answer";
  return row.state === "open" ? "unexpected-service" : "missing-service";
}
