import { z } from "zod";

/**
 * The parts of Kubernetes' objects that the window reads, as the API server writes them in JSON. Everything that may be missing is optional: what
 * is written here comes from a server whose objects students make.
 */

const text = z.string();
const words = z.record(z.string(), z.string()).optional();

export const metadataSchema = z.object({
  name: text,
  namespace: text.optional(),
  uid: text.default(""),
  resourceVersion: text.optional(),
  creationTimestamp: text.optional(),
  deletionTimestamp: text.optional(),
  labels: words,
  annotations: words,
  ownerReferences: z.array(z.object({ kind: text, name: text, controller: z.boolean().optional() })).optional(),
});

const containerSpecSchema = z.object({ name: text, image: text.default(""), restartPolicy: text.optional(), startupProbe: z.unknown().optional(), readinessProbe: z.unknown().optional(), livenessProbe: z.unknown().optional() });
const ended = z.object({ reason: text.optional(), exitCode: z.number().optional() });
const containerStatusSchema = z.object({
  name: text,
  ready: z.boolean().default(false),
  restartCount: z.number().default(0),
  state: z.object({ waiting: z.object({ reason: text.optional() }).optional(), running: z.object({ startedAt: text.optional() }).optional(), terminated: ended.optional() }).optional(),
  lastState: z.object({ terminated: ended.optional() }).optional(),
});
export const podObjectSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({ nodeName: text.optional(), serviceAccountName: text.optional(), containers: z.array(containerSpecSchema).default([]), initContainers: z.array(containerSpecSchema).default([]) }),
  status: z
    .object({
      phase: text.default("Unknown"),
      reason: text.optional(),
      podIP: text.optional(),
      startTime: text.optional(),
      conditions: z.array(z.object({ type: text, status: text, reason: text.optional() })).default([]),
      containerStatuses: z.array(containerStatusSchema).default([]),
      initContainerStatuses: z.array(containerStatusSchema).default([]),
    })
    .prefault({}),
});
export type PodObject = z.infer<typeof podObjectSchema>;

const port = z.union([z.string(), z.number()]);
export const serviceObjectSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({
    type: text.default("ClusterIP"),
    clusterIP: text.optional(),
    externalIPs: z.array(text).default([]),
    externalName: text.optional(),
    selector: words,
    ports: z.array(z.object({ name: text.optional(), protocol: text.default("TCP"), port: z.number(), targetPort: port.optional(), nodePort: z.number().optional() })).default([]),
  }),
  status: z.object({ loadBalancer: z.object({ ingress: z.array(z.object({ ip: text.optional(), hostname: text.optional() })).default([]) }).optional() }).optional(),
});
export type ServiceObject = z.infer<typeof serviceObjectSchema>;

export const endpointSliceObjectSchema = z.object({
  metadata: metadataSchema,
  endpoints: z
    .array(z.object({ addresses: z.array(text).default([]), conditions: z.object({ ready: z.boolean().nullish() }).nullish(), targetRef: z.object({ kind: text.optional(), name: text.optional() }).nullish() }))
    .nullish()
    .transform((endpoints) => endpoints ?? []),
});
export type EndpointSliceObject = z.infer<typeof endpointSliceObjectSchema>;

export const deploymentObjectSchema = z.object({
  metadata: metadataSchema.extend({ generation: z.number().default(0) }),
  spec: z.object({
    replicas: z.number().default(1),
    paused: z.boolean().default(false),
    strategy: z.object({ type: text.default("RollingUpdate") }).optional(),
    template: z.object({ spec: z.object({ containers: z.array(z.object({ image: text.default("") })).default([]) }).optional() }).optional(),
  }),
  status: z
    .object({
      observedGeneration: z.number().default(0),
      replicas: z.number().default(0),
      updatedReplicas: z.number().default(0),
      readyReplicas: z.number().default(0),
      availableReplicas: z.number().default(0),
      conditions: z.array(z.object({ type: text, status: text, reason: text.optional(), message: text.optional() })).default([]),
    })
    .prefault({}),
});
export type DeploymentObject = z.infer<typeof deploymentObjectSchema>;

export const ingressObjectSchema = z.object({
  metadata: metadataSchema,
  spec: z
    .object({
      ingressClassName: text.optional(),
      rules: z
        .array(
          z.object({
            host: text.optional(),
            http: z.object({ paths: z.array(z.object({ path: text.optional(), backend: z.object({ service: z.object({ name: text, port: z.object({ number: z.number().optional(), name: text.optional() }).optional() }).optional() }) })).default([]) }).optional(),
          }),
        )
        .default([]),
    })
    .prefault({}),
  status: z.object({ loadBalancer: z.object({ ingress: z.array(z.object({ ip: text.optional(), hostname: text.optional() })).default([]) }).optional() }).optional(),
});
export type IngressObject = z.infer<typeof ingressObjectSchema>;

export const nodeObjectSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({ podCIDR: text.optional(), unschedulable: z.boolean().default(false) }).prefault({}),
  status: z
    .object({
      addresses: z.array(z.object({ type: text, address: text })).default([]),
      conditions: z.array(z.object({ type: text, status: text })).default([]),
      nodeInfo: z.object({ kubeletVersion: text.default("") }).optional(),
    })
    .prefault({}),
});
export type NodeObject = z.infer<typeof nodeObjectSchema>;

export const namespaceObjectSchema = z.object({ metadata: metadataSchema, status: z.object({ phase: text.optional() }).optional() });
export type NamespaceObject = z.infer<typeof namespaceObjectSchema>;

const selector = z.object({ matchLabels: words }).optional();
export const authorizationPolicyObjectSchema = z.object({ metadata: metadataSchema, spec: z.object({ action: text.optional(), selector }).nullish() });
export type AuthorizationPolicyObject = z.infer<typeof authorizationPolicyObjectSchema>;
export const peerAuthenticationObjectSchema = z.object({ metadata: metadataSchema, spec: z.object({ mtls: z.object({ mode: text.optional() }).nullish(), selector }).nullish() });
export type PeerAuthenticationObject = z.infer<typeof peerAuthenticationObjectSchema>;
