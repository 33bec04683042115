/** What one look into the lab's machines found of everything that may be a tunnel; read by {@link parseTunnels}. */
export interface TunnelObservation {
  readonly sockets: readonly ObservedSocket[];
  readonly processes: readonly ObservedProcess[];
  readonly interfaces: readonly ObservedInterface[];
}
export interface ObservedSocket {
  readonly machine: string;
  readonly inode: string;
  readonly isListening: boolean;
  readonly local: { readonly address: string; readonly port: number };
  readonly remote: { readonly address: string; readonly port: number };
  /** Sent and received. */
  readonly bytes: number;
}
export interface ObservedProcess {
  readonly machine: string;
  readonly id: number;
  readonly parent: number;
  readonly program: string;
  readonly argv: readonly string[];
  /** Inodes of the sockets that it holds. */
  readonly sockets: readonly string[];
}
/** An interface that no cable of the lab made: `wg0`, `tun0`. */
export interface ObservedInterface {
  readonly machine: string;
  readonly name: string;
  readonly addresses: readonly string[];
  readonly bytes: number;
}

const programs = "ssh|sshd|sshd-session|openvpn";

/**
 * Script for the wiring container, which sees the processes of all machines: one pass over the programs that make tunnels, and a
 * look at the sockets of the machines in which they run. It runs nothing of a machine's own file system, and starts few programs:
 * it is run again and again.
 */
export function observeTunnelsScript(pids: ReadonlyMap<string, number>): string {
  const machines = [...pids].map(([name, pid]) => `names[${pid}]=${name}`).join("; ");
  return `exec 2> /dev/null
declare -A names spaces first looked
${machines}
for pid in "\${!names[@]}"; do
  grep -qvE '^ *(lo|eth[0-9]+):|\\|' /proc/$pid/net/dev || continue
  echo "@interfaces \${names[$pid]}"; cat /proc/$pid/net/dev; nsenter -t $pid -n ip -o -4 address show
done
found=$(pgrep -d ' ' -x '${programs}')
while read -r path space; do
  pid=\${path#/proc/}; pid=\${pid%/ns/net}; spaces[$pid]=$space
  test -z "\${names[$pid]}" || first[$space]=$pid
done < <(find $(printf '/proc/%s/ns/net ' "\${!names[@]}" $found) -maxdepth 0 -printf '%p %l\\n')
held=
for pid in $found; do
  machine=\${first[\${spaces[$pid]:-none}]}; test -n "$machine" || continue
  read -r program < /proc/$pid/comm && read -r line < /proc/$pid/stat && mapfile -d '' -t words < /proc/$pid/cmdline || continue
  line=\${line##*) }; line=\${line#* }
  echo "@process \${names[$machine]} $pid \${line%% *} $program"
  printf '%s\\t' "\${words[@]//$'\\n'/ }"; echo
  held="$held /proc/$pid/fd"; looked[$machine]=1
done
for pid in "\${!looked[@]}"; do
  echo "@sockets \${names[$pid]}"
  nsenter -t $pid -n ss -HOtanei state listening state established
done
echo @held
test -z "$held" || find $held -lname 'socket:*' -printf '%h %l\\n'
true`;
}

/** Reads what {@link observeTunnelsScript} prints; lines that are not understood are left out. */
export function parseTunnels(output: string): TunnelObservation {
  const sockets: ObservedSocket[] = [];
  const processes: { machine: string; id: number; parent: number; program: string; argv: string[]; sockets: string[] }[] = [];
  const interfaces = new Map<string, { machine: string; name: string; addresses: string[]; bytes: number }>();
  let section = "";
  let machine = "";
  for (const line of output.split("\n")) {
    const heading = /^@(\w+) ?(\S*)(?: (\d+) (\d+) (.*))?$/.exec(line);
    if (heading) {
      section = heading[1] ?? "";
      machine = heading[2] ?? "";
      if (section === "process") processes.push({ machine, id: Number(heading[3]), parent: Number(heading[4]), program: heading[5] ?? "", argv: [], sockets: [] });
    } else if (section === "process") {
      processes.at(-1)?.argv.push(...line.split("\t").filter((word) => word !== ""));
    } else if (section === "sockets") {
      const socket = readSocket(machine, line);
      if (socket) sockets.push(socket);
    } else if (section === "held") {
      const held = /^\/proc\/(\d+)\/fd socket:\[(\d+)\]$/.exec(line);
      if (held?.[2]) processes.find((process) => process.id === Number(held[1]))?.sockets.push(held[2]);
    } else if (section === "interfaces") {
      readInterface(machine, line, interfaces);
    }
  }
  return { sockets, processes, interfaces: [...interfaces.values()] };
}

function readSocket(machine: string, line: string): ObservedSocket | undefined {
  const [state = "", , , local = "", remote = ""] = line.trim().split(/\s+/);
  const inode = /\bino:(\d+)/.exec(line)?.[1];
  if (inode === undefined || (state !== "LISTEN" && state !== "ESTAB")) return undefined;
  const count = (name: string): number => Number(new RegExp(`\\b${name}:(\\d+)`).exec(line)?.[1] ?? 0);
  return { machine, inode, isListening: state === "LISTEN", local: endOf(local), remote: endOf(remote), bytes: count("bytes_acked") + count("bytes_received") };
}

function endOf(text: string): { address: string; port: number } {
  const colon = text.lastIndexOf(":");
  return { address: text.slice(0, colon).replace(/%.*$/, "").replace(/^\[(?:::ffff:)?|\]$/g, ""), port: Number(text.slice(colon + 1)) || 0 };
}

/** A line of /proc/net/dev, or one of `ip -o address`. */
function readInterface(machine: string, line: string, interfaces: Map<string, { machine: string; name: string; addresses: string[]; bytes: number }>): void {
  const counted = /^\s*(\S+):\s*(\d+)(?:\s+\d+){7}\s+(\d+)/.exec(line);
  const name = counted?.[1] ?? "";
  if (name !== "" && !/^(lo|eth\d+)$/.test(name)) interfaces.set(`${machine}/${name}`, { machine, name, addresses: [], bytes: Number(counted?.[2]) + Number(counted?.[3]) });
  const addressed = /^\d+:\s+(\S+)\s+inet (\S+)(?: peer (\S+))?/.exec(line);
  // Two ends of one wire name no network: they are taken for neighbours in the usual one.
  if (addressed?.[2]) interfaces.get(`${machine}/${addressed[1] ?? ""}`)?.addresses.push(addressed[2].includes("/") ? addressed[2] : `${addressed[2]}/24`);
}
