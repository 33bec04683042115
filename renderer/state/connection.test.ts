import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { RempartClient } from "../../playground/contract/contract.ts";
import type { Transport } from "../../playground/contract/frames.ts";
import { createMemoryTransportPair } from "../../playground/contract/memoryTransport.ts";
import { createFakeClient } from "../dev/fakeHost.ts";
import { onReturn, ReconnectingClient } from "./connection.ts";
import { formatRoute, parseRoute } from "./route.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A line that can be cut, with the fake engine behind each connection. */
function line(failures = 0) {
  const engines: Transport[] = [];
  const inner: RempartClient[] = [];
  let left = failures;
  const client = new ReconnectingClient(
    async () => {
      if (left-- > 0) throw new Error("nobody there");
      const [near, far] = createMemoryTransportPair();
      engines.push(far);
      return near;
    },
    () => {
      const made = createFakeClient({ pace: 0 });
      inner.push(made);
      return made;
    },
  );
  return { client, cut: () => engines.at(-1)?.close(), inner };
}

it("lets calls wait for the first connection", async () => {
  const { client } = line(2);
  const answer = client.call("system.info", {});
  await vi.advanceTimersByTimeAsync(2000);
  expect((await answer).version).toBe("0.1.0");
  expect(client.state.getState().connection).toBe("connected");
});

it("says when the connection is back", async () => {
  const { client, cut } = line(1);
  const back = vi.fn();
  const end = onReturn(client, back);
  await vi.advanceTimersByTimeAsync(10);
  // A first attempt that failed counts as lost: what was asked meanwhile is asked again.
  await vi.advanceTimersByTimeAsync(2000);
  expect(back).toHaveBeenCalledTimes(1);
  cut();
  await vi.advanceTimersByTimeAsync(5000);
  expect(back).toHaveBeenCalledTimes(2);
  end();
  cut();
  await vi.advanceTimersByTimeAsync(5000);
  expect(back).toHaveBeenCalledTimes(2);
  expect(onReturn(createFakeClient({ pace: 0 }), back)()).toBeUndefined();
});

it("connects again by itself and keeps its subscriptions", async () => {
  const { client, cut, inner } = line();
  const phases: string[] = [];
  client.on("lab.status", (status) => phases.push(status.phase));
  await vi.advanceTimersByTimeAsync(10);
  cut();
  await vi.advanceTimersByTimeAsync(1);
  expect(client.state.getState().connection).toBe("lost");
  await vi.advanceTimersByTimeAsync(5000);
  expect(client.state.getState().connection).toBe("connected");
  expect(inner).toHaveLength(2);
  const down = client.call("labs.down", { lab: "07-route-tables-gateways" });
  await vi.advanceTimersByTimeAsync(100);
  await down;
  expect(phases).toEqual(["stopping", "stopped"]);
});

it("gives up on a call after ten seconds without an engine", async () => {
  const { client } = line(1000);
  const answer = client.call("system.info", {}).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(11_000);
  expect(await answer).toMatchObject({ code: "connection.lost" });
  client.close();
});

it("keeps places in the address, and takes anything unknown for the library", () => {
  for (const hash of ["#/", "#/lab/07-route-tables", "#/setup", "#/settings"]) expect(formatRoute(parseRoute(hash))).toBe(hash);
  for (const hash of ["", "#/lab/", "#/lab/../etc", "#/nowhere"]) expect(parseRoute(hash)).toEqual({ screen: "library" });
});
