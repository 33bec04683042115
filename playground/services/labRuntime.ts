import type { Cloud } from "../model/cloud.ts";
import type { KubernetesObject } from "../model/kubernetesCheck.ts";
import type { Lab } from "../model/lab.ts";
import type { VariantValues } from "../model/variants.ts";
import type { ExecOptions, ExecResult } from "../engine/containerEngine.ts";

/** A lab as read from its folder, valid. Made by `labRegistry.ts`. */
export interface LoadedLab {
  readonly lab: Lab;
  /** Absolute path of the lab's folder. */
  readonly folder: string;
  /** False for a folder that the user named (`rempart up ./my-lab`). */
  readonly ours: boolean;
  /** Text of the lab's own network.yml: the start state of the student's. */
  readonly startNetwork: string;
  /** The student's seed, where one was chosen; else the first alternatives hold. */
  readonly seed?: number;
  /** The values of the student's variant; all texts here have them put in. Absent where the lab has no variants. */
  readonly values?: VariantValues;
  /** Markdown of guide.fr.md and guide.en.md. */
  readonly guides: { readonly fr: string; readonly en: string };
}

/** What checks, probes and solutions may do with a lab that runs. Implemented by `labService.ts`. */
export interface LabRuntime {
  readonly loaded: LoadedLab;
  /** The cloud as applied now. */
  cloud(): Cloud;
  /** Values of `${instances.web.public_ip}` and the like, in the applied cloud; unknown references stay as they are. */
  interpolate(text: string): string;
  /** Runs a command in a node; throws `lab.node-not-running`. */
  exec(node: string, command: readonly string[], options?: ExecOptions): Promise<ExecResult>;
  /** What the node's subnet router decides for a destination now, read from the running system. `target` is a gateway's name, "local" or "blackhole". */
  observeRoute(node: string, destination: string): Promise<{ destination: string; target: string; command: string; output: string }>;
  /**
   * The objects of a cluster (of the only one, when undefined), as its API server has them now: one or none by name, any number by labels.
   * Throws `lab.cluster-not-ready` when there is no such cluster or it does not answer, `lab.kubernetes-refused` with its words when it refuses.
   */
  kubernetes(cluster: string | undefined, object: KubernetesObject): Promise<readonly unknown[]>;
  /** Keeps the PNG that a check took, in place of the one before it. */
  keepPicture(check: string, png: Uint8Array): Promise<void>;
  /** Replaces the student's network.yml and applies it. */
  applyNetwork(text: string): Promise<void>;
}
