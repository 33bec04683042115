import type { Cloud } from "../model/cloud.ts";
import { RempartError } from "../model/errors.ts";
import { formatAddress } from "../model/ip.ts";
import { addressSeenFrom } from "../model/namesSeenFrom.ts";
import type { PathObservation, PathQuestion } from "../model/path.ts";
import type { LabRuntime } from "./labRuntime.ts";

const probeSeconds = 3;
const dnsPort = 53;

/** The address that a question is about, as its asker resolves it. Throws `input.unknown-node`. */
function targetAddress(cloud: Cloud, question: PathQuestion): string {
  const asker = cloud.nodes.find((node) => node.name === question.from);
  const address = asker && addressSeenFrom(cloud, asker, question.to);
  if (!address) throw new RempartError("input.unknown-node", `there is no machine or address '${asker ? question.to : question.from}' in this lab`, { kind: "input", next: "name a machine or an IP address" });
  return formatAddress(address);
}

/** Shell command that probes, and whose output {@link readProbe} understands. */
export function probeCommand(address: string, question: Pick<PathQuestion, "protocol" | "port">, seconds = probeSeconds): string {
  if (question.protocol === "icmp") return `ping -n -c 1 -W ${seconds} ${address}`;
  // A name server says nothing to what is no question; this one each answers by itself, without asking another.
  if (question.protocol === "udp" && question.port === dnsPort) return `dig +time=${seconds} +tries=1 +norecurse @${address} . NS`;
  // An empty datagram is enough: a closed port answers with ICMP "port unreachable", which the second write reports.
  if (question.protocol === "udp") return `timeout ${seconds} bash -c 'exec 3<>/dev/udp/${address}/${question.port}; echo >&3; sleep 0.3; echo >&3 && read -t ${Math.max(1, seconds - 1)} -u 3 line && echo "$line"'`;
  return `timeout ${seconds} bash -c 'exec 3<>/dev/tcp/${address}/${question.port} && echo open'`;
}

/** `timeout` ends with 124; a refused connection says so; ping ends with 1 when nothing answered. */
export function readProbe(protocol: PathQuestion["protocol"], exitCode: number, output: string): PathObservation["verdict"] {
  if (exitCode === 0) return "open";
  if (protocol === "icmp") return "timeout";
  return /refused/i.test(output) ? "refused" : "timeout";
}

/** Sends the real packet from inside the source node and says what came back. */
export async function probePath(runtime: LabRuntime, question: PathQuestion): Promise<PathObservation> {
  if (question.protocol !== "icmp" && question.port === undefined) throw new RempartError("input.port-missing", `${question.protocol} needs a port`, { kind: "input" });
  const command = probeCommand(targetAddress(runtime.cloud(), question), question);
  const begun = performance.now();
  const result = await runtime.exec(question.from, ["bash", "-c", command], { timeoutMilliseconds: (probeSeconds + 5) * 1000 });
  const output = `${result.stdout}${result.stderr}`.trim();
  return { verdict: readProbe(question.protocol, result.exitCode, output), command, output, milliseconds: Math.round(performance.now() - begun) };
}
