import { expect, test, vi } from "vitest";
import type { CheckObservation } from "../contract/contract.ts";
import { runChecks } from "./checkRunner.ts";
import { fakeRuntime } from "./fakeRuntime.ts";
import { pollUntilStable } from "./pollUntilStable.ts";

const open = { id: "open", kind: "connect", from: "laptop", to: "203.0.113.10", port: 8080, expect: "open" };
const closed = { id: "closed", kind: "connect", from: "laptop", to: "203.0.113.10", port: 22, expect: "timeout", control: "open" };
const now = { limitMilliseconds: 0 };

test("a negative whose control fails is blocked, and is not even tried", async () => {
  const runtime = fakeRuntime({ checks: [closed, open], exec: () => ({ exitCode: 1, stderr: "Ncat: TIMEOUT." }) });
  const seen = await runChecks(runtime, undefined, now);
  expect(seen.map((one) => [one.id, one.state])).toEqual([["closed", "blocked"], ["open", "failed"]]);
  expect(runtime.executed.map((one) => one.command.at(-1))).toEqual(["8080"]);
});

test("a negative asked for alone still runs its control", async () => {
  const exec = (_: string, command: readonly string[]) => (command.at(-1) === "22" ? { exitCode: 1, stderr: "Ncat: TIMEOUT." } : {});
  const seen = await runChecks(fakeRuntime({ checks: [closed, open], exec }), ["closed"], now);
  expect(seen.map((one) => [one.id, one.state])).toEqual([["closed", "passed"], ["open", "passed"]]);
});

test("two controls that name each other end, too", async () => {
  const checks = [{ ...open, control: "other" }, { ...open, id: "other", control: "open" }];
  const seen = await runChecks(fakeRuntime({ checks }), undefined, now);
  expect(seen.map((one) => one.state)).toEqual(["passed", "passed"]);
});

test("at most four probes at a time", async () => {
  let current = 0;
  let most = 0;
  const exec = async () => {
    most = Math.max(most, ++current);
    await new Promise((resolve) => setTimeout(resolve, 5));
    current -= 1;
    return {};
  };
  const checks = Array.from({ length: 12 }, (_, index) => ({ ...open, id: `open-${index}` }));
  await runChecks(fakeRuntime({ checks, exec }), undefined, now);
  expect(most).toBe(4);
});

test("an unknown check is refused with those that there are", async () => {
  await expect(runChecks(fakeRuntime({ checks: [open] }), ["opn"], now)).rejects.toMatchObject({ code: "input.unknown-check" });
});

const seenAs = (state: CheckObservation["state"], milliseconds = 1): CheckObservation => ({ id: "it", state, command: "", output: "", milliseconds });

test("polling goes on until the check passes twice", async () => {
  const states = (["failed", "passed", "failed", "passed", "passed"] as const).values();
  let looks = 0;
  const seen = await pollUntilStable(() => Promise.resolve(((looks += 1), seenAs(states.next().value ?? "failed"))), { limitMilliseconds: 60_000, periodMilliseconds: 1 });
  expect([seen.state, looks]).toEqual(["passed", 5]);
});

test("polling ends at its limit with what was last seen", async () => {
  // A clock of its own: each look takes 20 ms of it.
  const clock = vi.spyOn(Date, "now").mockReturnValue(0);
  let looks = 0;
  const look = (): Promise<CheckObservation> => {
    clock.mockReturnValue((looks += 1) * 20);
    return Promise.resolve(seenAs("failed"));
  };
  const seen = await pollUntilStable(look, { limitMilliseconds: 50, periodMilliseconds: 1 }).finally(() => clock.mockRestore());
  expect([seen.state, looks]).toEqual(["failed", 3]);
});

test("three seconds of silence need no second look", async () => {
  let looks = 0;
  await pollUntilStable(() => Promise.resolve(((looks += 1), seenAs("passed", 3000))), { limitMilliseconds: 1000, periodMilliseconds: 1 });
  expect(looks).toBe(1);
});
