import type { ClusterPod, ClusterPolicy, TrafficEdge } from "../model/clusterView.ts";
import { isPlainRefused, namedPolicy, type AccessLogLine } from "./accessLog.ts";

type RefusingPolicy = NonNullable<TrafficEdge["refused"]>["policies"][number];

/** The namespace whose policies hold for the whole mesh, unless meshConfig names another one. */
const rootNamespace = "istio-system";

/**
 * Policies that a refusal comes from. Envoy names the one that denies; where nothing allowed the request (`[none]`), those are meant that allow
 * something for this pod, for none of them allowed this. A connection without TLS is refused by the nearest PeerAuthentication: that of the pod,
 * then of its namespace, then of the mesh (Istio's documentation, "PeerAuthentication").
 */
export function refusingPolicies(line: AccessLogLine, pod: ClusterPod, policies: readonly ClusterPolicy[]): RefusingPolicy[] {
  const applies = (policy: ClusterPolicy): boolean => (policy.namespace === pod.namespace || policy.namespace === rootNamespace) && Object.entries(policy.selector).every(([key, value]) => pod.labels[key] === value);
  const short = ({ kind, namespace, name }: ClusterPolicy): RefusingPolicy => ({ kind, namespace, name });
  if (isPlainRefused(line)) {
    const rank = (policy: ClusterPolicy): number => (policy.namespace !== pod.namespace ? 2 : Object.keys(policy.selector).length > 0 ? 0 : 1);
    const nearest = policies.filter((policy) => policy.kind === "PeerAuthentication" && policy.effect !== "UNSET" && applies(policy)).sort((a, b) => rank(a) - rank(b))[0];
    return nearest?.effect === "STRICT" ? [short(nearest)] : [];
  }
  const named = namedPolicy(line.details);
  if (named !== undefined) return [{ kind: "AuthorizationPolicy", ...named }];
  return policies.filter((policy) => policy.kind === "AuthorizationPolicy" && policy.effect === "ALLOW" && applies(policy)).map(short);
}
