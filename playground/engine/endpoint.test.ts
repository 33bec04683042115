import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { type EndpointSurroundings, findEndpoints, toDockerOptions } from "./endpoint.ts";

const work = createHash("sha256").update("work").digest("hex");
const files: Record<string, string> = {
  [`/home/me/.docker/contexts/meta/${work}/meta.json`]: JSON.stringify({ Name: "work", Endpoints: { docker: { Host: "tcp://10.9.8.7:2376" } } }),
};

function surroundings(environment: Record<string, string>, extra: Record<string, string> = {}, platform: NodeJS.Platform = "linux"): EndpointSurroundings {
  const all = { ...files, ...extra };
  return {
    environment,
    home: "/home/me",
    platform,
    privateSocket: "/run/rempart/docker.sock",
    exists: (path) => path in all || Object.keys(all).some((file) => file.startsWith(`${path}/`)),
    read: (path) => {
      const text = all[path];
      if (text === undefined) throw new Error(`no ${path}`);
      return text;
    },
  };
}
const addresses = (environment: Record<string, string>, extra?: Record<string, string>, context?: string): string[] =>
  findEndpoints(surroundings(environment, extra), context).map((endpoint) => `${endpoint.source}: ${endpoint.address}`);

test("the default socket comes first, ours last", () => {
  expect(addresses({})).toEqual(["default: unix:///var/run/docker.sock", "Rempart: unix:///run/rempart/docker.sock"]);
});

test("Docker Desktop's and the rootless socket are tried where they are", () => {
  expect(addresses({ XDG_RUNTIME_DIR: "/run/user/1000" }, { "/home/me/.docker/desktop/docker.sock": "", "/run/user/1000/docker.sock": "" })).toEqual([
    "default: unix:///var/run/docker.sock",
    "Docker Desktop: unix:///home/me/.docker/desktop/docker.sock",
    "rootless: unix:///run/user/1000/docker.sock",
    "Rempart: unix:///run/rempart/docker.sock",
  ]);
});

test("DOCKER_HOST wins over the context, and nothing is tried in its place", () => {
  expect(addresses({ DOCKER_HOST: "tcp://1.2.3.4:2375", DOCKER_CONTEXT: "work" })).toEqual(["DOCKER_HOST: tcp://1.2.3.4:2375"]);
});

test("the context comes from DOCKER_CONTEXT, from config.json, or from the settings, which win", () => {
  const config = { "/home/me/.docker/config.json": JSON.stringify({ currentContext: "work" }) };
  expect(addresses({ DOCKER_CONTEXT: "work" })).toEqual(["context work: tcp://10.9.8.7:2376"]);
  expect(addresses({}, config)).toEqual(["context work: tcp://10.9.8.7:2376"]);
  expect(addresses({ DOCKER_HOST: "tcp://1.2.3.4:2375" }, {}, "work")).toEqual(["context work: tcp://10.9.8.7:2376"]);
  expect(addresses({ DOCKER_CONTEXT: "default" }, config)).toHaveLength(2);
});

test("a context that does not exist is said, not passed over", () => {
  expect(() => addresses({ DOCKER_CONTEXT: "absent" })).toThrow(expect.objectContaining({ code: "input.no-such-context" }));
});

test("Windows has its pipes", () => {
  expect(findEndpoints(surroundings({}, {}, "win32")).map((endpoint) => endpoint.address)).toEqual(["npipe:////./pipe/docker_engine", "npipe:////./pipe/dockerDesktopLinuxEngine"]);
});

test("addresses become options of the client", () => {
  const options = (address: string): unknown => toDockerOptions({ address, source: "DOCKER_HOST", explicit: true });
  expect(options("unix:///run/docker.sock")).toEqual({ socketPath: "/run/docker.sock" });
  expect(options("npipe:////./pipe/docker_engine")).toEqual({ socketPath: "\\\\.\\pipe\\docker_engine" });
  expect(options("tcp://1.2.3.4")).toEqual({ protocol: "http", host: "1.2.3.4", port: 2375 });
  expect(options("ssh://me@lab:2222")).toEqual({ protocol: "ssh", host: "lab", port: "2222", username: "me" });
  expect(() => options("ftp://x")).toThrow(expect.objectContaining({ code: "input.docker-host" }));
});
