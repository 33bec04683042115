import type { ContainerEngine, ExecStream } from "../engine/containerEngine.ts";

/**
 * Says when anything changes in the lab's namespaces (links, addresses, routes, rules, filters), by following the kernel's own notifications:
 * nothing is polled, so a lab that rests costs nothing.
 */
export class FabricWatch {
  #stream: ExecStream | undefined;

  /**
   * Follows the namespaces named; call again after namespaces were added. `onChange` gets the namespace's name; `onEnd` is called when
   * the notifications end without having been stopped. Throws what the engine throws.
   */
  async start(engine: ContainerEngine, container: string, namespaces: readonly string[], onChange: (namespace: string) => void, onEnd: () => void): Promise<void> {
    this.stop();
    if (namespaces.length === 0) return;
    const stream = await engine.execStream(container, ["perl", "-e", listener, ...namespaces]);
    this.#stream = stream;
    let rest = "";
    stream.stdout.setEncoding("utf8");
    stream.stdout.on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const name of new Set(lines)) onChange(name);
    });
    stream.stderr.resume();
    void stream.ended.catch(() => -1).then(() => {
      if (this.#stream !== stream) return;
      this.#stream = undefined;
      onEnd();
    });
  }

  stop(): void {
    this.#stream?.stdin.end();
    this.#stream?.close();
    this.#stream = undefined;
  }
}

/**
 * Listens in every namespace named, in one process, and prints the name of the one where something changed; ends when its input closes.
 * A program for each namespace would do as well until the container is killed: containerd's shim hears of no more than 32 ends of processes
 * while it still sees to that of the container, and then spends a second on each further one before it says that the container died.
 *
 * setns(2), netlink(7), rtnetlink(7); the groups are those of linux/rtnetlink.h and linux/netfilter/nfnetlink.h.
 */
const listener = String.raw`
use strict; use POSIX ();
my $setns = { x86_64 => 308, aarch64 => 268 }->{(POSIX::uname())[4]} // die "unknown machine\n";
my ($AF_NETLINK, $SOCK_RAW, $CLONE_NEWNET) = (16, 3, 0x40000000);
my ($ROUTE, $NETFILTER) = (0, 12);
my $routeGroups = 0x1 | 0x10 | 0x40 | 0x80; # links, IPv4 addresses, routes, rules
my $filterGroups = 0x40;                     # nf_tables
my (%names, @sockets);
for my $name (@ARGV) {
  open(my $namespace, '<', "/run/netns/$name") or next;
  syscall($setns, fileno $namespace, $CLONE_NEWNET) == 0 or die "setns: $!";
  for ([$ROUTE, $routeGroups], [$NETFILTER, $filterGroups]) {
    my ($protocol, $groups) = @$_;
    socket(my $socket, $AF_NETLINK, $SOCK_RAW, $protocol) or die "socket: $!";
    bind($socket, pack('SSLL', $AF_NETLINK, 0, 0, $groups)) or die "bind: $!";
    $names{fileno $socket} = $name; push @sockets, $socket;
  }
}
$| = 1;
my $all = ''; vec($all, fileno $_, 1) = 1 for \*STDIN, @sockets;
while (select(my $ready = $all, undef, undef, undef) > 0) {
  last if vec($ready, fileno STDIN, 1) && !sysread(STDIN, my $ignored, 4096);
  my %changed;
  for my $socket (@sockets) {
    next unless vec($ready, fileno $socket, 1);
    # What it says is not read: an overflow of the kernel's buffer, an error here, is a change as well.
    recv($socket, my $message, 65536, 0); $changed{$names{fileno $socket}} = 1;
  }
  print map { "$_\n" } sort keys %changed;
}
`;
