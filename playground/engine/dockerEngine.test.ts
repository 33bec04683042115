import { expect, test } from "vitest";
import { toCreateOptions } from "./dockerContainerSpec.ts";
import { toEngineError } from "./dockerErrors.ts";
import { parseEvent } from "./dockerEvents.ts";
import { residentBytesOf } from "./dockerMemory.ts";

test("errors of the engine get their code", () => {
  const http = (statusCode: number, message: string): unknown => Object.assign(new Error(`(HTTP code ${String(statusCode)}) x - ${message}`), { statusCode, json: { message } });
  const code = (error: unknown): string => toEngineError(error, "test").code;
  expect(code(Object.assign(new Error("connect"), { code: "ECONNREFUSED" }))).toBe("machine.engine-unreachable");
  expect(code(Object.assign(new Error("connect"), { code: "ENOENT" }))).toBe("machine.engine-unreachable");
  expect(code(new Error("x", { cause: Object.assign(new Error("connect"), { code: "EACCES" }) }))).toBe("machine.engine-permission");
  expect(code(http(404, "No such image: a:b"))).toBe("machine.image-missing");
  expect(code(http(404, "No such container: x"))).toBe("engine.not-found");
  expect(code(http(409, 'Conflict. The container name "/a" is already in use by container'))).toBe("engine.name-taken");
  expect(code(http(409, "container is not running"))).toBe("engine.conflict");
  expect(toEngineError(http(500, "boom"), "start a container").message).toBe("The container engine could not start a container: boom");
});

test("a specification becomes a container without network, mounts or privileges", () => {
  const options = toCreateOptions({
    name: "n",
    image: "i",
    labels: {},
    network: "none",
    addCapabilities: ["NET_ADMIN"],
    securityOptions: ["systempaths=unconfined", "apparmor=unconfined"],
    hostPidNamespace: true,
    memoryBytes: 64e6,
    environment: { A: "b=c" },
  });
  expect(options).toMatchObject({ Env: ["A=b=c"], HostConfig: { NetworkMode: "none", CapAdd: ["NET_ADMIN"], SecurityOpt: ["apparmor=unconfined"], MaskedPaths: [], ReadonlyPaths: [], PidMode: "host", Memory: 64e6, RestartPolicy: { Name: "no" } } });
  expect(options.HostConfig).not.toHaveProperty("Binds");
  expect(options.HostConfig).not.toHaveProperty("Privileged");
  // The masked paths stay masked where nobody asked otherwise.
  expect(toCreateOptions({ name: "n", image: "i", labels: {}, network: "none", securityOptions: ["label=disable"] }).HostConfig).not.toHaveProperty("MaskedPaths");
});

test("events keep labels and milliseconds, and unknown actions are other", () => {
  expect(parseEvent({ Action: "die", Actor: { ID: "x", Attributes: { l: "v" } }, timeNano: 1_700_000_000_123_456_789 })).toEqual({ action: "die", id: "x", labels: { l: "v" }, timeMilliseconds: 1_700_000_000_123 });
  expect(parseEvent({ Action: "exec_start: sh", Actor: { ID: "x" }, timeNano: 0 })?.action).toBe("other");
  expect(parseEvent({ status: "x" })).toBeUndefined();
});

test("resident memory is read on both versions of cgroups", () => {
  expect(residentBytesOf({ memory_stats: { usage: 900, stats: { total_rss: 100, total_inactive_file: 700 } } })).toBe(100);
  expect(residentBytesOf({ memory_stats: { usage: 900, stats: { anon: 200, inactive_file: 600 } } })).toBe(200);
  expect(residentBytesOf({ memory_stats: { usage: 900, stats: { inactive_file: 600 } } })).toBe(300);
  expect(residentBytesOf({ memory_stats: {} })).toBeUndefined();
});
