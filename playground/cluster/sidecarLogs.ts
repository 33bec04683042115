import type { ClusterPod } from "../model/clusterView.ts";
import { parseAccessLog, type AccessLogLine } from "./accessLog.ts";
import type { ClusterApi } from "./clusterApi.ts";
import type { Pause } from "./objectWatch.ts";
import { sidecarName } from "./podView.ts";

/** What passed before somebody looked is shown, too, as far as an edge stays anyway. */
const firstSeconds = 20;
/** After a log that ended or could not be opened. */
const againMilliseconds = 1000;

/** Follows the access logs of all sidecars of a cluster. Each log is one request that stays open. */
export class SidecarLogs {
  readonly #api: Pick<ClusterApi, "followLog">;
  readonly #pause: Pause;
  readonly #onLine: (pod: string, line: AccessLogLine) => void;
  /** By the pods' uid: one of the same name may follow another. */
  readonly #followed = new Map<string, AbortController>();
  #open = 0;

  constructor(api: Pick<ClusterApi, "followLog">, wait: Pause, onLine: (pod: string, line: AccessLogLine) => void) {
    this.#api = api;
    this.#pause = wait;
    this.#onLine = onLine;
  }

  /** Whether the log of any sidecar is being read. */
  get isReading(): boolean {
    return this.#open > 0;
  }

  /** Follows the sidecars that run in these pods, and no others. */
  follow(pods: readonly ClusterPod[]): void {
    const wanted = new Map(pods.filter((pod) => pod.containers.some((container) => container.role === "sidecar" && container.state === "running")).map((pod) => [pod.uid, pod]));
    for (const [uid, controller] of this.#followed) {
      if (wanted.has(uid)) continue;
      controller.abort();
      this.#followed.delete(uid);
    }
    for (const [uid, pod] of wanted) {
      if (this.#followed.has(uid)) continue;
      const controller = new AbortController();
      this.#followed.set(uid, controller);
      void this.#run(pod, controller.signal);
    }
  }

  stop(): void {
    for (const controller of this.#followed.values()) controller.abort();
    this.#followed.clear();
  }

  async #run(pod: ClusterPod, signal: AbortSignal): Promise<void> {
    // A log that is opened again begins with what was read already.
    let latest = 0;
    let before = new Set<string>();
    while (!signal.aborted) {
      const seen = new Set<string>();
      const take = (text: string): void => {
        const line = parseAccessLog(text);
        if (line === undefined || line.at < latest - firstSeconds * 1000 || before.has(text)) return;
        latest = Math.max(latest, line.at);
        if (seen.size < 2000) seen.add(text);
        this.#onLine(`${pod.namespace}/${pod.name}`, line);
      };
      this.#open += 1;
      await this.#api.followLog({ namespace: pod.namespace, pod: pod.name, container: sidecarName }, firstSeconds, take, signal).catch(() => undefined);
      this.#open -= 1;
      before = new Set([...before, ...seen]);
      if (before.size > 4000) before = seen;
      await this.#pause(againMilliseconds, signal);
    }
  }
}
