import type { Fault } from "../model/errors.ts";
import { faultText, type FaultCode } from "../model/faultTexts.ts";
import { figuresOf, internetFigureName } from "../model/figure.ts";
import type { Lab, Language } from "../model/lab.ts";
import { nearestName } from "../model/nearest.ts";
import type { Network } from "../model/network.ts";
import { clusterMembers } from "../model/resolveClusters.ts";
import { hasPrivateZone, resolverName } from "../model/vpcResolver.ts";

/** Kinds of resources that have a place in the picture. */
const pictured = ["vpcs", "subnets", "internet_gateways", "nat_gateways", "peering_connections", "instances", "load_balancers"] as const;

/** Every name that the picture of a lab can show: of its machines, and of each network that the student may come to. */
export function pictureNames(lab: Lab, networks: readonly Network[]): ReadonlySet<string> {
  return new Set([
    ...(lab.internet === undefined ? [] : [internetFigureName, ...Object.keys(lab.internet.hosts)]),
    ...Object.keys(lab.machines), ...lab.switches,
    ...networks.flatMap((network) => pictured.flatMap((kind) => Object.keys(network[kind]))),
    ...networks.flatMap((network) => clusterMembers(network).map(({ name }) => name)),
    ...networks.flatMap((network) => Object.keys(network.vpcs).filter((vpc) => hasPrivateZone(network, vpc)).map(resolverName)),
  ]);
}

/** Figures of a guide that cannot be read, or that show what no network of the lab has. */
export function figureFaults(markdown: string, language: Language, names: ReadonlySet<string>): Fault[] {
  const file = `guide.${language}.md`;
  const fault = (code: FaultCode, line: number, values: Record<string, string>): Fault => {
    const { message, hint } = faultText({ code, values }, "en");
    return { code, file, path: "", line, message, values, ...(hint === undefined ? {} : { hint }) };
  };
  return figuresOf(markdown).flatMap(({ line, figure }) => {
    if (figure === undefined) return [fault("guide.figure-unreadable", line, {})];
    return figure.show
      .filter((name) => !names.has(name))
      .map((name) => {
        const nearest = nearestName(name, [...names]);
        return fault("guide.figure-unknown-name", line, { name, available: [...names].join(", "), ...(nearest === undefined ? {} : { nearest }) });
      });
  });
}
