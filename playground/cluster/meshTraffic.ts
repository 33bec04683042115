import type { ClusterPod, ClusterPolicy, TrafficEdge, TrafficEnd } from "../model/clusterView.ts";
import { isError, isMeshTls, isRefused, type AccessLogLine } from "./accessLog.ts";
import { refusingPolicies } from "./refusals.ts";

/** What was seen last on an edge, back to so long before its last request, is what is told of it: so a change of policy shows at once. */
const recentMilliseconds = 5000;
/** An edge stays so long after its last request. */
const keptMilliseconds = 60_000;
/** Per pod; a benchmark must not fill memory. */
const mostLines = 5000;

/** What the window knows of the cluster when it joins lines to pods. */
export interface TrafficWorld {
  readonly pods: readonly ClusterPod[];
  readonly policies: readonly ClusterPolicy[];
}

interface Seen {
  readonly from: TrafficEnd;
  readonly to: TrafficEnd;
  readonly target: ClusterPod | undefined;
  readonly line: AccessLogLine;
}

/** The latest lines of a cluster's sidecars, and the edges that they make. */
export class MeshTraffic {
  readonly #lines = new Map<string, AccessLogLine[]>();

  /** Takes a line of the sidecar of a pod, `NAMESPACE/NAME`. */
  add(pod: string, line: AccessLogLine): void {
    const lines = this.#lines.get(pod) ?? [];
    lines.push(line);
    if (lines.length > mostLines) lines.splice(0, lines.length - mostLines);
    this.#lines.set(pod, lines);
  }

  /** Forgets what is too old to be told. Returns whether any line is left. */
  prune(now: number): boolean {
    for (const [pod, lines] of this.#lines) {
      const kept = lines.filter((line) => now - line.at <= keptMilliseconds);
      if (kept.length === 0) this.#lines.delete(pod);
      else this.#lines.set(pod, kept);
    }
    return this.#lines.size > 0;
  }

  /** The edges as they are at a moment, in milliseconds since 1970. */
  edges(world: TrafficWorld, now: number): TrafficEdge[] {
    const groups = new Map<string, Seen[]>();
    for (const [name, lines] of this.#lines) {
      const reporter = world.pods.find((pod) => `${pod.namespace}/${pod.name}` === name);
      if (reporter === undefined) continue;
      for (const line of lines) {
        if (now - line.at > keptMilliseconds) continue;
        const seen = placed(line, reporter, world.pods);
        const key = `traffic/${endKey(seen.from)}/${endKey(seen.to)}`;
        groups.set(key, [...(groups.get(key) ?? []), seen]);
      }
    }
    return [...groups].map(([id, seen]) => edgeOf(id, seen, world, now)).sort((a, b) => a.id.localeCompare(b.id));
  }
}

const endKey = ({ namespace, pod, service, address }: TrafficEnd): string => (pod !== undefined ? `${namespace ?? ""}.${pod}` : service !== undefined ? `service:${namespace ?? ""}.${service}` : (address ?? "outside"));

function placed(line: AccessLogLine, reporter: ClusterPod, pods: readonly ClusterPod[]): Seen {
  const self: TrafficEnd = { namespace: reporter.namespace, pod: reporter.name };
  const peer = pods.find((pod) => pod.address === line.peer && pod.state !== "done");
  const other: TrafficEnd = peer === undefined ? (line.peer === "" ? {} : { address: line.peer }) : { namespace: peer.namespace, pod: peer.name };
  if (line.side === "inbound") return { from: other, to: self, target: reporter, line };
  if (peer !== undefined) return { from: self, to: other, target: peer, line };
  const [service, namespace] = line.service.split(".");
  return { from: self, to: service === undefined || service === "" || namespace === undefined ? other : { namespace, service }, target: undefined, line };
}

function edgeOf(id: string, seen: readonly Seen[], world: TrafficWorld, now: number): TrafficEdge {
  const [first] = seen;
  if (first === undefined) throw new Error("an edge without lines");
  const lastAt = Math.max(...seen.map(({ line }) => line.at));
  const recent = seen.filter(({ line }) => line.at >= lastAt - recentMilliseconds).map(({ line }) => line);
  const received = recent.filter((line) => line.side === "inbound");
  const sent = recent.filter((line) => line.side === "outbound");
  // Both ends tell of the same requests: the caller's proxy also of those that never arrived.
  const counted = sent.length > 0 ? sent : received;
  const refused = received.filter(isRefused);
  const [latest] = [...refused].sort((a, b) => b.at - a.at);
  const answered = counted.filter((line) => line.code > 0).map((line) => line.milliseconds).sort((a, b) => a - b);
  const failed = counted.filter(isError);
  const fault = mostFrequent(failed.map((line) => (line.flags === "" ? String(line.code) : line.flags)));
  const rate = counted.filter((line) => now - line.at <= recentMilliseconds).length / (recentMilliseconds / 1000);
  return {
    id,
    from: first.from,
    to: first.to,
    requests: counted.length,
    rate,
    errors: failed.length,
    ...(answered.length === 0 ? {} : { median: quantile(answered, 0.5), high: quantile(answered, 0.95) }),
    encryption: encryptionOf(received, first.target),
    ...(fault === undefined ? {} : { fault }),
    ...(latest === undefined || first.target === undefined ? {} : { refused: { count: refused.length, detail: latest.details, policies: refusingPolicies(latest, first.target, world.policies) } }),
    lastAt: new Date(lastAt).toISOString(),
  };
}

/** As the receiving proxy saw it. A pod that has none cannot speak the mesh's TLS. */
function encryptionOf(received: readonly AccessLogLine[], target: ClusterPod | undefined): TrafficEdge["encryption"] {
  if (received.length === 0) return target === undefined || target.hasSidecar ? "unknown" : "plain";
  const count = received.filter(isMeshTls).length;
  return count === received.length ? "mtls" : count === 0 ? "plain" : "mixed";
}

const quantile = (sorted: readonly number[], part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;

function mostFrequent(words: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
