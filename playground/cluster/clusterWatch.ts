import { setMaxListeners } from "node:events";
import type { z } from "zod";
import type { ClusterView } from "../model/clusterView.ts";
import { buildClusterView, type ClusterMachine } from "./buildClusterView.ts";
import type { ClusterApi } from "./clusterApi.ts";
import {
  authorizationPolicyObjectSchema, deploymentObjectSchema, endpointSliceObjectSchema, ingressObjectSchema, namespaceObjectSchema, nodeObjectSchema, peerAuthenticationObjectSchema, podObjectSchema, serviceObjectSchema,
} from "./kubernetesObjects.ts";
import { MeshTraffic } from "./meshTraffic.ts";
import { ObjectWatch, pause, type Pause } from "./objectWatch.ts";
import { SidecarLogs } from "./sidecarLogs.ts";

/** Changes that come together (a rollout makes dozens) are told together, this long after the first. */
const gatherMilliseconds = 120;
/** Rates are of a moving window: while there is traffic they are told again each second. */
const trafficMilliseconds = 1000;

interface ClusterWatchOptions {
  readonly name: string;
  readonly api: ClusterApi;
  readonly machines: readonly ClusterMachine[];
  /** Called with the whole cluster after each change. */
  onChange(view: ClusterView): void;
  readonly pause?: Pause;
}

/** Follows a cluster from its start until it is stopped: objects, and what the sidecars log. Polls nothing but the clock. */
export class ClusterWatch {
  readonly #options: ClusterWatchOptions;
  readonly #abort = new AbortController();
  readonly #traffic = new MeshTraffic();
  readonly #logs: SidecarLogs;
  readonly #watches;
  readonly #links = new Map<string, boolean>();
  #gather: NodeJS.Timeout | undefined;
  #tick: NodeJS.Timeout | undefined;
  #told = "";

  constructor(options: ClusterWatchOptions) {
    this.#options = options;
    // Every watch waits for the end: more than ten is no leak here.
    setMaxListeners(0, this.#abort.signal);
    this.#watches = {
      pods: this.#watch(podObjectSchema, "/api/v1/pods"),
      services: this.#watch(serviceObjectSchema, "/api/v1/services"),
      endpointSlices: this.#watch(endpointSliceObjectSchema, "/apis/discovery.k8s.io/v1/endpointslices"),
      deployments: this.#watch(deploymentObjectSchema, "/apis/apps/v1/deployments"),
      ingresses: this.#watch(ingressObjectSchema, "/apis/networking.k8s.io/v1/ingresses"),
      nodes: this.#watch(nodeObjectSchema, "/api/v1/nodes"),
      namespaces: this.#watch(namespaceObjectSchema, "/api/v1/namespaces"),
      authorizationPolicies: this.#watch(authorizationPolicyObjectSchema, "/apis/security.istio.io/v1/authorizationpolicies", true),
      peerAuthentications: this.#watch(peerAuthenticationObjectSchema, "/apis/security.istio.io/v1/peerauthentications", true),
    };
    this.#logs = new SidecarLogs(options.api, options.pause ?? pause, (pod, line) => {
      this.#traffic.add(pod, line);
      this.#changed();
    });
  }

  start(): void {
    for (const watch of Object.values(this.#watches)) void watch.run(this.#abort.signal);
    this.#tick = setInterval(() => {
      if (this.#traffic.prune(Date.now()) || this.#told.includes('"traffic/')) this.#changed();
    }, trafficMilliseconds);
    this.#tick.unref();
  }

  stop(): void {
    this.#abort.abort();
    this.#logs.stop();
    clearTimeout(this.#gather);
    clearInterval(this.#tick);
  }

  /** The cluster as it is known now. */
  view(): ClusterView {
    const { pods, services, endpointSlices, deployments, ingresses, nodes, namespaces, authorizationPolicies, peerAuthentications } = this.#watches;
    const built = buildClusterView(
      this.#options.name,
      {
        pods: pods.objects, services: services.objects, endpointSlices: endpointSlices.objects, deployments: deployments.objects, ingresses: ingresses.objects, nodes: nodes.objects,
        namespaces: namespaces.objects, authorizationPolicies: authorizationPolicies.objects, peerAuthentications: peerAuthentications.objects,
      },
      this.#options.machines,
    );
    const isUp = [...this.#links.values()].every(Boolean);
    const link = this.#links.size === 0 || (built.nodes.length === 0 && !isUp) ? "connecting" : isUp ? "connected" : "lost";
    return { ...built, link, observesTraffic: this.#logs.isReading, traffic: this.#traffic.edges(built, Date.now()) };
  }

  #watch<Schema extends z.ZodType>(schema: Schema, path: string, mayBeUnknown = false): ObjectWatch<Schema> {
    return new ObjectWatch(this.#options.api, schema, {
      path, mayBeUnknown,
      onChange: () => this.#changed(),
      onLink: (isUp) => {
        if (this.#links.get(path) === isUp) return;
        this.#links.set(path, isUp);
        this.#changed();
      },
    }, this.#options.pause ?? pause);
  }

  #changed(): void {
    if (this.#gather !== undefined || this.#abort.signal.aborted) return;
    this.#gather = setTimeout(() => {
      this.#gather = undefined;
      const view = this.view();
      this.#logs.follow(view.pods);
      const text = JSON.stringify(view);
      if (text === this.#told) return;
      this.#told = text;
      this.#options.onChange(view);
    }, gatherMilliseconds);
  }
}
