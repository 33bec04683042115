/** Configuration of the service `resolver`: unbound, as a machine's init starts it. */
export const unboundFile = "/etc/unbound/unbound.conf";
/** Where the resolver finds the root: the only addresses that it must know beforehand. */
export const unboundHints = "/etc/unbound/root.hints";
/** Key of the lab's root, which the resolver trusts when it validates: made when the root server first boots, and handed over then. */
export const trustAnchorFile = "/etc/unbound/root.key";
export const noTrustAnchor = "; The key of the lab's root.";

export interface UnboundOptions {
  /** First line of the file, as a comment. */
  readonly about: string;
  /** Whether it checks signatures from the root's key down. */
  readonly validates: boolean;
  /** Ranges of addresses whose questions it answers; everybody's when left out. */
  readonly clients?: readonly string[];
  /** Whether it begins at the lab's root, whose addresses are in {@link unboundHints}: true when left out. */
  readonly knowsRoot?: boolean;
  /** Further clauses, line by line: forward zones, stub zones, and the like. */
  readonly more?: readonly string[];
}

/**
 * What unbound is told. It asks the whole name, so that each server's log shows it; it asks nothing that no question needs, nothing over IPv6,
 * and what it must not know of the world outside the lab stands in no file of it. Its log has a line for each answer: client, name, type,
 * status, seconds, and 1 where it came from the cache.
 */
export function unboundConfiguration({ about, validates, clients = ["0.0.0.0/0"], knowsRoot = true, more = [] }: UnboundOptions): string[] {
  return [
    `# ${about}`,
    "server:",
    '  directory: "/etc/unbound"',
    '  chroot: ""',
    '  pidfile: "/run/unbound.pid"',
    "  interface: 0.0.0.0",
    ...clients.map((range) => `  access-control: ${range} allow`),
    "  do-ip6: no",
    "  num-threads: 1",
    "  msg-cache-size: 1m",
    "  rrset-cache-size: 2m",
    "  use-syslog: no",
    '  logfile: "/var/log/unbound/unbound.log"',
    "  log-queries: yes",
    "  log-replies: yes",
    "  log-tag-queryreply: yes",
    "  log-time-ascii: no",
    "  log-servfail: yes",
    `  module-config: "${validates ? "validator iterator" : "iterator"}"`,
    ...(validates
      ? [
          `  trust-anchor-file: "${trustAnchorFile}"`,
          "  val-log-level: 2",
          "  # What was found forged is looked at again soon: here one waits for it.",
          "  val-bogus-ttl: 5",
          "  trust-anchor-signaling: no",
        ]
      : []),
    ...(knowsRoot ? [`  root-hints: "${unboundHints}"`] : []),
    "  qname-minimisation: no",
    '  target-fetch-policy: "0 0 0 0 0"',
    "  aggressive-nsec: no",
    "  # A private range's reverse names are nobody's but the lab's.",
    "  unblock-lan-zones: yes",
    "  insecure-lan-zones: yes",
    "  # A server that was away is tried again soon.",
    "  infra-host-ttl: 30",
    "remote-control:",
    "  control-enable: yes",
    "  control-interface: /run/unbound.ctl",
    ...more,
  ];
}
