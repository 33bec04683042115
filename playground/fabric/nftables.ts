/** Small helpers to write nftables rulesets: sets are left out where they would be empty, which nft refuses. */

/** `{ a, b }`, with the elements sorted so that the same cloud always gives the same text. */
export function setOf(elements: readonly string[]): string {
  return `{ ${[...new Set(elements)].sort().join(", ")} }`;
}

/** Interface names in quotes, as nft wants them in sets. */
export function quoted(names: readonly string[]): string[] {
  return names.map((name) => `"${name}"`);
}

/** A chain with its lines; `hook` is the `type … hook … ;` line of a base chain. */
export function chain(name: string, hook: string | undefined, lines: readonly string[]): string {
  return [`  chain ${name} {`, ...(hook ? [`    ${hook}`] : []), ...lines.map((line) => `    ${line}`), "  }"].join("\n");
}

/** Replaces our table, and no other, in one transaction (nft -f is atomic); naming it first makes the delete always possible. */
export function ruleset(chains: readonly string[]): string {
  return ["table ip rempart", "delete table ip rempart", "table ip rempart {", chains.join("\n"), "}", ""].join("\n");
}

/** `tcp dport 22`, `udp dport 1-99`, `ip protocol icmp`, or nothing for every protocol. */
export function protocolMatch(protocol: "tcp" | "udp" | "icmp" | "all", ports: { from: number; to: number } | undefined): string {
  if (protocol === "all") return "";
  if (protocol === "icmp") return "ip protocol icmp";
  if (!ports) return `meta l4proto ${protocol}`;
  return `${protocol} dport ${ports.from === ports.to ? ports.from : `${ports.from}-${ports.to}`}`;
}
