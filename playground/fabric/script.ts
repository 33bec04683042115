import { feasiblePart, type FabricChange, type NamespaceChange } from "./diff.ts";
import type { LinkEnd, LinkProgram, NamespaceProgram, NodeProgram, RouteProgram, RuleProgram } from "./fabricProgram.ts";
import { switchBridge } from "./names.ts";

/** What {@link presentScript} prints of a machine that is not there. */
export const machineGone = "a machine is not there any more:";

/** Fails, with nothing touched, when a machine that a change wires has died meanwhile: the engine's word of it may come later than the kernel's. */
export function presentLines(change: FabricChange, pids: ProcessIds): string[] {
  const nodes = [...change.addedLinks.flatMap((link) => [link.a, link.b]).flatMap((end) => (end.kind === "node" ? [end.node] : [])), ...change.nodes.map((entry) => entry.node)];
  const wired = [...new Set(nodes)].flatMap((node) => pids.get(node) ?? []);
  return wired.length === 0 ? [] : [`for pid in ${wired.join(" ")}; do [ -e /proc/$pid/ns/net ] || { echo "${machineGone} $pid"; exit 1; }; done`];
}

/** Process ids of the running machines, in the engine's process namespace. */
export type ProcessIds = ReadonlyMap<string, number>;

/** Writes the feasible part of a change as one shell script, so that the whole of it costs one message to the engine. */
export function changeScript(wanted: FabricChange, pids: ProcessIds): string {
  const change = feasiblePart(wanted, (node) => pids.has(node));
  return [
    ...namespaceLines(change.addedNamespaces),
    ...change.namespaces.flatMap((entry) => rulesetLines(entry)),
    ...removeLinkLines(change.removedLinks, pids),
    ...change.removedNamespaces.map((name) => `ip netns del ${name}`),
    ...addLinkLines(change.addedLinks, pids),
    ...change.namespaces.flatMap((entry) => namespaceChangeLines(entry, change)),
    ...nodeLines(change.addedLinks, change.nodes, pids),
  ].join("\n");
}

function namespaceLines(namespaces: readonly NamespaceProgram[]): string[] {
  return namespaces.flatMap((entry) => {
    const sysctls = Object.entries(entry.sysctls).map(([key, value]) => `${key}=${value}`);
    return [
      `ip netns add ${entry.name}`,
      ...(sysctls.length > 0 ? [`ip netns exec ${entry.name} sysctl -qw ${sysctls.join(" ")}`] : []),
      // The routers speak IPv4 only; without this their kernels announce themselves by IPv6 on every cable.
      `ip netns exec ${entry.name} sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1 2>/dev/null || true`,
      `ip -n ${entry.name} link set lo up`,
      ...(entry.kind === "switch" ? [`ip -n ${entry.name} link add ${switchBridge} type bridge`, `ip -n ${entry.name} link set ${switchBridge} up`] : []),
    ];
  });
}

function rulesetLines(change: NamespaceChange): string[] {
  if (!change.ruleset) return [];
  return heredoc(`ip netns exec ${change.name} nft -f -`, change.ruleset.trimEnd().split("\n"));
}

/**
 * One end is enough: its peer goes with it. A machine that has gone took its end along, so this may find nothing. Of a cable between
 * two machines the one that stays may still have its end, for the kernel takes its time with the other: it would stand in the way.
 */
function removeLinkLines(links: readonly LinkProgram[], pids: ProcessIds): string[] {
  return links.flatMap((link) => {
    const ends = [link.a, link.b].filter((end) => end.kind === "namespace");
    if (ends.length > 0) return ends.slice(0, 1).map((end) => `ip -n ${end.namespace} link del ${end.interface} 2>/dev/null || true`);
    return [link.a, link.b].flatMap((end) => (end.kind === "node" && pids.has(end.node) ? [`nsenter -t ${pids.get(end.node)} -n ip link del ${end.interface} 2>/dev/null || true`] : []));
  });
}

