import { RempartError } from "../model/errors.ts";
import type { LinkEnd, LinkProgram } from "./fabricProgram.ts";
import type { ProcessIds } from "./script.ts";

/** Loss in percent and one-way delay in milliseconds; both zero takes the impairment away. */
export interface Impairment {
  readonly lossPercent: number;
  readonly delayMilliseconds: number;
}

/** An impairment with the means that the kernel had for it. */
export interface LinkImpairment extends Impairment {
  readonly how: "netem" | "nftables";
}

/** Says "yes" where the kernel has netem, tried on a namespace of its own that is removed at once. */
export const netemProbe =
  "ip netns add probe-netem; if ip netns exec probe-netem tc qdisc add dev lo root netem delay 1ms 2>/dev/null; then echo yes; else echo no; fi; ip netns del probe-netem";

/**
 * Lines that impair a cable in both directions, whatever impaired it before: with netem at both ends, or random drops in a
 * table of nftables of its own. That table is none of the router's ruleset: a changed or mended filter leaves it alone.
 */
export function impairLines(link: LinkProgram, { how, lossPercent, delayMilliseconds }: LinkImpairment, pids: ProcessIds): string[] {
  const ends = endsOf(link, pids);
  if (how === "netem") return [...clearLines(link, pids), ...ends.map((end) => `${end.enter} tc qdisc add dev ${end.device} root netem loss ${lossPercent}% delay ${delayMilliseconds}ms`)];
  const tables = ends.filter((end) => end.table !== undefined).flatMap((end) => {
    const drop = (match: string): string => `${match} "${end.device}" ${chance(lossPercent)}drop;`;
    return [
      `${end.enter} nft -f - <<'REMPART_END'`,
      `table ip ${end.table} {`,
      `  chain arriving { type filter hook prerouting priority -310; ${drop("iifname")} }`,
      `  chain leaving { type filter hook postrouting priority 310; ${drop("oifname")} }`,
      "}",
      "REMPART_END",
    ];
  });
  return [...clearLines(link, pids), ...tables];
}

/** In thousandths of a percent. nftables refuses a comparison that is always or never true: all packets need none, and few are not none. */
function chance(lossPercent: number): string {
  return lossPercent >= 100 ? "" : `numgen random mod 100000 < ${Math.min(99_999, Math.max(1, Math.round(lossPercent * 1000)))} `;
}

/** Lines that take every impairment of a cable away; where there is none they do nothing. */
export function clearLines(link: LinkProgram, pids: ProcessIds): string[] {
  return endsOf(link, pids).flatMap((end) => [
    `${end.enter} tc qdisc del dev ${end.device} root 2>/dev/null || true`,
    ...(end.table === undefined ? [] : [`${end.enter} nft delete table ip ${end.table} 2>/dev/null || true`]),
  ]);
}

/** The ends of a cable that are there: how to enter their namespace, and the table of drops of the router's end. */
function endsOf(link: LinkProgram, pids: ProcessIds): { enter: string; device: string; table?: string }[] {
  return [link.a, link.b].flatMap((end: LinkEnd) => {
    if (end.kind === "namespace") return [{ enter: `ip netns exec ${end.namespace}`, device: end.interface, table: `impair-${end.interface}` }];
    const pid = pids.get(end.node);
    return pid === undefined ? [] : [{ enter: `nsenter -t ${pid} -n`, device: end.interface }];
  });
}

/** The error of a delay that the kernel cannot make. */
export function noNetem(): RempartError {
  return new RempartError("machine.no-netem", "this machine's kernel cannot delay packets (no netem); it can lose them", {
    kind: "machine",
    kept: "the link as it was",
    next: "ask for a loss without a delay, or use a kernel with sch_netem",
  });
}
