import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DrawnCounter } from "./drawnCounter.ts";

describe("DrawnCounter", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("acknowledges every character exactly once, in few calls", () => {
    const sent: number[] = [];
    const counter = new DrawnCounter((characters) => sent.push(characters), 5_000, 40);
    for (let index = 0; index < 1_000; index++) counter.drawn(137);
    vi.advanceTimersByTime(40);
    expect(sent.reduce((sum, part) => sum + part, 0)).toBe(137_000);
    expect(sent.length).toBeLessThan(30);
  });
  it("does not keep a small rest for ever: a paused engine waits for it", () => {
    const sent: number[] = [];
    const counter = new DrawnCounter((characters) => sent.push(characters), 5_000, 40);
    counter.drawn(3);
    expect(sent).toEqual([]);
    vi.advanceTimersByTime(40);
    expect(sent).toEqual([3]);
    vi.advanceTimersByTime(1_000);
    expect(sent).toEqual([3]);
  });
  it("says nothing about a terminal that is gone", () => {
    const sent: number[] = [];
    const counter = new DrawnCounter((characters) => sent.push(characters), 10, 40);
    counter.drawn(3);
    counter.reset();
    vi.advanceTimersByTime(1_000);
    expect(sent).toEqual([]);
  });
});
