import { z } from "zod";

/**
 * A Kubernetes cluster as the window shows it: what its API server told, joined and reduced to what is drawn. Times are ISO 8601. Names of objects
 * are Kubernetes' own, so that what is on screen is what kubectl says.
 */

export const clusterContainerSchema = z.object({
  name: z.string(),
  image: z.string(),
  isReady: z.boolean(),
  restarts: z.number(),
  state: z.enum(["waiting", "running", "terminated"]),
  /** Why it waits or ended, in Kubernetes' own word: `ImagePullBackOff`, `CrashLoopBackOff`, `OOMKilled`. */
  reason: z.string().optional(),
  /** Why it ended before it was last started. */
  lastReason: z.string().optional(),
  /** `sidecar`: runs beside the app for its whole life, and is the mesh's. `init`: runs once, before the others. */
  role: z.enum(["app", "sidecar", "init"]),
  probes: z.array(z.enum(["startup", "readiness", "liveness"])),
});
export type ClusterContainer = z.infer<typeof clusterContainerSchema>;

/** `unready`: it runs, but its readiness probe fails, so no service sends to it. `failing`: it cannot start or ended with an error. */
export const podStateSchema = z.enum(["starting", "ready", "unready", "failing", "stopping", "done"]);
export type PodState = z.infer<typeof podStateSchema>;

export const clusterPodSchema = z.object({
  namespace: z.string(),
  name: z.string(),
  uid: z.string(),
  /** Kubernetes' name of the node; absent while it is not scheduled. */
  node: z.string().optional(),
  address: z.string().optional(),
  phase: z.string(),
  state: podStateSchema,
  /** The reason behind a state that is not well, in Kubernetes' own word. */
  reason: z.string().optional(),
  restarts: z.number(),
  containers: z.array(clusterContainerSchema),
  hasSidecar: z.boolean(),
  /** What keeps it alive: a deployment, a daemon set, a job… */
  owner: z.object({ kind: z.string(), name: z.string() }).optional(),
  /** Of the ReplicaSet that made it: another one after each change of the deployment's template. */
  templateHash: z.string().optional(),
  labels: z.record(z.string(), z.string()),
  serviceAccount: z.string().optional(),
  startedAt: z.string().optional(),
});
export type ClusterPod = z.infer<typeof clusterPodSchema>;

export const clusterServiceSchema = z.object({
  namespace: z.string(),
  name: z.string(),
  type: z.string(),
  clusterAddress: z.string().optional(),
  /** Those at which the outside reaches it: of the load balancer, or given by hand. */
  externalAddresses: z.array(z.string()),
  ports: z.array(z.object({ name: z.string().optional(), protocol: z.string(), port: z.number(), targetPort: z.string(), nodePort: z.number().optional() })),
  selector: z.record(z.string(), z.string()),
  endpoints: z.array(z.object({ address: z.string(), pod: z.string().optional(), isReady: z.boolean() })),
});
export type ClusterService = z.infer<typeof clusterServiceSchema>;

export const clusterDeploymentSchema = z.object({
  namespace: z.string(),
  name: z.string(),
  wanted: z.number(),
  /** Pods of the newest template, those that are ready, and all there are, the old ones included. */
  updated: z.number(),
  ready: z.number(),
  total: z.number(),
  rollout: z.enum(["complete", "progressing", "failed", "paused"]),
  message: z.string().optional(),
  revision: z.string().optional(),
  strategy: z.string(),
  images: z.array(z.string()),
});
export type ClusterDeployment = z.infer<typeof clusterDeploymentSchema>;

export const clusterIngressSchema = z.object({
  namespace: z.string(),
  name: z.string(),
  className: z.string().optional(),
  addresses: z.array(z.string()),
  rules: z.array(z.object({ host: z.string(), path: z.string(), service: z.string(), port: z.string() })),
});
export type ClusterIngress = z.infer<typeof clusterIngressSchema>;

