import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { resolveCloud } from "../model/resolve.ts";
import { labSchema } from "../model/lab.ts";
import { networkSchema } from "../model/network.ts";
import { DnsWatch } from "./dnsWatch.ts";
import { ProbeRecord } from "./probeRecord.ts";
import type { RunningLab } from "./runningLab.ts";
import { testLab } from "./testLab.ts";

const lab = labSchema.parse({
  ...testLab.lab,
  internet: { hosts: { laptop: { address: "203.0.113.50", role: "laptop" }, resolver: { address: "203.0.113.53", role: "resolver", services: ["dns"] }, root: { address: "203.0.113.201", role: "name-server", services: ["dns"] } } },
  dns: { resolver: "resolver", zones: { ".": { name_servers: { "a.root.net": "root" } } } },
});
const pids: Readonly<Record<string, number>> = { laptop: 1, resolver: 2, root: 3 };

/** A lab whose logs are texts; `runs` are the scripts that the watch has sent to its shell. */
function watchedLab(phase = "running") {
  const logs = new Map<string, string>();
  const state = { runs: [] as string[], closed: 0, container: "one" };
  const running = {
    id: "my-lab", phase, loaded: { ...testLab, lab }, applied: {}, probes: new ProbeRecord(),
    cloud: () => resolveCloud(lab, networkSchema.parse({})),
    machines: { pids: new Map(Object.entries(pids)), get: () => ({ container: state.container }) },
  } as unknown as RunningLab;
  const run = (script: string): Promise<string> => {
    state.runs.push(script);
    if (script.startsWith("stat")) return Promise.resolve([...logs].map(([path, text]) => `regular file|1|${text.length}|${path}`).join("\n"));
    return Promise.resolve([...script.matchAll(/^echo (\S+); tail -c \+(\d+) (\S+) \| head -c (\d+)/gm)].map(([, mark = "", from, path = "", length]) => `${mark}\n${(logs.get(path) ?? "").slice(Number(from) - 1, Number(from) - 1 + Number(length))}\n`).join(""));
  };
  const write = (node: string, from: string, name: string): void => {
    const path = `/proc/${pids[node]}/root/var/log/named/query.log`;
    logs.set(path, `${logs.get(path) ?? ""}${new Date().toISOString()} client @0x7f ${from}#4711 (${name}): query: ${name} IN A + (203.0.113.53)\n`);
  };
  const watch = new DnsWatch(() => Promise.reject(new Error("no engine is asked")), () => ({ run, close: () => void (state.closed += 1) }));
  let place = { epoch: "", sequence: 0 };
  const look = async () => {
    vi.setSystemTime(Date.now() + 1000);
    const answer = await watch.questions(running, place);
    place = { epoch: answer.epoch, sequence: answer.sequence };
    return answer;
  };
  return { state, running, write, watch, look };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime("2026-11-28T03:00:00Z");
});
afterEach(() => {
  vi.useRealTimers();
});

describe("DnsWatch", () => {
  test("tells what is new and what has changed since the last answer, and nothing twice", async () => {
    const { write, look } = watchedLab();
    write("resolver", "203.0.113.50", "www.example.com");
    const [pending] = (await look()).questions;
    expect(pending).toMatchObject({ name: "www.example.com", outcome: "pending", from: { node: "laptop" }, to: { node: "resolver" } });
    expect((await look()).questions).toEqual([]);
    write("root", "203.0.113.53", "www.example.com");
    expect((await look()).questions).toMatchObject([{ id: pending?.id, outcome: "asked", asked: [{ to: { node: "root" } }] }]);
    expect((await look()).questions).toEqual([]);
  });

  test("a name that was searched for a long time ago is still known to be in the cache", async () => {
    const { write, look } = watchedLab();
    write("resolver", "203.0.113.50", "www.example.com");
    write("root", "203.0.113.53", "www.example.com");
    await look();
    vi.setSystemTime(Date.now() + 600_000);
    write("resolver", "203.0.113.50", "www.example.com");
    expect((await look()).questions).toMatchObject([{ outcome: "cache" }]);
  });

  test("what a check's command asked is marked", async () => {
    const { running, write, look } = watchedLab();
    await running.probes.during("laptop", ["dig", "www.example.com"], undefined, Promise.resolve(write("resolver", "203.0.113.50", "www.example.com")));
    write("resolver", "203.0.113.50", "www.example.com");
    expect((await look()).questions.map((question) => question.by).sort()).toEqual(["machine", "rempart"]);
  });

  test("says who answers, and whose log can be read; other machines mean everything anew", async () => {
    const { state, write, look } = watchedLab();
    write("resolver", "203.0.113.50", "www.example.com");
    const first = await look();
    expect(first.servers).toEqual([{ node: "resolver", kind: "resolver", hasLog: true }, { node: "root", kind: "name-server", hasLog: false }]);
    state.container = "two";
    const second = await look();
    expect(second.epoch).not.toBe(first.epoch);
    expect(second.questions).toHaveLength(1);
    expect(state.closed).toBe(1);
  });

  test("keeps no more than it shows", async () => {
    const { write, look } = watchedLab();
    for (let index = 0; index < 700; index += 1) {
      vi.setSystemTime(Date.now() + 1);
      write("root", "203.0.113.50", `n${index}.example.com`);
    }
    const { questions } = await look();
    expect(questions).toHaveLength(400);
    expect(questions.at(-1)?.name).toBe("n699.example.com");
  });

  test("looks at nothing while the lab does not run, and lets its shell go", async () => {
    const { state, running, watch } = watchedLab("stopped");
    expect(await watch.questions(running, { epoch: "", sequence: 0 })).toEqual({ epoch: "", sequence: 0, questions: [], servers: [], example: "" });
    expect(state.runs).toEqual([]);
  });
});
