import { RempartError } from "../model/errors.ts";
import type { LabWiring } from "./wiring.ts";

/** Loss in percent and one-way delay in milliseconds; both zero takes the impairment away. */
export interface Impairment {
  readonly lossPercent: number;
  readonly delayMilliseconds: number;
}

/** Whether the kernel has netem, tried on a namespace of its own that is removed at once. */
async function hasNetem(wiring: LabWiring): Promise<boolean> {
  const output = await wiring.run(
    "ip netns add probe-netem; if ip netns exec probe-netem tc qdisc add dev lo root netem delay 1ms 2>/dev/null; then echo yes; else echo no; fi; ip netns del probe-netem",
  );
  return output.trim().endsWith("yes");
}

/**
 * Impairs a machine's cable in both directions: with netem where the kernel has it, else loss alone by random drops in
 * nftables. Throws `machine.no-netem` when a delay is wanted and cannot be had. Returns the means used.
 */
export async function impairLink(wiring: LabWiring, link: { namespace: string; port: string; pid: number; interface: string }, wanted: Impairment): Promise<"netem" | "nftables" | "none"> {
  const table = `impair-${link.port}`;
  const clear = [
    `ip netns exec ${link.namespace} tc qdisc del dev ${link.port} root 2>/dev/null || true`,
    `nsenter -t ${link.pid} -n tc qdisc del dev ${link.interface} root 2>/dev/null || true`,
    `ip netns exec ${link.namespace} nft delete table ip ${table} 2>/dev/null || true`,
  ];
  if (wanted.lossPercent === 0 && wanted.delayMilliseconds === 0) {
    await wiring.run(clear.join("\n"));
    return "none";
  }
  if (await hasNetem(wiring)) {
    const netem = `root netem loss ${wanted.lossPercent}% delay ${wanted.delayMilliseconds}ms`;
    await wiring.run(
      [...clear, `ip netns exec ${link.namespace} tc qdisc add dev ${link.port} ${netem}`, `nsenter -t ${link.pid} -n tc qdisc add dev ${link.interface} ${netem}`].join("\n"),
    );
    return "netem";
  }
  if (wanted.delayMilliseconds > 0) {
    throw new RempartError("machine.no-netem", "this machine's kernel cannot delay packets (no netem); it can lose them", {
      kind: "machine",
      kept: "the link as it was",
      next: "ask for a loss without a delay, or use a kernel with sch_netem",
    });
  }
  const drop = (match: string): string => `${match} "${link.port}" numgen random mod 1000 < ${Math.round(wanted.lossPercent * 10)} drop;`;
  await wiring.run(
    [
      ...clear,
      `ip netns exec ${link.namespace} nft -f - <<'REMPART_END'`,
      `table ip ${table} {`,
      `  chain arriving { type filter hook prerouting priority -310; ${drop("iifname")} }`,
      `  chain leaving { type filter hook postrouting priority 310; ${drop("oifname")} }`,
      "}",
      "REMPART_END",
    ].join("\n"),
  );
  return "nftables";
}
