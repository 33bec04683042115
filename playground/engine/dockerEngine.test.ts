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

const unknown = { securityOptions: [] };

test("a machine refuses what Docker's own profile would, by a list that is quick to compile; whoever has more, or another profile, keeps it", () => {
  const usual = { securityOptions: ["name=apparmor", "name=seccomp,profile=default"] };
  const optionsOf = (spec: object, engine = usual): string[] | undefined => toCreateOptions({ name: "n", image: "i", labels: {}, network: "none", ...spec }, engine).HostConfig?.SecurityOpt;
  const [option = ""] = optionsOf({ addCapabilities: ["NET_ADMIN"] }) ?? [];
  const profile = JSON.parse(option.replace("seccomp=", "")) as { defaultAction: string; syscalls: { names: string[]; action: string }[] };
  expect(profile.defaultAction).toBe("SCMP_ACT_ALLOW");
  expect(profile.syscalls.every(({ action }) => action === "SCMP_ACT_ERRNO")).toBe(true);
  expect(profile.syscalls.flatMap(({ names }) => names)).toEqual(expect.arrayContaining(["mount", "unshare", "setns", "bpf", "clone", "clone3", "keyctl"]));
  expect(optionsOf({}, { securityOptions: ["name=seccomp,profile=builtin"] })).toEqual([option]);
  expect(optionsOf({ securityOptions: ["label=disable"] })).toEqual(["label=disable", option]);
  for (const spec of [{ addCapabilities: ["SYS_ADMIN"] }, { addCapabilities: ["NET_ADMIN", "SYS_PTRACE"] }]) expect(optionsOf(spec)).toBeUndefined();
  expect(optionsOf({ securityOptions: ["seccomp=unconfined"] })).toEqual(["seccomp=unconfined"]);
  for (const own of ["name=seccomp,profile=/etc/docker/own.json", "name=seccomp,profile=unconfined", "name=apparmor"]) expect(optionsOf({}, { securityOptions: [own] })).toBeUndefined();
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
  }, unknown);
  expect(options).toMatchObject({ Env: ["A=b=c"], HostConfig: { NetworkMode: "none", CapAdd: ["NET_ADMIN"], SecurityOpt: ["apparmor=unconfined"], MaskedPaths: [], ReadonlyPaths: [], PidMode: "host", Memory: 64e6, RestartPolicy: { Name: "no" } } });
  expect(options.HostConfig).not.toHaveProperty("Binds");
  expect(options.HostConfig).not.toHaveProperty("Privileged");
  // The masked paths stay masked where nobody asked otherwise.
  expect(toCreateOptions({ name: "n", image: "i", labels: {}, network: "none", securityOptions: ["label=disable"] }, unknown).HostConfig).not.toHaveProperty("MaskedPaths");
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
