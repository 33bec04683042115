import type Docker from "dockerode";
import type { Readable } from "node:stream";
import { RempartError } from "../model/errors.ts";
import type { ContainerEvent } from "./containerEngine.ts";
import { guarded, toEngineError } from "./dockerErrors.ts";
import { readJsonLines } from "./streams.ts";

const actions = ["create", "start", "die", "destroy", "oom"] as const;

/**
 * Follows the events of containers that carry all the labels. Resolves when the signal aborts; throws
 * `machine.engine-unreachable` when the engine goes away, and the caller connects again.
 */
export async function followEvents(
  docker: Docker,
  labels: Readonly<Record<string, string>>,
  onEvent: (event: ContainerEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return;
  const stream = await guarded("follow events", async () => {
    const filters = { type: ["container"], event: [...actions], label: Object.entries(labels).map(([name, value]) => `${name}=${value}`) };
    return (await docker.getEvents({ filters: JSON.stringify(filters) })) as Readable;
  });
  const stop = (): void => void stream.destroy();
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  try {
    await readJsonLines(stream, (value) => {
      const event = parseEvent(value);
      if (event !== undefined) onEvent(event);
    });
  } catch (error) {
    if (!signal.aborted) throw toEngineError(error, "follow events");
  } finally {
    signal.removeEventListener("abort", stop);
  }
  if (!signal.aborted) throw new RempartError("machine.engine-unreachable", "The container engine ended its stream of events.", { kind: "machine" });
}

/** One message of the events stream as ours; undefined when it is of another form. */
export function parseEvent(value: unknown): ContainerEvent | undefined {
  if (typeof value !== "object" || value === null || !("Action" in value) || !("Actor" in value)) return undefined;
  const actor = value.Actor;
  if (typeof actor !== "object" || actor === null || !("ID" in actor)) return undefined;
  const labels: Record<string, string> = {};
  if ("Attributes" in actor && typeof actor.Attributes === "object" && actor.Attributes !== null) {
    for (const [name, text] of Object.entries(actor.Attributes)) labels[name] = String(text);
  }
  const action = actions.find((known) => known === value.Action) ?? "other";
  const nanoseconds = "timeNano" in value && typeof value.timeNano === "number" ? value.timeNano : Date.now() * 1e6;
  return { action, id: String(actor.ID), labels, timeMilliseconds: Math.round(nanoseconds / 1e6) };
}
