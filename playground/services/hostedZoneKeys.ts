import type { Cloud } from "../model/cloud.ts";
import type { Exec } from "./hostedZones.ts";
import { publicZones } from "../model/hostedZoneFiles.ts";
import { hostedKeysFolder, signingPolicy } from "../model/dnssec.ts";

/**
 * The signing keys of hosted zones, by domain, as base64 of a tar archive: every name server of a zone must sign with the same key, or half of the answers
 * would not fit the DS record. Whoever has a key keeps it; where nobody has one, the first server makes it.
 */
export async function hostedZoneKeys(cloud: Pick<Cloud, "hostedZones" | "hostedZoneServers">, exec: Exec): Promise<Map<string, string>> {
  const domains = publicZones(cloud).filter((zone) => zone.signs).map((zone) => zone.domain);
  const nodes = [...new Set(cloud.hostedZoneServers.map((server) => server.node))];
  const [first] = nodes;
  if (domains.length === 0 || first === undefined) return new Map();
  const keysAt = async (node: string, make: boolean): Promise<[string, string][]> => {
    const { stdout } = await exec(node, ["bash", "-s"], { user: "root", stdin: keyScript(domains, make), timeoutMilliseconds: 30_000 });
    return [...stdout.matchAll(/^(\S+) (\S+)$/gm)].map(([, domain = "", archive = ""]) => [domain, archive]);
  };
  const found = new Map((await Promise.all(nodes.map((node) => keysAt(node, false)))).reverse().flat());
  if (domains.every((domain) => found.has(domain))) return found;
  return new Map([...(await keysAt(first, true)), ...found]);
}

/** Prints the keys that are there, and with `make` makes those that are not. */
function keyScript(domains: readonly string[], make: boolean): string {
  return `${make ? `mkdir -p ${hostedKeysFolder} && ` : ""}cd ${hostedKeysFolder} 2> /dev/null || exit 0
for domain in ${domains.join(" ")}; do
  ${make ? `compgen -G "K$domain.+*.private" > /dev/null || dnssec-keygen -q -K . -k ${signingPolicy} -l /etc/bind/named.conf "$domain" > /dev/null` : ":"}
  compgen -G "K$domain.+*.private" > /dev/null && echo "$domain $(tar -c K$domain.+* | base64 -w 0)"
done
exit 0
`;
}