export const clusterNodeSchema = z.object({
  /** Kubernetes' own name of it. */
  name: z.string(),
  /** The lab's machine that it is. */
  node: z.string().optional(),
  isReady: z.boolean(),
  isControlPlane: z.boolean(),
  /** Cordoned: no new pod comes here. */
  isCordoned: z.boolean(),
  addresses: z.array(z.string()),
  podCidr: z.string().optional(),
  version: z.string(),
});
export type ClusterNode = z.infer<typeof clusterNodeSchema>;

export const clusterNamespaceSchema = z.object({ name: z.string(), isTerminating: z.boolean(), /** New pods get a sidecar. */ injects: z.boolean() });
export type ClusterNamespace = z.infer<typeof clusterNamespaceSchema>;

/** A policy of the mesh, as far as a refusal is to be traced to it. */
export const clusterPolicySchema = z.object({
  kind: z.enum(["AuthorizationPolicy", "PeerAuthentication"]),
  namespace: z.string(),
  name: z.string(),
  /** `ALLOW`, `DENY`… or the mode `STRICT`, `PERMISSIVE`, `DISABLE`. */
  effect: z.string(),
  /** Labels of the pods that it is for; empty for all of its namespace. */
  selector: z.record(z.string(), z.string()),
});
export type ClusterPolicy = z.infer<typeof clusterPolicySchema>;

/** One end of observed traffic: a pod, or somebody whom the cluster does not know. */
export const trafficEndSchema = z.object({ namespace: z.string().optional(), pod: z.string().optional(), /** Service that was asked for, where no pod was reached. */ service: z.string().optional(), address: z.string().optional() });
export type TrafficEnd = z.infer<typeof trafficEndSchema>;

/** Requests from one end to the other in the last moments, from the access logs of the sidecars. */
export const trafficEdgeSchema = z.object({
  id: z.string(),
  from: trafficEndSchema,
  to: trafficEndSchema,
  requests: z.number(),
  /** Per second, over the window of the observation. */
  rate: z.number(),
  /** Answers of 500 and above, and connections that failed; refusals are counted apart. */
  errors: z.number(),
  /** Median and 95th percentile in milliseconds; absent where nothing was answered. */
  median: z.number().optional(),
  high: z.number().optional(),
  /** As observed by the proxy that received it; `unknown` where none did. */
  encryption: z.enum(["mtls", "plain", "mixed", "unknown"]),
  /** The most frequent response flag or detail of those that failed, as Envoy writes it: `UO`, `UF`, `response_timeout`. */
  fault: z.string().optional(),
  refused: z
    .object({ count: z.number(), /** Envoy's detail: `rbac_access_denied_matched_policy[none]`. */ detail: z.string(), policies: z.array(z.object({ kind: clusterPolicySchema.shape.kind, namespace: z.string(), name: z.string() })) })
    .optional(),
  lastAt: z.string(),
});
export type TrafficEdge = z.infer<typeof trafficEdgeSchema>;

/** `connecting`: nothing was read yet. `lost`: the last that was read, the API server does not answer now. */
export const clusterLinkSchema = z.enum(["connecting", "connected", "lost"]);

export const clusterViewSchema = z.object({
  name: z.string(),
  link: clusterLinkSchema,
  nodes: z.array(clusterNodeSchema),
  namespaces: z.array(clusterNamespaceSchema),
  pods: z.array(clusterPodSchema),
  services: z.array(clusterServiceSchema),
  deployments: z.array(clusterDeploymentSchema),
  ingresses: z.array(clusterIngressSchema),
  policies: z.array(clusterPolicySchema),
  /** Whether any sidecar's access log can be read: without one, no traffic does not mean that there is none. */
  observesTraffic: z.boolean(),
  traffic: z.array(trafficEdgeSchema),
});
export type ClusterView = z.infer<typeof clusterViewSchema>;

/** Namespaces that Kubernetes needs for itself: noise for whoever looks for their own. */
export const systemNamespaces: ReadonlySet<string> = new Set(["kube-system", "kube-public", "kube-node-lease", "local-path-storage"]);

/** Kinds of which the window shows the YAML. */
export const clusterObjectKindSchema = z.enum(["Pod", "Service", "Deployment", "Ingress", "Namespace", "Node", "AuthorizationPolicy", "PeerAuthentication"]);
export type ClusterObjectKind = z.infer<typeof clusterObjectKindSchema>;
