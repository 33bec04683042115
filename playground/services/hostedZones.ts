import type { ExecOptions, ExecResult } from "../engine/containerEngine.ts";
import { hostedKeysFolder } from "../model/dnssec.ts";
import type { Cloud } from "../model/cloud.ts";
import { RempartError } from "../model/errors.ts";
import { hostedZonePath, hostedZonesConfiguration, hostedZoneText, publicZones } from "../model/hostedZoneFiles.ts";
import { hostedZoneKeys } from "./hostedZoneKeys.ts";
import { heredoc, zoneFileFunctions } from "./zoneFiles.ts";

/** Runs a command in a node of the lab. */
export type Exec = (node: string, command: readonly string[], options?: ExecOptions) => Promise<ExecResult>;

/** A server that just boots is waited for; then each step takes milliseconds. */
const limitMilliseconds = 60_000;

/**
 * Brings the hosted zones to the name servers that serve them, while these go on answering. What is there already is left alone; each
 * change of a zone counts up its serial number. Returns once every server answers with what is new.
 *
 * @throws RempartError `lab.hosted-zones` when a server does not take its zones.
 */
export async function applyHostedZones(cloud: Cloud, exec: Exec): Promise<void> {
  const nodes = [...new Set(cloud.hostedZoneServers.map((server) => server.node))];
  const script = zoneScript(cloud, await hostedZoneKeys(cloud, exec));
  await Promise.all(
    nodes.map(async (node) => {
      const result = await exec(node, ["bash", "-s"], { user: "root", stdin: script, timeoutMilliseconds: limitMilliseconds });
      if (result.exitCode === 0) return;
      throw new RempartError("lab.hosted-zones", `The name server ${node} did not take the hosted zones: ${`${result.stdout}${result.stderr}`.trim()}`, {
        kept: "The machines and the network run; the zones are as they were.",
        next: "Apply again; if that does not help, look at /var/log/named/named.log on the name server.",
      });
    }),
  );
}

/** What each server does: compare, write, load, and wait until it answers with the new serial number, signed or not as it should be. */
export function zoneScript(cloud: Pick<Cloud, "hostedZones" | "hostedZoneServers">, keys: ReadonlyMap<string, string> = new Map()): string {
  const zones = publicZones(cloud);
  return [
    serverFunctions,
    ...zones.map((zone) => `put ${zone.domain} ${hostedZonePath(zone.domain)}${heredoc(hostedZoneText(cloud, zone))}`),
    ...zones.filter((zone) => zone.signs).map((zone) => `keys ${zone.domain}${heredoc(keys.get(zone.domain) ?? "")}`),
    `configure ${zones.map((zone) => hostedZonePath(zone.domain)).join(" ")}${heredoc(hostedZonesConfiguration(cloud))}`,
    "load",
    ...zones.map((zone) => `settle ${zone.domain} ${zone.signs ? "signed" : "unsigned"}`),
    "",
  ].join("\n");
}

const serverFunctions = `set -eu
tries=0
until rndc status > /dev/null 2>&1; do
  [ $((tries += 1)) -lt 300 ] || { echo "named does not answer"; exit 1; }
  sleep 0.1
done
cd /etc/bind/hosted
# The server writes the signed form of a zone beside the zone.
chown bind .
ask() { dig +time=1 +tries=1 @127.0.0.1 "$@" 2> /dev/null || true; }
${zoneFileFunctions}served() { ask +short "$1" SOA | cut -d ' ' -f 3; }
keys() {
  local archive
  archive=$(cat)
  mkdir -p ${hostedKeysFolder}
  compgen -G "${hostedKeysFolder}/K$1.+*.private" > /dev/null || base64 -d <<< "$archive" | tar -x -C ${hostedKeysFolder}
  chown bind ${hostedKeysFolder} ${hostedKeysFolder}/K"$1".+*
}
configure() {
  local text changed zone
  text=$(cat)
  forget "$@"
  [ "$(cat zones.conf)" != "$text" ] || return 0
  # A zone that begins or ceases to be signed starts from its file alone: journals of the other form would not fit. The server lets go of it first.
  changed=$(grep -vxFf <(printf '%s\\n' "$text") zones.conf | sed -n 's/^zone "\\([^"]*\\)".*/\\1/p' || true)
  if [ -n "$changed" ]; then
    grep -xFf <(printf '%s\\n' "$text") zones.conf > zones.kept || true
    cat zones.kept > zones.conf
    rm zones.kept
    rndc reconfig
    for zone in $changed; do rm -f "db.$zone".{jnl,jbk,signed,signed.jnl}; done
  fi
  printf '%s\\n' "$text" > zones.conf
  rndc reconfig
}
load() {
  local zone tries
  for zone in "\${!serials[@]}"; do
    rndc reload "$zone" > /dev/null
    tries=0
    until [ "$(ask +short "$zone" SOA | cut -d ' ' -f 3 | grep . || echo 0)" -ge "\${serials[$zone]}" ]; do
      [ $((tries += 1)) -lt 100 ] || { echo "$zone was not loaded"; exit 1; }
      sleep 0.05
    done
  done
}
settle() {
  local tries=0 signature
  while true; do
    signature=unsigned
    [[ "$(ask +dnssec +noall +answer "$1" SOA)" != *RRSIG* ]] || signature=signed
    [ "$signature" != "$2" ] || return 0
    [ $((tries += 1)) -lt 200 ] || { echo "$1 is $signature and should be $2"; exit 1; }
    sleep 0.05
  done
}
`;
