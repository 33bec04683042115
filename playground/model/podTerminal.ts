/** Where a terminal into a pod goes; `container` is absent for the pod's default one. */
export interface PodTerminal {
  readonly cluster: string;
  readonly namespace: string;
  readonly pod: string;
  readonly container?: string;
}

const part = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;

/** The name under which a pod's terminal is opened where a machine's has the machine's name: `CLUSTER/NAMESPACE/POD` and perhaps `/CONTAINER`. */
export function formatPodTerminal({ cluster, namespace, pod, container }: PodTerminal): string {
  return [cluster, namespace, pod, ...(container === undefined ? [] : [container])].join("/");
}

/** Reads such a name; undefined for a machine's, which has no slash, and for what cannot be a pod's. */
export function parsePodTerminal(name: string): PodTerminal | undefined {
  const parts = name.split("/");
  const [cluster, namespace, pod, container] = parts;
  if (parts.length < 3 || parts.length > 4 || cluster === undefined || namespace === undefined || pod === undefined || !parts.every((one) => part.test(one))) return undefined;
  return { cluster, namespace, pod, ...(container === undefined ? {} : { container }) };
}
