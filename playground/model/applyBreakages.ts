import type { Breakage } from "./breakage.ts";
import type { Cloud, HostedRecords, Route, SecurityGroupRuleResolved } from "./cloud.ts";
import { formatAddress, formatPrefix, parseAddress } from "./ip.ts";
import { comparableResources, formatNetworkAclRule, formatSecurityGroupRule, formatTarget } from "./resourceAttributes.ts";

/**
 * The cloud with what is broken on purpose: what the wiring, the name servers and the machines are brought to, while `network.yml` and the
 * cloud that it describes stay as they are. What a breakage names and the cloud does not have changes nothing.
 */
export function applyBreakages(cloud: Cloud, breakages: readonly Breakage[]): Cloud {
  return breakages.reduce(applyBreakage, cloud);
}

function applyBreakage(cloud: Cloud, { fault, target: [name = "", second = "", third = ""] }: Breakage): Cloud {
  switch (fault) {
    case "drop-route":
      return { ...cloud, routeTables: cloud.routeTables.map((table) => (table.name === name ? { ...table, routes: table.routes.filter((route) => !isRoute(route, second)) } : table)) };
    case "close-port":
      return { ...cloud, securityGroups: cloud.securityGroups.map((group) => (group.name === name ? { ...group, ingress: group.ingress.filter((rule) => !isRule(rule, second)) } : group)) };
    case "deny-port":
      return {
        ...cloud,
        networkAcls: cloud.networkAcls.map((acl) => {
          const denied = (direction: "ingress" | "egress") => acl[direction].map((rule) => (direction === second && String(rule.number) === third ? { ...rule, action: "deny" as const } : rule));
          return acl.name === name ? { ...acl, ingress: denied("ingress"), egress: denied("egress") } : acl;
        }),
      };
    case "kill":
      return { ...cloud, nodes: cloud.nodes.map((node) => (node.name === name && node.kind === "instance" ? { ...node, isStopped: true as const } : node)) };
    case "poison":
      return {
        ...cloud,
        hostedZones: cloud.hostedZones.map((zone) =>
          zone.name === name ? { ...zone, records: zone.records.map((record) => (isRecord(record, second, third) ? { ...record, values: [decoyOf(cloud, record.values)] } : record)) } : zone,
        ),
      };
    case "impair":
    case "prepared":
      return cloud;
  }
}

/** A route that comes with the VPC is nobody's to take away. */
const isRoute = (route: Route, destination: string): boolean => route.target.kind !== "local" && formatPrefix(route.prefix) === destination;
const isRule = (rule: SecurityGroupRuleResolved, text: string): boolean => formatSecurityGroupRule(rule, "ingress") === text;
const isRecord = (record: HostedRecords, name: string, type: string): boolean => record.name === name && record.type === type;

/** What a poisoned record leads to: an address beside the right one that is nobody's, so that whoever goes there meets silence. */
function decoyOf(cloud: Cloud, values: readonly string[]): string {
  const [first = "192.0.2.66"] = values;
  const used = new Set([
    ...values,
    ...cloud.nodes.flatMap((node) => node.interfaces.flatMap((entry) => [entry.address, entry.publicAddress])).flatMap((address) => (address ? [formatAddress(address)] : [])),
    ...cloud.natGateways.flatMap((gateway) => [formatAddress(gateway.privateAddress), formatAddress(gateway.publicAddress)]),
  ]);
  const address = parseAddress(first);
  if (address?.family !== 4) return "192.0.2.66";
  const base = address.value & ~0xffn;
  for (let last = 66n; last < 250n; last++) {
    const text = formatAddress({ family: 4, value: base | last });
    if (!used.has(text)) return text;
  }
  return "192.0.2.66";
}

/**
 * What the student wrote about the thing that is broken, as text; undefined when the cloud does not have it. An apply that changes it writes
 * the resource again, and so mends what was broken.
 */
export function statementOf(cloud: Cloud, { fault, target: [name = "", second = "", third = ""] }: Pick<Breakage, "fault" | "target">): string | undefined {
  switch (fault) {
    case "drop-route": {
      const route = cloud.routeTables.find((table) => table.name === name)?.routes.find((candidate) => isRoute(candidate, second));
      return route && `${second} -> ${formatTarget(route.target)}`;
    }
    case "close-port":
      return cloud.securityGroups.find((group) => group.name === name)?.ingress.some((rule) => isRule(rule, second)) ? second : undefined;
    case "deny-port": {
      const acl = cloud.networkAcls.find((candidate) => candidate.name === name);
      const direction = second === "egress" ? "egress" : "ingress";
      const rule = acl?.[direction].find((candidate) => String(candidate.number) === third && candidate.action === "allow");
      return rule && formatNetworkAclRule(rule, direction);
    }
    case "kill": {
      const instance = comparableResources(cloud).find((resource) => resource.kind === "instances" && resource.name === name);
      return instance && JSON.stringify(instance.attributes.filter(({ forcesReplacement }) => forcesReplacement).map(({ path, value }) => [path, value]));
    }
    case "poison": {
      const record = cloud.hostedZones.find((zone) => zone.name === name)?.records.find((candidate) => isRecord(candidate, second, third));
      return record && `${record.alias ?? ""} ${record.ttl} ${record.values.join(" ")}`;
    }
    case "impair":
      return cloud.nodes.some((node) => node.name === name) ? name : undefined;
    case "prepared":
      return name;
  }
}
