import type { ContainerEngine } from "../engine/containerEngine.ts";
import { labelKeys } from "../engine/labels.ts";
import { instanceImage } from "../images/catalogue.ts";

/** What the engine's kernel lets a lab's network do. */
export interface Probe {
  /** Network namespaces, virtual cables, bridges, policy routing, forwarding, packet filter: each true or what failed. */
  readonly steps: ReadonlyMap<string, true | string>;
  readonly netem: boolean;
  readonly tun: boolean;
}

/** Steps without which no lab can run. */
export const neededSteps = ["namespace", "link", "bridge", "routing", "forwarding", "filter"] as const;

// Each line: the name of the step, then "ok" or the error. Nothing here touches the host: all is in a namespace of its own.
const script = `
step() { name=$1; shift; if out=$("$@" 2>&1); then echo "$name ok"; else echo "$name $(echo "$out" | head -1)"; fi; }
step namespace ip netns add probe
step link ip -n probe link add link0 type veth peer name link1
step bridge ip -n probe link add br0 type bridge
step routing ip -n probe rule add iif br0 lookup 101
step forwarding ip netns exec probe sysctl -qw net.ipv4.ip_forward=1
step filter ip netns exec probe nft 'add table inet t; add chain inet t c { type filter hook forward priority 0; policy drop; }; add rule inet t c ct state established accept; add table ip n; add chain ip n p { type nat hook prerouting priority -100; }; add rule ip n p dnat to 10.0.0.1'
step netem ip netns exec probe tc qdisc add dev link0 root netem delay 1ms
step tun grep -q ' tun$' /proc/misc
`;

/** Tries out, in a container like a lab's own, what labs need of the kernel. Under a second; leaves nothing. */
export async function probeEngine(engine: ContainerEngine): Promise<Probe> {
  const labels = { [labelKeys.owner]: "rempart", [labelKeys.scope]: "probe" };
  for (const left of await engine.listContainers(labels)) if (left.state !== "running") await engine.removeContainer(left.id);
  const id = await engine.createContainer({
    name: `rempart-probe-${String(process.pid)}-${String(Date.now())}`,
    image: instanceImage(),
    labels,
    network: "none",
    hostPidNamespace: true,
    addCapabilities: ["NET_ADMIN", "SYS_ADMIN", "SYS_PTRACE"],
    securityOptions: ["systempaths=unconfined", "apparmor=unconfined"],
    entrypoint: ["sleep"],
    command: ["30"],
  });
  try {
    await engine.startContainer(id);
    const result = await engine.exec(id, ["bash", "-c", script], { timeoutMilliseconds: 15_000 });
    return parseProbe(result.stdout);
  } finally {
    await engine.removeContainer(id);
  }
}

/** Reads the probe's output, one step a line. */
export function parseProbe(output: string): Probe {
  const steps = new Map<string, true | string>();
  for (const line of output.trim().split("\n")) {
    const [name = "", ...rest] = line.split(" ");
    steps.set(name, rest.join(" ") === "ok" ? true : rest.join(" "));
  }
  return { steps, netem: steps.get("netem") === true, tun: steps.get("tun") === true };
}
