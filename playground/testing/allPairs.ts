import type { Cloud } from "../model/cloud.ts";
import { formatAddress } from "../model/ip.ts";
import type { PathQuestion, PathVerdict } from "../model/path.ts";
import type { LabRuntime } from "../services/labRuntime.ts";

/** What came back when every node asked every address; keyed by {@link questionKey}. */
export type Observations = ReadonlyMap<string, Exclude<PathVerdict, "unknown">>;

export const questionKey = (question: PathQuestion): string => `${question.from} > ${question.to} ${question.protocol}${question.port === undefined ? "" : `/${question.port}`}`;

/** Every node to every address of the lab (private, public, gateways) on the given TCP ports, a UDP port that is nobody's, that of DNS, and ICMP echo. */
export function allQuestions(cloud: Cloud, tcpPorts: readonly number[]): PathQuestion[] {
  const addresses = new Set([
    ...cloud.nodes.flatMap((node) => node.interfaces.flatMap((entry) => [entry.address, entry.publicAddress])).flatMap((address) => (address ? [formatAddress(address)] : [])),
    ...cloud.natGateways.flatMap((gateway) => [formatAddress(gateway.privateAddress), formatAddress(gateway.publicAddress)]),
  ]);
  // Nobody is in a VPC's own resolver who could ask.
  return cloud.nodes.filter((node) => node.kind !== "resolver").flatMap((node) =>
    [...addresses].flatMap((to): PathQuestion[] => [
      ...tcpPorts.map((port): PathQuestion => ({ from: node.name, to, protocol: "tcp", port })),
      { from: node.name, to, protocol: "udp", port: 9 },
      { from: node.name, to, protocol: "udp", port: 53 },
      { from: node.name, to, protocol: "icmp" },
    ]),
  );
}

/** Asks all questions of one node at once: one process for TCP and UDP, one ping per address. */
export async function observeAll(runtime: LabRuntime, questions: readonly PathQuestion[]): Promise<Observations> {
  const found = new Map<string, Exclude<PathVerdict, "unknown">>();
  const sources = [...new Set(questions.map((question) => question.from))];
  await Promise.all(
    sources.map(async (source) => {
      const mine = questions.filter((question) => question.from === source);
      const result = await runtime.exec(source, ["perl", "-e", prober], { stdin: mine.map((question) => `${question.protocol} ${question.to} ${question.port ?? 0}\n`).join(""), timeoutMilliseconds: 60_000 });
      const verdicts = result.stdout.trim().split("\n");
      if (verdicts.length !== mine.length) throw new Error(`${source}: ${result.stderr || "the prober answered too little"}`);
      mine.forEach((question, index) => found.set(questionKey(question), verdicts[index] as Exclude<PathVerdict, "unknown">));
    }),
  );
  return found;
}

/** Non-blocking connects side by side; a reset or an ICMP "port unreachable" is `refused`, silence for 2 s `timeout`. */
const prober = String.raw`
use strict; use Socket; use IO::Select; use IO::Socket; use Errno qw(EINPROGRESS ECONNREFUSED);
my (@verdicts, %pending, %pings); my $select = IO::Select->new; my $readers = IO::Select->new; my $index = 0;
while (my $line = <STDIN>) {
  my ($protocol, $address, $port) = split ' ', $line; my $i = $index++; $verdicts[$i] = 'timeout';
  if ($protocol eq 'icmp') {
    my $child = fork(); if (!$child) { open STDOUT, '>/dev/null'; open STDERR, '>/dev/null'; exec 'ping', '-n', '-c', '1', '-W', '2', $address; exit 2 }
    $pings{$child} = $i; next;
  }
  my $tcp = $protocol eq 'tcp';
  socket(my $socket, PF_INET, $tcp ? SOCK_STREAM : SOCK_DGRAM, getprotobyname($protocol)) or die "socket: $!";
  $socket->blocking(0);
  if (!connect($socket, sockaddr_in($port, inet_aton($address))) && $! != EINPROGRESS) { $verdicts[$i] = 'refused' if $! == ECONNREFUSED; close $socket; next }
  $pending{fileno $socket} = $i;
  # A name server says nothing to what is no question: this one (". NS", no recursion desired) each answers by itself.
  my $message = $port == 53 ? pack('n6 C n2', 7, 0, 1, 0, 0, 0, 0, 2, 1) : "probe\n";
  if ($tcp) { $select->add($socket) } else { send($socket, $message, 0); $readers->add($socket) }
}
my $end = time + 3;
while (($select->count || $readers->count) && time < $end) {
  my ($read, $write) = IO::Select->select($readers, $select, undef, 0.5);
  for my $socket (@{$write || []}) {
    my $error = unpack 'I', getsockopt($socket, SOL_SOCKET, SO_ERROR);
    $verdicts[$pending{fileno $socket}] = $error == 0 ? 'open' : $error == ECONNREFUSED ? 'refused' : 'timeout';
    $select->remove($socket); close $socket;
  }
  for my $socket (@{$read || []}) {
    my $got = recv($socket, my $data, 100, 0);
    $verdicts[$pending{fileno $socket}] = defined $got ? 'open' : $! == ECONNREFUSED ? 'refused' : 'timeout';
    $readers->remove($socket); close $socket;
  }
  last if !$select->count && time >= $end - 1;
}
while ((my $child = wait) > 0) { $verdicts[$pings{$child}] = 'open' if $? == 0 }
print "$_\n" for @verdicts;
`;
