import { describe, expect, test } from "vitest";
import { readCredentials } from "../cluster/kubeconfig.ts";
import type { ExecOptions, ExecResult } from "../engine/containerEngine.ts";
import { networkSchema } from "../model/network.ts";
import { parseNetworkFile } from "../model/networkFile.ts";
import { resolveCloud } from "../model/resolve.ts";
import { clusterLab, clusterNetworkText } from "../model/testCluster.ts";
import { giveKubeconfigs, requireMemory, runSetup } from "./clusterSteps.ts";
import type { ClusterSupport } from "./clusterSupport.ts";

const cloud = resolveCloud(clusterLab, networkSchema.parse(parseNetworkFile(clusterNetworkText).network));
const credentials = { server: "https://127.0.0.1:40000", certificateAuthority: "Y2E=", certificate: "Y2VydA==", key: "a2V5" };

/** What was run in which machine, and with which input. */
function recorder(exitCode = 0): { calls: { node: string; command: readonly string[]; options: ExecOptions | undefined }[]; exec: (node: string, command: readonly string[], options?: ExecOptions) => Promise<ExecResult> } {
  const calls: { node: string; command: readonly string[]; options: ExecOptions | undefined }[] = [];
  return {
    calls,
    exec: async (node, command, options) => {
      calls.push({ node, command, options });
      return { exitCode, stdout: "", stderr: exitCode === 0 ? "" : "no such thing" };
    },
  };
}

describe("memory", () => {
  const supportWith = (available: number | undefined, total: number): ClusterSupport => ({ memory: async () => ({ available, total }) }) as unknown as ClusterSupport;
  test("that is there lets a lab begin", async () => {
    await requireMemory(clusterLab, supportWith(1_300_000_000, 8e9));
    await requireMemory(clusterLab, supportWith(undefined, 8e9));
  });
  test.each([["to spare", 1_100_000_000, 8e9], ["in all", undefined, 1_100_000_000]] as const)("that is not there, %s, refuses it with both figures", async (words, available, total) => {
    const refused = requireMemory(clusterLab, supportWith(available, total));
    await expect(refused).rejects.toMatchObject({ code: "machine.memory-low", kind: "machine" });
    await expect(refused).rejects.toThrow(/1200 MB.*1100 MB/);
    await expect(refused).rejects.toThrow(words);
  });
  test("an installation without clusters says so", async () => {
    await expect(requireMemory(clusterLab, undefined)).rejects.toMatchObject({ code: "machine.no-clusters" });
  });
});

describe("kubeconfigs", () => {
  test("that of this computer is in the lab's folder, that of the laptop leads to the public address", async () => {
    const { calls, exec } = recorder();
    const written = new Map<string, string>();
    await giveKubeconfigs(cloud, { workspace: { write: async (name, text) => void written.set(name, text) }, exec }, async () => credentials);
    expect([...written.keys()]).toEqual(["kubeconfig"]);
    expect(readCredentials(written.get("kubeconfig") ?? "", "kind-main")).toEqual(credentials);
    expect(calls.map(({ node }) => node)).toEqual(["laptop"]);
    expect(readCredentials(calls[0]?.options?.stdin ?? "")).toEqual({ ...credentials, server: "https://203.0.113.100:6443" });
  });
  test("a laptop that does not take it is an error", async () => {
    await expect(giveKubeconfigs(cloud, { workspace: { write: async () => undefined }, exec: recorder(1).exec }, async () => credentials)).rejects.toMatchObject({ code: "lab.setup-failed" });
  });
});

describe("the state that a lab begins with", () => {
  const lab = { setup: [{ node: "laptop", user: "ops" as const, run: "kubectl get nodes ${clusters.main.public_ip}" }, { node: "laptop", user: "root" as const, run: "true" }] };
  test("is made by its commands, one after the other, as whom they say", async () => {
    const { calls, exec } = recorder();
    await runSetup(lab, cloud, exec);
    expect(calls.map(({ command, options }) => [command[2], options?.user, options?.workingDirectory])).toEqual([["kubectl get nodes 203.0.113.100", "ops", "/home/ops"], ["true", "root", "/root"]]);
  });
  test("ends with the first command that fails, in its own words", async () => {
    const { calls, exec } = recorder(3);
    const failed = runSetup(lab, cloud, exec);
    await expect(failed).rejects.toMatchObject({ code: "lab.setup-failed" });
    await expect(failed).rejects.toThrow("no such thing");
    expect(calls).toHaveLength(1);
  });
});
