import type { NodeDetail } from "../contract/contract.ts";
import type { Cloud, CloudNode, NetworkAclRuleResolved, PortRange, SecurityGroup, SecurityGroupRuleResolved } from "../model/cloud.ts";
import { RempartError } from "../model/errors.ts";
import { formatAddress, formatPrefix } from "../model/ip.ts";
import { observeTable } from "./observedRoutes.ts";
import type { RunningLab } from "./runningLab.ts";

/** Everything that the inspector shows of a machine; routes and addresses are read from the running system. */
export async function nodeDetail(lab: RunningLab, name: string, memoryBytes: number | undefined): Promise<NodeDetail> {
  // What is in force, as a provider's console shows it, whatever network.yml says.
  const cloud = lab.inForce();
  const node = cloud.nodes.find((candidate) => candidate.name === name);
  if (!node) throw new RempartError("input.unknown-node", `lab ${lab.id} has no machine '${name}'`, { kind: "input", next: "see 'rempart status'" });
  const machine = lab.machines.get(name);
  const running = machine?.running === true;
  const [observed, table] = await Promise.all([running ? observedAddresses(lab, name) : new Map<string, string[]>(), observeTable({ declared: lab.cloud(), inForce: cloud }, lab.wiring, node)]);
  const groups = new Set(node.interfaces.flatMap((entry) => entry.securityGroups));
  return {
    name,
    id: node.id,
    kind: node.kind,
    role: node.role,
    state: machine === undefined ? "absent" : !running ? "stopped" : lab.disconnected.has(name) || isDisconnected(node, observed) ? "disconnected" : "running",
    interfaces: node.interfaces.map((entry) => ({
      id: entry.id,
      name: entry.name,
      ...(entry.address ? { address: formatAddress(entry.address) } : {}),
      ...(entry.publicAddress ? { publicAddress: formatAddress(entry.publicAddress) } : {}),
      observed: observed.get(entry.name) ?? [],
    })),
    ...(table ? { routeTable: { name: table.name, subnet: table.subnet, routes: table.routes, observedAt: new Date().toISOString() } } : {}),
    securityGroups: cloud.securityGroups.filter((group) => groups.has(group.key)).map(groupDetail),
    ...aclDetail(cloud, node),
    services: [...node.services],
    ...(memoryBytes === undefined ? {} : { memoryBytes }),
    terminal: node.terminal,
  };
}

/** Addresses by interface as the machine itself sees them; also shows what a student set by hand. */
async function observedAddresses(lab: RunningLab, node: string): Promise<Map<string, string[]>> {
  const result = await lab.exec(node, ["ip", "-o", "-4", "address", "show"], { timeoutMilliseconds: 5000 });
  const found = new Map<string, string[]>();
  for (const line of result.stdout.split("\n")) {
    const match = /^\d+: (\S+)\s+inet (\S+)/.exec(line);
    if (match?.[1] && match[2] && match[1] !== "lo") found.set(match[1], [...(found.get(match[1]) ?? []), match[2]]);
  }
  return found;
}

const isDisconnected = (node: CloudNode, observed: ReadonlyMap<string, string[]>): boolean => node.interfaces.some((entry) => entry.address !== undefined && !observed.has(entry.name));

function groupDetail(group: SecurityGroup): NodeDetail["securityGroups"][number] {
  return { name: group.name, id: group.id, ingress: group.ingress.map(ruleDetail), egress: group.egress.map(ruleDetail) };
}

/** The network ACL of the subnet in which the node's first interface is. */
export function aclDetail(cloud: Cloud, node: CloudNode): Pick<NodeDetail, "networkAcl"> {
  const attachment = node.interfaces[0]?.attachment;
  const subnet = attachment?.kind === "subnet" ? cloud.subnets.find((candidate) => candidate.name === attachment.subnet) : undefined;
  const acl = cloud.networkAcls.find((candidate) => candidate.name === subnet?.networkAcl);
  const rules = (resolved: readonly NetworkAclRuleResolved[]) => resolved.map(({ number, action, protocol, ports, prefix }) => ({ number, action, protocol, ports: portsText(ports), cidr: formatPrefix(prefix) }));
  return acl ? { networkAcl: { name: acl.name, id: acl.id, ingress: rules(acl.ingress), egress: rules(acl.egress) } } : {};
}

const portsText = (ports: PortRange | undefined): string => (ports === undefined ? "*" : ports.from === ports.to ? String(ports.from) : `${ports.from}-${ports.to}`);

function ruleDetail(rule: SecurityGroupRuleResolved): NodeDetail["securityGroups"][number]["ingress"][number] {
  const { ports } = rule;
  return {
    protocol: rule.protocol,
    ports: portsText(ports),
    peers: [...rule.prefixes.map(formatPrefix), ...rule.groups].join(", "),
    ...(rule.description === undefined ? {} : { description: rule.description }),
  };
}
