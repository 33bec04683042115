import { expect, it } from "vitest";
import type { EventData } from "../../playground/contract/contract.ts";
import type { Packet } from "../../playground/model/packet.ts";
import { beginCapture, withName, withSeen } from "./watchedCapture.ts";

const packet = (number: number): Packet => ({ number, at: number, source: "10.0.0.1", destination: "10.0.0.2", protocol: "ICMP", bytes: 98, info: "echo" }) as Packet;
const seen = (capture: string, from: number, count: number, ended?: "stopped" | "time"): EventData<"packets.seen"> => ({
  lab: "lab", capture, packets: Array.from({ length: count }, (_, index) => packet(from + index)), total: from + count - 1, bytes: 98 * count, ...(ended === undefined ? {} : { ended }),
});
const begun = (capture: string) => ({ capture, seconds: 60, packets: 10_000 });

it("has its own first packets, which may come before its name, and no other's", () => {
  let capture = beginCapture("web");
  // The engine ends the capture before it, and says so, before it names this one.
  for (const event of [seen("old", 7, 2, "stopped"), seen("new", 1, 3)]) capture = withSeen(capture, event);
  expect(capture).toMatchObject({ id: undefined, packets: [], ended: undefined });
  capture = withName(capture, begun("new"));
  expect(capture).toMatchObject({ id: "new", total: 3, shown: 3, seconds: 60, ended: undefined, early: [] });
  capture = withSeen(withSeen(capture, seen("old", 9, 1)), seen("new", 4, 2));
  expect(capture.packets.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
});

it("keeps the newest rows, and nothing that comes after its end", () => {
  let capture = withName(beginCapture("web"), begun("new"));
  capture = withSeen(capture, seen("new", 1, 200));
  expect([capture.packets.length, capture.packets.at(-1)?.number, capture.shown, capture.total]).toEqual([150, 200, 200, 200]);
  capture = withSeen(capture, seen("new", 201, 0, "time"));
  expect(withSeen(capture, seen("new", 201, 5))).toBe(capture);
  expect(capture.ended).toBe("time");
});
