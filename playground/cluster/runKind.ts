import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Endpoint } from "../engine/endpoint.ts";
import { hostCommand } from "../engine/hostCommand.ts";
import { findProgram } from "../engine/localDaemon.ts";
import { RempartError } from "../model/errors.ts";
import { dockerShim } from "./dockerShim.ts";

export interface KindOrder {
  readonly name: string;
  readonly image: string;
  /** Text of kind's configuration. */
  readonly config: string;
  /** Of each container. */
  readonly labels: Readonly<Record<string, string>>;
  /** What stands before a node's name in that of its container. */
  readonly prefix: string;
}

/** Runs `kind create cluster` to its end. Throws `lab.cluster-failed` with its last words, `machine.docker-client-absent`, `input.cancelled`. */
export type RunKind = (order: KindOrder, onLine: (line: string) => void, signal: AbortSignal) => Promise<void>;

/** Kind on this computer, at the engine of an endpoint. `kind`: path of the program. */
export function kindRunner(kind: string, endpoint: Pick<Endpoint, "address" | "certificates">): RunKind {
  return async (order, onLine, signal) => {
    const docker = findProgram("docker");
    if (docker === undefined || process.platform === "win32") {
      throw new RempartError("machine.docker-client-absent", process.platform === "win32" ? "Clusters need a system where kind can be given a command of its own; Windows has none." : "kind needs the command docker, which is not on this computer.", {
        kind: "machine",
        kept: "nothing of the cluster was made",
        next: process.platform === "win32" ? "run Rempart inside WSL" : "install Docker's command line",
      });
    }
    const folder = await mkdtemp(join(tmpdir(), "rempart-kind-"));
    try {
      await writeFile(join(folder, "docker"), dockerShim(docker, order.labels, order.prefix));
      await chmod(join(folder, "docker"), 0o755);
      await writeFile(join(folder, "config.json"), order.config);
      const result = await hostCommand(
        kind,
        ["create", "cluster", "--name", order.name, "--image", order.image, "--config", join(folder, "config.json"), "--kubeconfig", join(folder, "kubeconfig"), "--wait", "0s"],
        { onLine, signal, environment: environmentOf(folder, order, endpoint) },
      );
      signal.throwIfAborted();
      if (result.exitCode === 0) return;
      const words = `${result.stdout}${result.stderr}`.trim().split("\n").slice(-12).join("\n");
      throw new RempartError("lab.cluster-failed", `kind could not make the cluster:\n${words}`, { kept: "the rest of the lab, and your files", next: "start the lab again; if it fails again, rempart doctor may say why" });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
}

/** Neither the user's kubeconfig nor the settings of their docker command matter; a proxy of theirs would send the cluster's traffic out of the lab. */
function environmentOf(folder: string, order: KindOrder, { address, certificates }: Pick<Endpoint, "address" | "certificates">): Record<string, string> {
  const none = Object.fromEntries(["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy", "DOCKER_CONTEXT"].map((name) => [name, ""]));
  return {
    ...none,
    PATH: [folder, process.env["PATH"] ?? ""].join(delimiter),
    HOME: folder,
    KUBECONFIG: join(folder, "kubeconfig"),
    DOCKER_CONFIG: folder,
    DOCKER_HOST: address,
    KIND_EXPERIMENTAL_PROVIDER: "docker",
    KIND_EXPERIMENTAL_DOCKER_NETWORK: order.name,
    ...(certificates === undefined ? {} : { DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: certificates }),
  };
}
