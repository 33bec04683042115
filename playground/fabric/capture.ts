import type { ContainerEngine, ExecStream } from "../engine/containerEngine.ts";

/**
 * Streams what crosses an interface, as pcap (one file header, then packets as they come), from inside the network namespace
 * of a machine (`pid`) or of a router (`namespace`). Ends when the stream is closed.
 */
export function captureStream(
  engine: ContainerEngine,
  fabricContainer: string,
  where: { readonly pid: number } | { readonly namespace: string },
  interfaceName: string,
): Promise<ExecStream> {
  if (!/^[a-z][a-z0-9.-]{0,14}$/.test(interfaceName)) throw new RangeError(`'${interfaceName}' is no interface name`);
  const enter = "pid" in where ? ["nsenter", "-t", String(where.pid), "-n"] : ["ip", "netns", "exec", where.namespace];
  return engine.execStream(fabricContainer, [...enter, "tcpdump", "-U", "-n", "-s", "0", "-w", "-", "-Z", "root", "-i", interfaceName]);
}
