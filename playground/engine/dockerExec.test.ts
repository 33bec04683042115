import { PassThrough } from "node:stream";
import type Docker from "dockerode";
import { expect, it, vi } from "vitest";
import { DockerExec } from "./dockerExec.ts";

it("a command that took too long is given up, even if the engine never ends the command that kills it", async () => {
  const started: PassThrough[] = [];
  const exec = vi.fn(() => Promise.resolve({
    start: () => {
      const stream = new PassThrough();
      started.push(stream);
      return Promise.resolve(stream);
    },
  }));
  const docker = { getContainer: () => ({ exec }) } as unknown as Docker;
  await expect(new DockerExec(docker).run("gone", ["sleep", "100"], { timeoutMilliseconds: 20 })).rejects.toMatchObject({ code: "engine.exec-timeout" });
  // It was tried to kill it, and that is what hangs.
  expect(exec).toHaveBeenCalledTimes(2);
  expect(started[0]?.destroyed).toBe(true);
  expect(started[1]?.destroyed).toBe(false);
});
