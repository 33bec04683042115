import { createHash } from "node:crypto";
import { canonicalJson } from "./canonicalJson.ts";

/**
 * Events that each name the hash of the one before. An edit of one shows at it, and one that was removed, added or moved
 * shows at the next. Somebody who writes the whole chain anew is not found out by it: only a second run of the checks proves.
 */

/** What the first event of a chain names as the one before. */
export const firstPrevious = "0".repeat(64);

/** The place of an event in its chain. */
export interface Link {
  readonly n: number;
  readonly hash: string;
}

/** SHA-256, in hexadecimal, of the canonical JSON of an object without its own field `hash` or `seal`. Works on raw JSON. Throws `report.too-deep`. */
export function hashOf(value: Readonly<Record<string, unknown>>, field: "hash" | "seal" = "hash"): string {
  return createHash("sha256").update(canonicalJson({ ...value, [field]: undefined })).digest("hex");
}

/** Adds an event behind another, or makes it the first. */
export function chainEvent<Data extends { readonly type: string; readonly at: string }>(data: Data, before: Link | undefined): Data & { n: number; previous: string; hash: string } {
  const event = { ...data, n: before === undefined ? 0 : before.n + 1, previous: before?.hash ?? firstPrevious };
  return { ...event, hash: hashOf(event) };
}

/**
 * What is wrong with one event: `unreadable` it is no object with the fields of a link; `edited` its hash is not that of its content;
 * `broken-link` it does not name the one before; `number` it is not the next number; `time` it is earlier than the one before;
 * `start` the chain does not begin with `attempt.started`, or begins twice.
 */
export interface ChainFault {
  /** Place in the list, from 0. */
  readonly index: number;
  readonly kind: "unreadable" | "edited" | "broken-link" | "number" | "time" | "start";
}

/** Clocks are set back now and then, by a network's time or at the end of summer: an event may be so much earlier than the one before. */
const clockToleranceMilliseconds = 2 * 3600 * 1000;

/** Every fault of a chain, in its order; none when it is whole. Takes raw JSON. Throws `report.too-deep`. */
export function chainFaults(events: readonly unknown[]): ChainFault[] {
  const faults: ChainFault[] = [];
  let before: { hash: string; n: number; time: number } | undefined;
  events.forEach((event, index) => {
    const add = (kind: ChainFault["kind"]): number => faults.push({ index, kind });
    if (!isLink(event)) {
      add("unreadable");
      before = undefined;
      return;
    }
    const time = Date.parse(event.at);
    if (hashOf(event) !== event.hash) add("edited");
    // Behind an event that cannot be read there is nothing to compare with: that one is the fault.
    if (index === 0 ? event.previous !== firstPrevious : before !== undefined && event.previous !== before.hash) add("broken-link");
    if (index === 0 ? event.n !== 0 : before !== undefined && event.n !== before.n + 1) add("number");
    if (Number.isNaN(time) || (before !== undefined && time < before.time - clockToleranceMilliseconds)) add("time");
    if ((event.type === "attempt.started") !== (index === 0)) add("start");
    before = { hash: event.hash, n: event.n, time: Number.isNaN(time) ? (before?.time ?? 0) : time };
  });
  return faults;
}

function isLink(event: unknown): event is { n: number; at: string; type: string; previous: string; hash: string } {
  if (typeof event !== "object" || event === null || Array.isArray(event)) return false;
  const { n, at, type, previous, hash } = event as Record<string, unknown>;
  return typeof n === "number" && typeof at === "string" && typeof type === "string" && typeof previous === "string" && typeof hash === "string";
}
