import type { IncomingMessage } from "node:http";
import { Agent, request } from "node:https";
import { createInterface } from "node:readline";
import { RempartError } from "../model/errors.ts";
import type { KubernetesObject } from "../model/kubernetesCheck.ts";
import { readCredentials } from "./kubeconfig.ts";

const limitMilliseconds = 5_000;

/** One kind of object, as the API server names it in a path. */
interface ApiResource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** An answer of the API server that is no success. */
export class KubernetesRefusal extends Error {
  readonly statusCode: number;

  constructor(statusCode: number, message: string) {
    super(message);
    this.name = "KubernetesRefusal";
    this.statusCode = statusCode;
  }
}

/**
 * The API server of one cluster, as the administrator of a kubeconfig. Objects are those of the wire: a client that knows their types
 * would leave out what it does not know.
 */
export class KubernetesApi {
  readonly #server: string;
  readonly #agent: Agent;
  /** By group and version: what the server has there. A kind that is not found is asked for again, as it may have come with Istio. */
  readonly #resources = new Map<string, readonly ApiResource[]>();

  /** Throws `lab.cluster-not-ready` when the kubeconfig has no such context. */
  constructor(kubeconfig: string, context: string) {
    const credentials = readCredentials(kubeconfig, context);
    if (!credentials) throw notReady(`its kubeconfig has no context ${context}`);
    const pem = (base64: string): Buffer => Buffer.from(base64, "base64");
    this.#server = credentials.server;
    this.#agent = new Agent({ ca: pem(credentials.certificateAuthority), cert: pem(credentials.certificate), key: pem(credentials.key), keepAlive: true });
  }

  /**
   * Objects by name (one or none) or by labels.
   *
   * @throws RempartError `lab.cluster-not-ready` when the server does not answer, `lab.kubernetes-refused` with its words when it refuses.
   */
  async read(object: KubernetesObject): Promise<readonly unknown[]> {
    const resource = await this.#resource(object);
    if (!resource) return [];
    const place = resource.namespaced ? `namespaces/${encodeURIComponent(object.namespace ?? "default")}/` : "";
    const base = `${groupPath(object.api_version)}/${place}${resource.name}`;
    if (object.name !== undefined) {
      const found = await this.get(`${base}/${encodeURIComponent(object.name)}`);
      return found === undefined ? [] : [found];
    }
    const list = await this.get(`${base}?labelSelector=${encodeURIComponent(object.label_selector ?? "")}`);
    return typeof list === "object" && list !== null && "items" in list && Array.isArray(list.items) ? list.items : [];
  }

  /** What is at a path of the API; undefined where there is nothing. Throws as {@link read}. */
  async get(path: string): Promise<unknown> {
    try {
      return JSON.parse(await this.text(path)) as unknown;
    } catch (error) {
      if (!(error instanceof KubernetesRefusal)) throw error;
      if (error.statusCode === 404) return undefined;
      if (error.statusCode >= 500) throw notReady(`it answers ${error.statusCode}`);
      throw new RempartError("lab.kubernetes-refused", `The cluster refuses ${path}: ${error.message}`);
    }
  }

  /** The answer to one question, as text. Throws {@link KubernetesRefusal}, and `lab.cluster-not-ready` when there is no answer. */
  async text(path: string): Promise<string> {
    const answer = await this.#open(path, AbortSignal.timeout(limitMilliseconds));
    return readAll(answer).catch((error: unknown) => {
      throw notReady(error instanceof Error ? error.message : String(error));
    });
  }

  /**
   * Lines of an answer that goes on (a watch, a log that is followed), until the server ends it or the signal aborts. Throws as
   * {@link text} when it cannot be opened.
   */
  async stream(path: string, onLine: (line: string) => void, signal: AbortSignal): Promise<void> {
    const answer = await this.#open(path, signal);
    await new Promise<void>((resolve) => {
      const lines = createInterface({ input: answer });
      lines.on("line", onLine);
      lines.on("close", resolve);
      // What breaks off has ended: whoever follows begins anew from where they are. The lines' reader tells of the same error once more.
      answer.on("error", () => lines.close());
      lines.on("error", () => lines.close());
      answer.on("close", () => lines.close());
    });
  }

  /** Ends what is kept open between questions. */
  close(): void {
    this.#agent.destroy();
  }

  async #resource({ api_version: version, kind }: KubernetesObject): Promise<ApiResource | undefined> {
    const known = this.#resources.get(version)?.find((resource) => resource.kind === kind);
    if (known) return known;
    const list = await this.get(groupPath(version));
    const resources = typeof list === "object" && list !== null && "resources" in list && Array.isArray(list.resources) ? (list.resources as ApiResource[]) : [];
    // `pods/status` and the like are parts, and no kinds.
    this.#resources.set(version, resources.filter((resource) => !resource.name.includes("/")));
    return this.#resources.get(version)?.find((resource) => resource.kind === kind);
  }

  async #open(path: string, signal: AbortSignal): Promise<IncomingMessage> {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const asked = request(`${this.#server}${path}`, { agent: this.#agent, headers: { accept: "application/json, */*" }, signal }, resolve);
      asked.on("error", (error) => reject(notReady(signal.aborted ? "no answer in time" : error.message)));
      asked.end();
    });
    const status = answer.statusCode ?? 0;
    if (status >= 200 && status < 300) return answer;
    throw new KubernetesRefusal(status, messageOf(await readAll(answer).catch(() => "")));
  }
}

async function readAll(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

const groupPath = (version: string): string => (version.includes("/") ? `/apis/${version}` : `/api/${version}`);

function messageOf(body: string): string {
  try {
    const status: unknown = JSON.parse(body);
    return typeof status === "object" && status !== null && "message" in status && typeof status.message === "string" ? status.message : body;
  } catch {
    return body;
  }
}

function notReady(why: string): RempartError {
  return new RempartError("lab.cluster-not-ready", `The cluster's API server does not answer: ${why}.`, { kept: "the lab runs on", next: "wait a moment; if it stays so, see 'rempart status'" });
}
