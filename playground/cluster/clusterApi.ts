import { createInterface } from "node:readline";
import { PassThrough } from "node:stream";
import { ApiException, CoreV1Api, KubeConfig, KubernetesObjectApi, Log, Watch, dumpYaml } from "@kubernetes/client-node";
import type { ClusterObjectKind } from "../model/clusterView.ts";
import { RempartError } from "../model/errors.ts";

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

/**
 * Talks to the API server that a kubeconfig names.
 * @param kubeconfig its text
 * @param context the one to use; the current one when it has none of that name
 */
export function connectCluster(kubeconfig: string, context: string): ClusterApi {
  const config = new KubeConfig();
  config.loadFromString(kubeconfig);
  if (config.getContexts().some((one) => one.name === context)) config.setCurrentContext(context);
  return {
    async watch(path, resourceVersion, onEvent, signal) {
      await new Promise<void>((resolve, reject) => {
        let isOpen = false;
        const done = (error: unknown): void => (error === null || error === undefined || signal.aborted || (isOpen && isQuiet(error)) ? resolve() : reject(asError(error)));
        // Without a resource version the server first tells of every object that there is.
        const query = { allowWatchBookmarks: true, ...(resourceVersion === undefined ? {} : { resourceVersion }) };
        new Watch(config).watch(path, query, (type, object) => onEvent(type, object), done).then((controller) => {
          isOpen = true;
          abortWith(signal, controller);
        }, reject);
      });
    },
    async followLog({ namespace, pod, container }, sinceSeconds, onLine, signal) {
      const stream = new PassThrough();
      const lines = createInterface(stream);
      lines.on("line", onLine);
      abortWith(signal, await new Log(config).log(namespace, pod, container, stream, { follow: true, sinceSeconds }));
      await new Promise<void>((resolve) => {
        lines.on("close", resolve);
        stream.on("error", () => resolve());
        signal.addEventListener("abort", () => {
          lines.close();
          resolve();
        });
      });
    },
    async readLog({ namespace, pod, container }, previous) {
      const text: unknown = await config.makeApiClient(CoreV1Api).readNamespacedPodLog({ name: pod, namespace, container, previous, tailLines: logLines }).catch(rethrow(`the log of ${container} in ${pod}`));
      return typeof text === "string" ? text : "";
    },
    async readYaml(kind, namespace, name) {
      const metadata = { name, ...(namespace === undefined ? {} : { namespace }) };
      const object = await KubernetesObjectApi.makeApiClient(config).read({ apiVersion: apiVersions[kind], kind, metadata }).catch(rethrow(`${kind} ${name}`));
      // Bookkeeping of the API server, longer than all the rest.
      if (object.metadata !== undefined) delete object.metadata.managedFields;
      return dumpYaml({ ...object, apiVersion: apiVersions[kind], kind }, { lineWidth: 120 });
    },
  };
}

/** Nothing happened for a while: the client ends such a watch by itself, and it goes on where it was. */
const isQuiet = (error: unknown): boolean => error instanceof Error && (error.name === "TimeoutError" || error.name === "AbortError");

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

function abortWith(signal: AbortSignal, controller: AbortController): void {
  if (signal.aborted) controller.abort();
  else signal.addEventListener("abort", () => controller.abort(), { once: true });
}

/** Says what could not be read, and why. */
function rethrow(what: string): (error: unknown) => never {
  return (error) => {
    if (error instanceof ApiException && (error.code === 404 || error.code === 400)) throw new RempartError("cluster.no-object", `the cluster has not got ${what}`, { kind: "input", next: "it may have gone a moment ago: look at the picture again", cause: error });
    throw new RempartError("cluster.unreachable", `the cluster's API server did not give ${what}`, { kind: "machine", kept: "the cluster is as it was", next: "wait a moment and try again; 'kubectl get nodes' on the laptop says more", cause: error });
  };
}
