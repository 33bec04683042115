import { parse } from "yaml";
import { z } from "zod";

/** Name of a cluster's context, as kind gives it. */
export const contextOf = (cluster: string): string => `kind-${cluster}`;

/** Who an API server is, and who its administrator is. */
export interface ClusterCredentials {
  /** URL of the API server. */
  readonly server: string;
  /** Base64 of PEM. */
  readonly certificateAuthority: string;
  readonly certificate: string;
  readonly key: string;
}

const kubeconfigSchema = z.object({
  "current-context": z.string().optional(),
  clusters: z.array(z.object({ name: z.string(), cluster: z.object({ server: z.string(), "certificate-authority-data": z.string() }) })),
  contexts: z.array(z.object({ name: z.string(), context: z.object({ cluster: z.string(), user: z.string() }) })),
  users: z.array(z.object({ name: z.string(), user: z.object({ "client-certificate-data": z.string(), "client-key-data": z.string() }) })),
});

/** The credentials of a context of a kubeconfig as kind and Rempart write it (of the current one, when none is named); undefined where there is none. */
export function readCredentials(text: string, context?: string): ClusterCredentials | undefined {
  const parsed = kubeconfigSchema.safeParse(readYaml(text));
  if (!parsed.success) return undefined;
  const { data } = parsed;
  const wanted = context ?? data["current-context"];
  const found = data.contexts.find(({ name }) => name === wanted)?.context;
  const cluster = data.clusters.find(({ name }) => name === found?.cluster)?.cluster;
  const user = data.users.find(({ name }) => name === found?.user)?.user;
  return cluster && user && { server: cluster.server, certificateAuthority: cluster["certificate-authority-data"], certificate: user["client-certificate-data"], key: user["client-key-data"] };
}

function readYaml(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

/** A kubeconfig of one or more clusters, by name; the first one's context is the current one. */
export function formatKubeconfig(clusters: ReadonlyMap<string, ClusterCredentials>): string {
  const [first] = clusters.keys();
  const lines = (key: string, entry: (context: string, credentials: ClusterCredentials) => readonly string[]): string[] =>
    clusters.size === 0 ? [`${key}: []`] : [`${key}:`, ...[...clusters].flatMap(([name, one]) => entry(contextOf(name), one).map((line, index) => `${index === 0 ? "- " : "  "}${line}`))];
  return [
    "apiVersion: v1",
    "kind: Config",
    ...(first === undefined ? [] : [`current-context: ${contextOf(first)}`]),
    ...lines("clusters", (context, one) => [`name: ${context}`, "cluster:", `  server: ${one.server}`, `  certificate-authority-data: ${one.certificateAuthority}`]),
    ...lines("contexts", (context) => [`name: ${context}`, "context:", `  cluster: ${context}`, `  user: ${context}`]),
    ...lines("users", (context, one) => [`name: ${context}`, "user:", `  client-certificate-data: ${one.certificate}`, `  client-key-data: ${one.key}`]),
    "",
  ].join("\n");
}
