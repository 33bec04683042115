import type { Cloud } from "../model/cloud.ts";
import { RempartError } from "../model/errors.ts";
import { hostedZonePath, hostedZoneText, privateZones } from "../model/hostedZoneFiles.ts";
import { privateZonesConfiguration, privateZonesFolder, privateZonesList } from "../model/vpcResolverFiles.ts";
import type { Exec } from "./hostedZones.ts";
import { heredoc, zoneFileFunctions } from "./zoneFiles.ts";

/** A resolver that just boots is waited for; then each step takes milliseconds. */
const limitMilliseconds = 60_000;

/**
 * Brings the private zones to the resolvers of their VPCs, while these go on answering. What is there already is left alone; of what changed, and of
 * that alone, a resolver forgets what it kept. Returns once every resolver answers with what is new.
 *
 * @throws RempartError `lab.private-zones` when a resolver does not take its zones.
 */
export async function applyVpcResolvers(cloud: Cloud, exec: Exec): Promise<void> {
  const resolvers = cloud.nodes.flatMap((node) => node.interfaces.flatMap(({ attachment }) => (attachment.kind === "vpc" ? [{ node: node.name, vpc: attachment.vpc }] : [])));
  await Promise.all(
    resolvers.map(async ({ node, vpc }) => {
      const result = await exec(node, ["bash", "-s"], { user: "root", stdin: resolverScript(cloud, vpc), timeoutMilliseconds: limitMilliseconds });
      if (result.exitCode === 0) return;
      throw new RempartError("lab.private-zones", `The resolver of the VPC ${vpc} did not take its private zones: ${`${result.stdout}${result.stderr}`.trim()}`, {
        kept: "The machines and the network run; the zones are as they were.",
        next: `Apply again; if that does not help, look at /var/log/unbound/unbound.log on ${node}.`,
      });
    }),
  );
}

/** What a resolver does: compare, write, load, and wait until it serves the new serial number. */
export function resolverScript(cloud: Cloud, vpc: string): string {
  const zones = privateZones(cloud, vpc);
  return [
    resolverFunctions,
    ...zones.map((zone) => `put ${zone.domain} ${hostedZonePath(zone.domain)}${heredoc(hostedZoneText(cloud, zone))}`),
    `configure ${zones.map((zone) => hostedZonePath(zone.domain)).join(" ")}${heredoc(privateZonesConfiguration(cloud, vpc))}`,
    `load ${zones.map((zone) => zone.domain).join(" ")}\n`,
  ].join("\n");
}

const resolverFunctions = `set -eu
ready() {
  local tries=0
  until unbound-control status > /dev/null 2>&1; do
    [ $((tries += 1)) -lt 300 ] || { echo "unbound does not answer"; exit 1; }
    sleep 0.1
  done
}
ready
cd ${privateZonesFolder}
${zoneFileFunctions}configure() {
  local text
  text=$(cat)
  forget "$@"
  [ ! -e loaded ] || [ "$(cat ${privateZonesList})" != "$text" ] || return 0
  # Whoever is interrupted here leaves the work to the next.
  rm -f loaded
  printf '%s\\n' "$text" > ${privateZonesList}
  # It goes on answering, and forgets all that it kept.
  unbound-control -q reload
  ready
  : > loaded
}
serves() { unbound-control list_auth_zones | grep -q "^$1\\.[[:space:]].*serial $2\$"; }
load() {
  local zone serial tries
  for zone in "$@"; do
    serial=$(sed -n 's/^  \\([0-9]*\\) ; serial$/\\1/p' "db.$zone")
    ! serves "$zone" "$serial" || continue
    unbound-control auth_zone_reload "$zone" > /dev/null
    unbound-control flush_zone "$zone" > /dev/null
    tries=0
    until serves "$zone" "$serial"; do
      [ $((tries += 1)) -lt 100 ] || { echo "$zone was not loaded"; exit 1; }
      sleep 0.05
    done
  done
}
`;
