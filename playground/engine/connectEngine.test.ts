import { afterEach, expect, test, vi } from "vitest";
import { connectEngine } from "./connectEngine.ts";
import { startEngine } from "./startEngine.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

test("an engine that the user named and that does not answer is said; no other is tried, none is started", async () => {
  vi.stubEnv("DOCKER_HOST", "unix:///nowhere/docker.sock");
  await expect(connectEngine()).rejects.toMatchObject({ code: "machine.chosen-engine-unreachable" });
  const lines: string[] = [];
  await expect(startEngine((line) => lines.push(line))).rejects.toMatchObject({ code: "machine.chosen-engine-unreachable" });
  expect(lines).toEqual([]);
});

test("a context that does not exist is said", async () => {
  await expect(connectEngine({ context: "no-such-context" })).rejects.toMatchObject({ code: "input.no-such-context" });
});