function addLinkLines(links: readonly LinkProgram[], pids: ProcessIds): string[] {
  const place = (end: LinkEnd): string => (end.kind === "namespace" ? end.namespace : String(pids.get(end.node)));
  const create = links.map((link) => `link add name ${link.a.interface} netns ${place(link.a)} type veth peer name ${link.b.interface} netns ${place(link.b)}`);
  const configure = new Map<string, string[]>();
  for (const end of links.flatMap((link) => [link.a, link.b])) {
    if (end.kind !== "namespace") continue;
    const lines = configure.get(end.namespace) ?? [];
    lines.push(...end.addresses.map((address) => `address add ${address} dev ${end.interface}`));
    lines.push(`link set ${end.interface} ${end.bridge ? `master ${end.bridge} ` : ""}up`);
    // The kernel delays proxied ARP answers by up to 0.8 s unless told otherwise, interface by interface.
    lines.push(`ntable change name arp_cache dev ${end.interface} proxy_delay 0`);
    if (end.defaultVia) lines.push(`route add default via ${end.defaultVia} dev ${end.interface}`);
    configure.set(end.namespace, lines);
  }
  return [...batch("ip", create), ...[...configure].flatMap(([namespace, lines]) => batch(`ip -n ${namespace}`, lines))];
}

/**
 * Routes are taken away in a batch of their own, which goes on where one is gone already: the kernel takes those along whose device
 * goes, and a machine may have died a moment ago, before the engine's word of it.
 */
function namespaceChangeLines(entry: NamespaceChange, change: FabricChange): string[] {
  const gone = new Set(change.removedLinks.flatMap((link) => [link.a, link.b]).flatMap((end) => (end.kind === "namespace" && end.namespace === entry.name ? [end.interface] : [])));
  const left = entry.removedRoutes.filter((route) => route.device === undefined || !gone.has(route.device));
  const command = `ip -n ${entry.name}`;
  const before = [
    ...entry.removedAddresses.map((address) => `address del ${address} dev lo`),
    ...entry.addedAddresses.map((address) => `address add ${address} dev lo`),
    ...entry.removedRules.filter((rule) => rule.table === undefined).map((rule) => `rule del ${ruleText(rule)}`),
    ...entry.addedRules.map((rule) => `rule add ${ruleText(rule)}`),
    ...entry.removedRules.filter((rule) => rule.table !== undefined).map((rule) => `rule del ${ruleText(rule)}`),
  ];
  const after = entry.setRoutes.map((route) => `route replace ${routeText(route)}`);
  if (left.length === 0) return batch(command, [...before, ...after]);
  const removal = [`${command} -force -batch - 2> /dev/null <<'REMPART_END' || true`, ...left.map((route) => `route del ${routeText(route)}`), "REMPART_END"];
  return [...batch(command, before), ...removal, ...batch(command, after)];
}

export function ruleText(rule: RuleProgram): string {
  return `priority ${rule.priority}${rule.input ? ` iif ${rule.input}` : ""}${rule.table === undefined ? "" : ` lookup ${rule.table}`}`;
}

export function routeText(route: RouteProgram): string {
  const kind = route.kind === "unicast" ? "" : `${route.kind} `;
  const via = route.via ? ` via ${route.via}` : "";
  const device = route.device ? ` dev ${route.device}${route.via ? " onlink" : ""}` : "";
  return `${kind}${route.destination}${via}${device} table ${route.table}`;
}

function nodeLines(added: readonly LinkProgram[], nodes: readonly NodeProgram[], pids: ProcessIds): string[] {
  // Names before cables: a program that starts in between would ask the computer's own name server, and wait ten seconds for an answer that no lab gives.
  const lines = [
    ...fileLines("etc/hosts", nodes.flatMap(({ node, hosts }) => (hosts === undefined ? [] : [{ pid: pids.get(node), text: hosts }]))),
    ...fileLines("etc/resolv.conf", nodes.flatMap(({ node, resolver }) => (resolver === undefined ? [] : [{ pid: pids.get(node), text: resolver }]))),
  ];
  for (const end of added.flatMap((link) => [link.a, link.b])) {
    if (end.kind !== "node") continue;
    const commands = end.addresses.map((address) => `address add ${address} dev ${end.interface}`);
    commands.push(`link set ${end.interface} up`);
    if (end.defaultVia) commands.push(`route ${end.isGuest ? "replace" : "add"} default via ${end.defaultVia} dev ${end.interface}`);
    lines.push(...batch(`nsenter -t ${pids.get(end.node)} -n ip`, commands));
  }
  lines.push(...nodes.filter((node) => node.ownsNetworkSettings).map((node) => ownSettingsLine(pids.get(node.node) ?? 0)));
  return lines;
}

