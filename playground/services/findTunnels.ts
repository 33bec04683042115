import type { Cloud } from "../model/cloud.ts";
import { formatAddress, parseAddress, parseLoosePrefix, prefixContains } from "../model/ip.ts";
import type { Tunnel } from "../model/tunnel.ts";
import { readSshArguments, type SshForward } from "./sshArguments.ts";
import type { ObservedInterface, ObservedProcess, ObservedSocket, TunnelObservation } from "./tunnelObservation.ts";
import type { WireguardEnd } from "./wireguardShow.ts";

/** WireGuard throws a session's keys away after so many seconds without a new handshake. */
const wireguardSessionSeconds = 180;

/** Tunnels of what was seen, in a stable order: a forward counts only while its port listens and its connection stands. */
export function findTunnels(cloud: Cloud, seen: TunnelObservation, wireguard: readonly WireguardEnd[] = []): Tunnel[] {
  const found = [...sshTunnels(cloud, seen), ...wireguardTunnels(cloud, wireguard), ...openvpnTunnels(seen)];
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The machine that has an address, public or private. */
function machineAt(cloud: Cloud, address: string): string | undefined {
  return cloud.nodes.find((node) => node.name === address || node.interfaces.some((entry) => [entry.address, entry.publicAddress].some((own) => own && formatAddress(own) === address)))?.name;
}

interface SshSession {
  readonly client: ObservedProcess;
  readonly from: string;
  readonly to: string;
  readonly socket: ObservedSocket | undefined;
  /** What the far end's process of this session holds beside the session itself. */
  readonly far: readonly ObservedSocket[];
}

function sshTunnels(cloud: Cloud, seen: TunnelObservation): Tunnel[] {
  const clients = seen.processes.filter((process) => process.program === "ssh");
  const socketsOf = (process: ObservedProcess): ObservedSocket[] => seen.sockets.filter((socket) => socket.machine === process.machine && process.sockets.includes(socket.inode));
  const tunnels: Tunnel[] = [];
  for (const client of clients) {
    const told = readSshArguments(client.argv);
    // An ssh that jumps has no connection of its own: it speaks through a child, whose far end passes on to the destination.
    const jump = clients.find((child) => child.parent === client.id && readSshArguments(child.argv).standardInput !== undefined);
    const session = sessionOf(cloud, seen, client, socketsOf) ?? (jump && jumpedSession(cloud, client, jump, sessionOf(cloud, seen, jump, socketsOf)));
    if (session === undefined) continue;
    const { from, to, socket, far } = session;
    const carries = far.filter((one) => !one.isListening && one.local.port !== socket?.remote.port).map((one) => `${one.remote.address}:${one.remote.port}`);
    const add = (kind: Tunnel["kind"], name: string, target: string | undefined, near: string, key: string): void => {
      const exit = target === undefined ? undefined : machineAt(cloud, target.replace(/:\d+$/, ""));
      tunnels.push({
        id: `tunnel/${kind}/${from}/${to}/${key}`, kind, from, to, name, carries: [...new Set(target === undefined ? carries : carries.filter((one) => one === target))].sort(), bytes: socket?.bytes ?? 0, state: "up",
        ...(target === undefined ? {} : { target }), ...(exit === undefined || exit === near ? {} : { exit }),
      });
    };
    if (told.standardInput !== undefined) add("ssh-jump", "ssh -J", told.standardInput, to, told.standardInput);
    for (const port of portsOf(socketsOf(client))) {
      const forward = told.forwards.find((one) => one.option !== "R" && one.port === port);
      add(forward?.option === "D" ? "ssh-dynamic" : "ssh-local", `ssh -${forward?.option ?? "L"} ${port}`, forward?.target, to, String(port));
    }
    for (const port of portsOf(far)) {
      // A graphical session's display is no forward that anybody asked for.
      if (port >= 6010 && port < 6100) continue;
      const forward = told.forwards.find((one): one is SshForward => one.option === "R" && (one.port === port || one.port === 0));
      add("ssh-remote", `ssh -R ${port}`, forward?.target, from, String(port));
    }
  }
  return tunnels;
}

/** Listening ports, each once: one for IPv4 and one for IPv6 are one. */
const portsOf = (sockets: readonly ObservedSocket[]): number[] => [...new Set(sockets.filter((socket) => socket.isListening).map((socket) => socket.local.port))].sort((a, b) => a - b);

/** The connection of an ssh, and the process at its other end: the one that holds a connection from the same port. */
function sessionOf(cloud: Cloud, seen: TunnelObservation, client: ObservedProcess, socketsOf: (process: ObservedProcess) => ObservedSocket[]): SshSession | undefined {
  for (const socket of socketsOf(client)) {
    if (socket.isListening) continue;
    const to = machineAt(cloud, socket.remote.address);
    if (to === undefined || to === client.machine) continue;
    // What the client forwards to its own network (-R) is a connection, too, but nobody answers it as sshd.
    const far = seen.processes.filter((process) => process.machine === to && process.program !== "ssh" && process.program !== "openvpn").map(socketsOf)
      .filter((held) => held.some((one) => !one.isListening && one.remote.port === socket.local.port && one.local.port === socket.remote.port));
    if (far.length === 0) continue;
    const others = new Map(far.flat().map((one) => [one.inode, one]));
    return { client, from: client.machine, to, socket, far: [...others.values()] };
  }
  return undefined;
}

/** A session through a jump host ends at the machine that the jump leads to. */
function jumpedSession(cloud: Cloud, client: ObservedProcess, jump: ObservedProcess, through: SshSession | undefined): SshSession | undefined {
  const target = readSshArguments(jump.argv).standardInput?.replace(/:\d+$/, "");
  const to = target === undefined ? undefined : machineAt(cloud, target);
  return through === undefined || to === undefined ? undefined : { client, from: client.machine, to, socket: through.socket, far: [] };
}

/** Two ends that know each other's key and have shaken hands; `to` is the one with more peers, for that is what others share, or the one in a network. */
function wireguardTunnels(cloud: Cloud, ends: readonly WireguardEnd[]): Tunnel[] {
  const tunnels = new Map<string, Tunnel>();
  for (const one of ends) {
    for (const peer of one.peers) {
      const other = ends.find((end) => end.publicKey === peer.publicKey && end !== one);
      const back = other?.peers.find((candidate) => candidate.publicKey === one.publicKey);
      if (other === undefined || back === undefined || !Number.isFinite(Math.min(peer.handshake, back.handshake))) continue;
      const rank = (end: WireguardEnd): number => end.peers.length * 2 + (cloud.nodes.find((node) => node.name === end.machine)?.kind === "instance" ? 1 : 0);
      const [to, from] = rank(one) > rank(other) || (rank(one) === rank(other) && one.machine < other.machine) ? [one, other] : [other, one];
      const id = `tunnel/wireguard/${from.machine}/${to.machine}/${from.interface}`;
      tunnels.set(id, {
        id, kind: "wireguard", from: from.machine, to: to.machine, name: from.interface, carries: [], bytes: Math.max(peer.bytes, back.bytes),
        state: Math.min(peer.handshake, back.handshake) < wireguardSessionSeconds ? "up" : "idle",
      });
    }
  }
  return [...tunnels.values()];
}

/** Interfaces of one tunnel network, on machines in which openvpn runs. Its `server` takes the first address of the network. */
function openvpnTunnels(seen: TunnelObservation): Tunnel[] {
  const running = new Set(seen.processes.filter((process) => process.program === "openvpn").map((process) => process.machine));
  const ends = seen.interfaces.filter((one) => running.has(one.machine) && /^(tun|tap)/.test(one.name) && one.addresses.length > 0);
  const first = (one: ObservedInterface): number => Number(parseAddress((one.addresses[0] ?? "").split("/")[0] ?? "")?.value ?? 0);
  return ends.flatMap((client): Tunnel[] => {
    const server = ends.filter((other) => other.machine !== client.machine && first(other) < first(client) && shareNetwork(other, client)).sort((a, b) => first(a) - first(b))[0];
    if (server === undefined) return [];
    return [{ id: `tunnel/openvpn/${client.machine}/${server.machine}/${client.name}`, kind: "openvpn", from: client.machine, to: server.machine, name: client.name, carries: [], bytes: client.bytes, state: "up" }];
  });
}

function shareNetwork(one: ObservedInterface, other: ObservedInterface): boolean {
  return one.addresses.some((text) => {
    const prefix = parseLoosePrefix(text);
    return prefix !== undefined && other.addresses.some((address) => {
      const parsed = parseAddress(address.split("/")[0] ?? "");
      return parsed !== undefined && prefixContains(prefix, parsed);
    });
  });
}
