import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { TerminalOutput, pauseAbove, replayLength } from "./terminalOutput.ts";

const source = { pause: vi.fn(), resume: vi.fn() };
let output: TerminalOutput;
beforeEach(() => {
  vi.useFakeTimers();
  source.pause.mockClear();
  source.resume.mockClear();
  output = new TerminalOutput(source);
});
afterEach(() => vi.useRealTimers());

test("what comes within 5 ms is sent as one", () => {
  const send = vi.fn();
  output.attach("w", send);
  output.push("a");
  output.push("b");
  expect(send).not.toHaveBeenCalled();
  vi.advanceTimersByTime(5);
  expect(send.mock.calls).toEqual([["ab"]]);
});

test("the program is paused above 100,000 unacknowledged characters and goes on below 5,000", () => {
  output.attach("w", () => undefined);
  output.push("x".repeat(pauseAbove));
  vi.advanceTimersByTime(5);
  expect(source.pause).not.toHaveBeenCalled();
  output.push("x");
  expect(source.pause).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(5);
  output.acknowledge("w", pauseAbove - 5_000);
  expect(source.resume).not.toHaveBeenCalled();
  output.acknowledge("w", 2);
  expect(source.resume).toHaveBeenCalledOnce();
  expect(source.pause).toHaveBeenCalledOnce();
});

test("characters of a batch that is not sent yet count too", () => {
  output.attach("w", () => undefined);
  output.push("x".repeat(pauseAbove + 1));
  expect(source.pause).toHaveBeenCalledOnce();
});

test("the slowest window decides, and when it goes away the program goes on", () => {
  output.attach("fast", () => undefined);
  output.attach("slow", () => undefined);
  output.push("x".repeat(pauseAbove + 1));
  vi.advanceTimersByTime(5);
  output.acknowledge("fast", pauseAbove + 1);
  expect(source.resume).not.toHaveBeenCalled();
  output.detach("slow");
  expect(source.resume).toHaveBeenCalledOnce();
});

test("without a window the program is never paused, and the last 50,000 characters are kept", () => {
  for (let index = 0; index < 5000; index++) output.push(`${String(index).padStart(9, "0")}\n`.repeat(20));
  expect(source.pause).not.toHaveBeenCalled();
  const replay = output.attach("w", () => undefined);
  expect(replay).toHaveLength(replayLength);
  expect(replay.endsWith("000004999\n")).toBe(true);
});

test.each([["one huge piece", 1, 2_000_000], ["many tiny pieces", 300_000, 1]])("the replay holds after %s", (_name, times, length) => {
  for (let index = 0; index < times; index++) output.push("y".repeat(length));
  output.push("end");
  const replay = output.attach("w", () => undefined);
  expect(replay).toHaveLength(replayLength);
  expect(replay.endsWith("yend")).toBe(true);
});

test("a replay never starts with half a character", () => {
  output.push("😀".repeat(replayLength));
  output.push("a");
  const replay = output.attach("w", () => undefined);
  expect(replay.startsWith("😀")).toBe(true);
  expect(replay).toHaveLength(replayLength - 1);
});

test("a window that attaches gets the output once: replay, then what follows", () => {
  const first = vi.fn();
  output.attach("first", first);
  output.push("before");
  const second = vi.fn();
  expect(output.attach("second", second)).toBe("before");
  output.push("after");
  vi.advanceTimersByTime(5);
  expect(first.mock.calls).toEqual([["before"], ["after"]]);
  expect(second.mock.calls).toEqual([["after"]]);
});
