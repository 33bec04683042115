/** One end of a WireGuard tunnel, as `wg show all dump` tells it without its secrets. */
export interface WireguardEnd {
  readonly machine: string;
  readonly interface: string;
  readonly publicKey: string;
  readonly peers: readonly WireguardPeer[];
}
export interface WireguardPeer {
  readonly publicKey: string;
  /** Its age in seconds; Infinity where there never was one. */
  readonly handshake: number;
  readonly bytes: number;
}

/** Keys of either side, endpoints, handshakes and counters, never the private keys; and the machine's clock. */
export const wireguardCommand = ["sh", "-c", `wg show all dump | awk -F '\\t' 'NF == 5 { print $1, "own", $3 } NF == 9 { print $1, "peer", $2, $6, $7 + $8 }'; echo now $(date +%s)`] as const;

/** Reads the output of {@link wireguardCommand}. */
export function parseWireguard(machine: string, output: string): WireguardEnd[] {
  const ends = new Map<string, { machine: string; interface: string; publicKey: string; peers: WireguardPeer[] }>();
  const now = Number(/^now (\d+)$/m.exec(output)?.[1] ?? 0);
  for (const line of output.split("\n")) {
    const [name = "", what, publicKey = "", handshake, bytes] = line.split(" ");
    if (what === "own") ends.set(name, { machine, interface: name, publicKey, peers: [] });
    if (what === "peer") ends.get(name)?.peers.push({ publicKey, handshake: Number(handshake) === 0 ? Infinity : now - Number(handshake), bytes: Number(bytes) });
  }
  return [...ends.values()];
}
