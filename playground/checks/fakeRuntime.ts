import type { ExecResult } from "../engine/containerEngine.ts";
import { RempartError } from "../model/errors.ts";
import { interpolate } from "../model/interpolate.ts";
import type { KubernetesObject } from "../model/kubernetesCheck.ts";
import { type Check, type Lab, labSchema } from "../model/lab.ts";
import { networkSchema } from "../model/network.ts";
import { resolveCloud } from "../model/resolve.ts";
import type { LabRuntime } from "../services/labRuntime.ts";

export type FakeExec = (node: string, command: readonly string[]) => Partial<ExecResult> | Promise<Partial<ExecResult>>;

export interface FakeRuntimeOptions {
  readonly checks?: readonly unknown[];
  readonly exec?: FakeExec;
  readonly route?: { destination: string; target: string };
  readonly lab?: Record<string, unknown>;
  readonly folder?: string;
  /** What the API server of the lab's cluster has. */
  readonly objects?: (object: KubernetesObject) => readonly unknown[];
}

const texts = { fr: "f", en: "e" };

/** For tests: a lab with one VPC and one instance, whose nodes answer what the test says. */
export function fakeRuntime(options: FakeRuntimeOptions = {}): LabRuntime & { readonly applied: string[]; readonly executed: { node: string; command: readonly string[] }[]; readonly pictures: Map<string, Uint8Array> } {
  const lab: Lab = labSchema.parse({
    id: "test-lab",
    title: texts,
    summary: texts,
    group: "access",
    minutes: 1,
    memory_mb: 1,
    internet: { hosts: { laptop: { address: "203.0.113.50" } } },
    checks: (options.checks ?? []).map((check) => ({ title: texts, ...(check as object) })),
    ...options.lab,
  });
  const network = networkSchema.parse({
    vpcs: { foo: { cidr_block: "10.0.0.0/16" } },
    subnets: { private: { vpc: "foo", cidr_block: "10.0.80.0/21" } },
    instances: { server: { subnet: "private", private_ip: "10.0.80.20" } },
    outputs: { server_public_ip: "${instances.server.public_ip}" },
  });
  const cloud = resolveCloud(lab, network);
  const executed: { node: string; command: readonly string[] }[] = [];
  const applied: string[] = [];
  const pictures = new Map<string, Uint8Array>();
  return {
    executed,
    applied,
    pictures,
    loaded: { lab, folder: options.folder ?? "/nowhere", ours: true, startNetwork: "", guides: { fr: "", en: "" } },
    cloud: () => cloud,
    interpolate: (text) => interpolate(text, cloud),
    exec: async (node, command) => {
      if (!cloud.nodes.some((candidate) => candidate.name === node)) throw new RempartError("lab.node-not-running", `${node} does not run`);
      executed.push({ node, command });
      return { exitCode: 0, stdout: "", stderr: "", ...(await options.exec?.(node, command)) };
    },
    observeRoute: () => Promise.resolve({ destination: "", target: "blackhole", command: "ip route get", output: "", ...options.route }),
    kubernetes: async (_cluster, object) => {
      if (!options.objects) throw new RempartError("lab.cluster-not-ready", "there is no cluster");
      return options.objects(object);
    },
    keepPicture: async (check, png) => void pictures.set(check, png),
    applyNetwork: (text) => {
      applied.push(text);
      return Promise.resolve();
    },
  };
}

/** The only check of a fake lab, parsed with its defaults. */
export function onlyCheck(runtime: LabRuntime): Check {
  const check = runtime.loaded.lab.checks[0];
  if (!check) throw new TypeError("the fake lab has no check");
  return check;
}
