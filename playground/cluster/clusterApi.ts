import { stringify } from "yaml";
import type { ClusterObjectKind } from "../model/clusterView.ts";
import { RempartError } from "../model/errors.ts";
import { KubernetesApi, KubernetesRefusal } from "./kubernetesApi.ts";

/** One container of a pod. */
export interface ContainerPlace {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/** What the window's side needs of a cluster's API server. Each call is one request, or one that stays open. */
export interface ClusterApi {
  /** Events of the objects at a path until the server ends it or the signal aborts. Rejects when it cannot be opened; the error's `statusCode` is the server's. */
  watch(path: string, resourceVersion: string | undefined, onEvent: (type: string, object: unknown) => void, signal: AbortSignal): Promise<void>;
  /** Lines of a container's log from some seconds ago on, until it ends or the signal aborts. */
  followLog(place: ContainerPlace, sinceSeconds: number, onLine: (line: string) => void, signal: AbortSignal): Promise<void>;
  /** The end of a container's log. Throws `cluster.no-object`, `cluster.unreachable`. */
  readLog(place: ContainerPlace, previous: boolean): Promise<string>;
  /** An object as YAML, without what only the API server needs. Throws `cluster.no-object`, `cluster.unreachable`. */
  readYaml(kind: ClusterObjectKind, namespace: string | undefined, name: string): Promise<string>;
}

const apiVersions: Readonly<Record<ClusterObjectKind, string>> = {
  Pod: "v1", Service: "v1", Namespace: "v1", Node: "v1", Deployment: "apps/v1", Ingress: "networking.k8s.io/v1", AuthorizationPolicy: "security.istio.io/v1", PeerAuthentication: "security.istio.io/v1",
};
const logLines = 500;
/** The server itself ends a watch after so long; it goes on where it was. One that is silent for longer does not answer any more. */
const watchSeconds = 30;
const silenceMilliseconds = 40_000;

/** Talks to the API server that a kubeconfig's context names. Throws `lab.cluster-not-ready` when there is no such context. */
export function connectCluster(kubeconfig: string, context: string): ClusterApi {
  const api = new KubernetesApi(kubeconfig, context);
  return {
    watch: (path, resourceVersion, onEvent, signal) => watch(api, path, resourceVersion, onEvent, signal),
    async followLog({ namespace, pod, container }, sinceSeconds, onLine, signal) {
      await api.stream(`${logPath(namespace, pod)}?container=${encodeURIComponent(container)}&follow=true&sinceSeconds=${sinceSeconds}`, onLine, signal);
    },
    async readLog({ namespace, pod, container }, previous) {
      return api.text(`${logPath(namespace, pod)}?container=${encodeURIComponent(container)}&tailLines=${logLines}&previous=${previous}`).catch(rethrow(`the log of ${container} in ${pod}`));
    },
    async readYaml(kind, namespace, name) {
      const [object] = await api.read({ api_version: apiVersions[kind], kind, name, ...(namespace === undefined ? {} : { namespace }) }).catch(rethrow(`${kind} ${name}`));
      if (!isRecord(object)) throw noObject(`${kind} ${name}`);
      return stringify(withoutBookkeeping(object), { lineWidth: 120 });
    },
  };
}

const logPath = (namespace: string, pod: string): string => `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/log`;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** What the API server and kubectl note for themselves is longer than all the rest. */
function withoutBookkeeping(object: Record<string, unknown>): Record<string, unknown> {
  const { metadata } = object;
  if (!isRecord(metadata)) return object;
  const kept = Object.entries(metadata).filter(([name]) => name !== "managedFields" && name !== "annotations");
  const { annotations } = metadata;
  const others = isRecord(annotations) ? Object.entries(annotations).filter(([name]) => name !== "kubectl.kubernetes.io/last-applied-configuration") : [];
  return { ...object, metadata: { ...Object.fromEntries(kept), ...(others.length === 0 ? {} : { annotations: Object.fromEntries(others) }) } };
}

/** Without a resource version the server first tells of every object that there is. */
async function watch(api: KubernetesApi, path: string, resourceVersion: string | undefined, onEvent: (type: string, object: unknown) => void, signal: AbortSignal): Promise<void> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), silenceMilliseconds);
  const query = `watch=true&allowWatchBookmarks=true&timeoutSeconds=${watchSeconds}${resourceVersion === undefined ? "" : `&resourceVersion=${encodeURIComponent(resourceVersion)}`}`;
  try {
    await api.stream(
      `${path}?${query}`,
      (line) => {
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), silenceMilliseconds);
        const event = readEvent(line);
        if (event !== undefined) onEvent(event.type, event.object);
      },
      AbortSignal.any([signal, silence.signal]),
    );
  } finally {
    clearTimeout(timer);
  }
  if (silence.signal.aborted && !signal.aborted) throw new RempartError("cluster.unreachable", "the cluster's API server has fallen silent", { kind: "machine" });
}

/** A line that was cut off in the middle is no event. */
function readEvent(line: string): { type: string; object: unknown } | undefined {
  try {
    const event: unknown = JSON.parse(line);
    return isRecord(event) && typeof event["type"] === "string" ? { type: event["type"], object: event["object"] } : undefined;
  } catch {
    return undefined;
  }
}

const noObject = (what: string, cause?: unknown): RempartError => new RempartError("cluster.no-object", `the cluster has not got ${what}`, { kind: "input", next: "it may have gone a moment ago: look at the picture again", cause });

/** Says what could not be read, and why. */
function rethrow(what: string): (error: unknown) => never {
  return (error) => {
    if (error instanceof KubernetesRefusal && error.statusCode < 500) throw noObject(what, error);
    throw new RempartError("cluster.unreachable", `the cluster's API server did not give ${what}`, { kind: "machine", kept: "the cluster is as it was", next: "wait a moment and try again; 'kubectl get nodes' on the laptop says more", cause: error });
  };
}
