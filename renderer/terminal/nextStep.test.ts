import { describe, expect, it } from "vitest";
import { EarlyEvents } from "./earlyEvents.ts";
import { nextStep } from "./nextStep.ts";

describe("a machine's terminal", () => {
  const shown = { node: "laptop", isShown: true };

  it("opens by itself once the lab runs, and not before", () => {
    for (const phase of [undefined, "stopped", "starting", "stopping"] as const) expect(nextStep({ ...shown, state: "idle" }, phase)).toBe("none");
    for (const phase of ["running", "applying", "broken"] as const) expect(nextStep({ ...shown, state: "idle" }, phase)).toBe("open");
  });

  it("waits to be shown", () => {
    expect(nextStep({ ...shown, isShown: false, state: "idle" }, "running")).toBe("none");
  });

  it("is parked when it ends with its lab, shown or not", () => {
    for (const phase of ["stopping", "stopped", "starting"] as const) {
      expect(nextStep({ ...shown, state: "dead" }, phase)).toBe("park");
      expect(nextStep({ ...shown, isShown: false, state: "failed" }, phase)).toBe("park");
    }
  });

  it("that ended while the lab runs stays for the student to read and to open again", () => {
    expect(nextStep({ ...shown, state: "dead" }, "running")).toBe("none");
    expect(nextStep({ ...shown, state: "failed" }, "broken")).toBe("none");
    expect(nextStep({ ...shown, state: "dead" }, undefined)).toBe("none");
  });

  it("that is open or opening is let alone", () => {
    for (const state of ["alive", "connecting"] as const) for (const phase of ["stopped", "running"] as const) expect(nextStep({ ...shown, state }, phase)).toBe("none");
  });
});

describe("a local shell", () => {
  it("opens whatever the lab does, and is never parked", () => {
    const local = { node: undefined, isShown: true };
    expect(nextStep({ ...local, state: "idle" }, "stopped")).toBe("open");
    expect(nextStep({ ...local, state: "dead" }, "stopped")).toBe("none");
  });
});

describe("early events", () => {
  it("keeps what came before a terminal was known, for that terminal alone and once", () => {
    const early = new EarlyEvents();
    early.addData({ terminal: "a", data: "1", replay: false });
    early.addData({ terminal: "b", data: "2", replay: false });
    early.addData({ terminal: "a", data: "3", replay: false });
    early.addExit({ terminal: "a", reason: "exit:0" });
    const taken = early.take("a");
    expect(taken.data.map((event) => event.data)).toEqual(["1", "3"]);
    expect(taken.exit?.reason).toBe("exit:0");
    expect(early.take("a")).toEqual({ data: [], exit: undefined });
    expect(early.take("b").data).toHaveLength(1);
  });

  it("is bounded: the oldest go", () => {
    const early = new EarlyEvents();
    for (let index = 0; index < 300; index += 1) early.addData({ terminal: "a", data: String(index), replay: false });
    expect(early.take("a").data.map((event) => event.data)[0]).toBe("100");
  });
});