/**
 * Docker mounts /proc/sys read-only, for much in it is the whole kernel's. What is below `net` belongs to the machine's own
 * namespace: it alone is made writable, as a mount of its own, while the rest stays as it was.
 */
function ownSettingsLine(pid: number): string {
  const steps = "grep -q ' /proc/sys/net ' /proc/self/mounts || { mount -o remount,rw,bind /proc/sys && mount --bind /proc/sys/net /proc/sys/net; mount -o remount,ro,bind /proc/sys; }";
  return `nsenter -t ${pid} -m sh -c "${steps}"`;
}

/** One text for all machines that have the same, written by the shell itself: a process for each file would cost more than the cables. */
function fileLines(path: string, files: readonly { readonly pid: number | undefined; readonly text: string }[]): string[] {
  return [...new Set(files.map((file) => file.text))].flatMap((text) => {
    const pids = files.filter((file) => file.text === text).map((file) => file.pid);
    return ["content=$(cat <<'REMPART_END'", ...text.trimEnd().split("\n"), "REMPART_END", ")", `for pid in ${pids.join(" ")}; do printf '%s\\n' "$content" > /proc/$pid/root/${path}; done`];
  });
}

const batch = (command: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : heredoc(`${command} -batch -`, lines));

/** `ip -batch` tells only the number of the line that failed: the command says which batch it was. */
const heredoc = (command: string, lines: readonly string[]): string[] => [`${command} <<'REMPART_END' || { echo "in: ${command}"; exit 1; }`, ...lines, "REMPART_END"];

/**
 * Takes down whatever an interrupted run may have left: every link first, then the namespaces. Of a container that died the names of
 * the namespaces are left, and nothing behind them: those go without a process for each.
 */
export const clearScript = [
  "mounts=$(cat /proc/self/mountinfo)",
  "stale=",
  "for path in /run/netns/*; do",
  '  [ -e "$path" ] || continue',
  "  name=${path##*/}",
  '  case $mounts in *" $path "*) ;; *) stale="$stale $path"; continue ;; esac',
  "  for link in $(ip -n $name -o link show 2>/dev/null | sed 's/^[0-9]*: //; s/[@:].*//' | grep -v '^lo$'); do ip -n $name link del $link 2>/dev/null || true; done",
  "  ip netns del $name",
  "done",
  '[ -z "$stale" ] || rm -f $stale',
].join("\n");

/**
 * Takes away the ends of cables that are left in machines: a cable between two machines outlives the wiring, and the kernel takes
 * its time to remove the ends of one that led to it. `guests`: machines that have an eth0 of their own, which is not the lab's.
 */
export function clearMachinesScript(pids: ProcessIds, guests: ReadonlySet<string> = new Set()): string {
  const of = (isGuest: boolean): number[] => [...pids].flatMap(([node, pid]) => (guests.has(node) === isGuest ? [pid] : []));
  return [...clearDevicesLines("eth", of(false)), ...clearDevicesLines("vpc", of(true))].join("\n");
}

function clearDevicesLines(prefix: string, pids: readonly number[]): string[] {
  if (pids.length === 0) return [];
  const files = pids.map((pid) => `/proc/${pid}/net/dev`).join(" ");
  return [
    `for file in $(grep -sl '^ *${prefix}[0-9]*:' ${files}); do`,
    "  pid=${file#/proc/}; pid=${pid%%/*}",
    // A machine that died a moment ago may have given its number to a process of the engine's own.
    "  [ /proc/$pid/ns/net -ef /proc/1/ns/net ] && continue",
    `  for device in $(sed -n 's/^ *\\(${prefix}[0-9]*\\):.*/\\1/p' $file); do nsenter -t $pid -n ip link del $device 2>/dev/null || true; done`,
    "done",
  ];
}
