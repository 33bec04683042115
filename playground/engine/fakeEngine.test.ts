import { expect, test } from "vitest";
import type { ContainerEvent } from "./containerEngine.ts";
import { FakeEngine } from "./fakeEngine.ts";

const spec = { name: "a", image: "i:1", labels: { l: "1" }, network: "none" } as const;

test("containers live and die as on a real engine, and events tell of it", async () => {
  const engine = new FakeEngine(["i:1"], (_container, command) => (command[0] === "false" ? { exitCode: 1, stdout: "", stderr: "no" } : command.join(" ")));
  const events: ContainerEvent[] = [];
  const abort = new AbortController();
  const following = engine.events({ l: "1" }, (event) => events.push(event), abort.signal);
  const id = await engine.createContainer(spec);
  await expect(engine.exec(id, ["true"])).rejects.toMatchObject({ code: "engine.conflict" });
  await engine.startContainer(id);
  const { pid } = (await engine.inspectContainer("a")) ?? { pid: 0 };
  expect(pid).toBeGreaterThan(0);
  expect((await engine.exec(id, ["echo", "x"])).stdout).toBe("echo x");
  expect((await engine.exec(id, ["false"])).exitCode).toBe(1);
  await engine.restartContainer(id);
  expect((await engine.inspectContainer(id))?.pid).not.toBe(pid);
  expect(await engine.listContainers({ l: "2" })).toEqual([]);
  await engine.removeContainer(id);
  await engine.removeContainer(id);
  abort.abort();
  await following;
  expect(events.map((event) => event.action)).toEqual(["create", "start", "die", "start", "die", "destroy"]);
  expect(engine.commands).toEqual(["a: echo x", "a: false"]);
});

test("it refuses what a real engine refuses", async () => {
  const engine = new FakeEngine(["i:1"]);
  await engine.createContainer(spec);
  await expect(engine.createContainer(spec)).rejects.toMatchObject({ code: "engine.name-taken" });
  await expect(engine.createContainer({ ...spec, name: "b", image: "absent" })).rejects.toMatchObject({ code: "machine.image-missing" });
  engine.unreachable = true;
  await expect(engine.info()).rejects.toMatchObject({ code: "machine.engine-unreachable" });
});
