import type Docker from "dockerode";
import type { NetworkSpec, NetworkSummary } from "./containerEngine.ts";
import { guarded, isMissing, statusOf } from "./dockerErrors.ts";

/** See `ContainerEngine.createNetwork`. */
export async function createNetwork(docker: Docker, { name, labels, subnets }: NetworkSpec): Promise<void> {
  await guarded("create a network", async () => {
    for (const [index, subnet] of subnets.entries()) {
      try {
        await docker.createNetwork({
          Name: name,
          Driver: "bridge",
          CheckDuplicate: true,
          Labels: { ...labels },
          IPAM: { Driver: "default", Config: [{ Subnet: subnet }] },
          Options: { "com.docker.network.bridge.enable_ip_masquerade": "false", "com.docker.network.bridge.host_binding_ipv4": "127.0.0.1" },
        });
        return;
      } catch (error) {
        // Docker says 403 (before 28) or 400 of a block that overlaps another network's.
        const overlaps = [400, 403].includes(statusOf(error) ?? 0) && /overlap/i.test(error instanceof Error ? error.message : "");
        if (!overlaps || index === subnets.length - 1) throw error;
      }
    }
  });
}

export async function listNetworks(docker: Docker, labels: Readonly<Record<string, string>>): Promise<NetworkSummary[]> {
  return guarded("list networks", async () => {
    const label = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
    const networks = await docker.listNetworks({ filters: { label } });
    return networks.map((network) => ({ name: network.Name, labels: network.Labels ?? {} }));
  });
}

export async function removeNetwork(docker: Docker, name: string): Promise<void> {
  await guarded("remove a network", async () => {
    try {
      await docker.getNetwork(name).remove();
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  });
}
