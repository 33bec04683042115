import { type SignedZone, signedZones } from "../model/dnssec.ts";
import { RempartError } from "../model/errors.ts";
import type { Lab } from "../model/lab.ts";
import type { Exec } from "./hostedZones.ts";
import { trustAnchorFile } from "../model/unboundFiles.ts";

/** A server that just boots signs its zones first, and is waited for; then each step takes milliseconds. */
const limitMilliseconds = 60_000;

/**
 * Joins the signed zones of the lab to one chain of trust. Each server has made its keys by itself at its first boot; here the DS record of each zone goes into
 * the zone above it, and the root's key to the resolver, as its package would bring it. What is there already is left alone.
 *
 * @throws RempartError `lab.signed-zones` when a server or the resolver does not do its part.
 */
export async function joinSignedZones(lab: Pick<Lab, "dns">, exec: Exec): Promise<void> {
  const zones = signedZones(lab.dns);
  if (zones.length === 0) return;
  const run = async (node: string, script: string): Promise<string> => {
    const result = await exec(node, ["bash", "-s"], { user: "root", stdin: script, timeoutMilliseconds: limitMilliseconds });
    if (result.exitCode === 0) return result.stdout;
    throw new RempartError("lab.signed-zones", `${node} did not do its part of the signed zones: ${`${result.stdout}${result.stderr}`.trim()}`, {
      kept: "The machines and the network run.",
      next: "Start the lab again; if that does not help, look at the log of the server, /var/log/named/named.log.",
    });
  };
  const told = (await Promise.all(byNode(zones, (zone) => zone.node).map(([node, own]) => run(node, tellScript(own))))).join("\n");
  const values = new Map([...told.matchAll(/^(DS|KEY) (\S+) (.+)$/gm)].map(([, kind = "", zone = "", value = ""]) => [`${kind} ${zone}`, value]));
  const children = zones.filter((zone) => zone.parent);
  await Promise.all(byNode(children, (zone) => zone.parent?.node ?? "").map(([node, own]) => run(node, vouchScript(own, (name) => values.get(`DS ${name}`) ?? ""))));
  const key = values.get("KEY .");
  if (lab.dns?.dnssec_validation && lab.dns.resolver !== undefined && key !== undefined) await run(lab.dns.resolver, trustScript(key));
}

/** Zones by the machine that has to do something with them. */
function byNode(zones: readonly SignedZone[], nodeOf: (zone: SignedZone) => string): [string, SignedZone[]][] {
  return [...new Set(zones.map(nodeOf))].map((node) => [node, zones.filter((zone) => nodeOf(zone) === node)]);
}

/** Waits until all zones are signed; says what their parents must know, and of the root the key itself. */
function tellScript(zones: readonly SignedZone[]): string {
  const questions = zones.map((zone) => `${zone.name} DNSKEY`).join(" ");
  return `set -euo pipefail
tries=0
while true; do
  keys=$(dig +dnssec +noall +answer +time=1 +tries=1 @127.0.0.1 ${questions} 2> /dev/null || true)
  [ "$(grep -c 'RRSIG.DNSKEY' <<< "$keys" || true)" -lt ${zones.length} ] || break
  [ $((tries += 1)) -lt 300 ] || { echo "not signed yet: $keys"; exit 1; }
  sleep 0.1
done
tell() {
  local own ds
  own=$(grep "^$2[[:space:]].*IN[[:space:]]DNSKEY" <<< "$keys")
  ds=$(dnssec-dsfromkey -2 -f - "$1" <<< "$own")
  echo "DS $1 \${ds#* DS }"
  [ "$1" != . ] || echo "KEY . \${own##*DNSKEY[[:space:]]}"
}
${zones.map(({ name }) => `tell ${name} ${name === "." ? "'\\.'" : `${name}.`}`).join("\n")}
`;
}

/** Puts the DS record of each child where it is not yet. The set is replaced as a whole: a child that was made anew has another key. */
function vouchScript(children: readonly SignedZone[], dsOf: (name: string) => string): string {
  return `set -euo pipefail
vouch() {
  local seen
  seen=$(dig +short +time=1 +tries=2 @127.0.0.1 "$2" DS | sed 's/ \\([0-9A-F]*\\)$/\\1/')
  [ "$seen" != "$4" ] || return 0
  printf '%s\\n' "server 127.0.0.1" "zone $1" "update delete $2 DS" "update add $2 $3 DS $4" send | nsupdate -t 10
}
${children.map((zone) => `vouch ${zone.parent?.name === "." ? "." : `${zone.parent?.name ?? ""}.`} ${zone.name}. ${zone.parent?.ttl ?? zone.ttl} "${dsOf(zone.name)}"`).join("\n")}
`;
}

/** The resolver starts with no key, or with that of a root which is gone, and then with this one: what it knew is forgotten. */
function trustScript(key: string): string {
  return `set -euo pipefail
line='. IN DNSKEY ${key}'
[ "$(cat ${trustAnchorFile} 2> /dev/null)" != "$line" ] || exit 0
printf '%s\\n' "$line" > ${trustAnchorFile}
tries=0
until unbound-control reload > /dev/null 2>&1; do
  [ $((tries += 1)) -lt 100 ] || { echo "unbound does not answer"; exit 1; }
  sleep 0.05
done
`;
}
