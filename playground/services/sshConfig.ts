import { formatAddress } from "../model/ip.ts";
import type { RunningLab } from "./runningLab.ts";

/**
 * Writes `ssh_config` into the student's folder: `ssh -F ssh_config bastion` from their own shell goes through the lab's laptop,
 * because the student's machine has no address in the lab. Private machines are reached through the first bastion (ProxyJump).
 */
export async function writeSshConfig(lab: RunningLab): Promise<void> {
  const cloud = lab.cloud();
  const laptop = cloud.nodes.find((node) => node.role === "laptop");
  const servers = cloud.nodes.filter((node) => node.services.includes("ssh"));
  const bastion = servers.find((node) => node.interfaces.some((entry) => entry.publicAddress));
  const lines = ["# Written by Rempart at each apply; what you add here is lost. Use: ssh -F ssh_config NAME", ""];
  for (const node of servers) {
    const entry = node.interfaces[0];
    const isPublic = entry?.publicAddress !== undefined || node.kind === "internet-host";
    const address = entry?.publicAddress ?? entry?.address;
    if (!address) continue;
    lines.push(`Host ${node.name}`, `  HostName ${formatAddress(address)}`, "  User ops");
    if (node.keyPair && (await lab.workspace.read(`key-${node.keyPair}.pem`))) lines.push(`  IdentityFile ${lab.workspace.folder}/key-${node.keyPair}.pem`, "  IdentitiesOnly yes");
    if (isPublic && laptop) lines.push(`  ProxyCommand rempart exec ${lab.id} ${laptop.name} -- ncat %h %p`);
    else if (bastion) lines.push(`  ProxyJump ${bastion.name}`);
    lines.push(`  UserKnownHostsFile ${lab.workspace.folder}/known_hosts`, "");
  }
  await lab.workspace.write("ssh_config", lines.join("\n"));
}
