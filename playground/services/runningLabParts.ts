import type { Progress } from "../contract/contract.ts";
import type { ContainerEngine } from "../engine/containerEngine.ts";
import { linkId } from "../fabric/names.ts";
import type { Cloud } from "../model/cloud.ts";
import { RempartError } from "../model/errors.ts";
import { planNetwork } from "../model/planDiff.ts";
import type { ToldEvent } from "../reports/attemptEvents.ts";
import type { LoadedLab } from "./labRuntime.ts";
import type { ClusterSupport } from "./clusterSupport.ts";
import type { Machine } from "./machines.ts";

export interface RunningLabOptions {
  readonly engine: ContainerEngine;
  readonly scope: string;
  readonly labsFolder: string;
  readonly imageReference: (image: string) => string;
  readonly knownImages: readonly string[];
  /** Makes the images that are missing (names of the catalogue), before any machine is touched; lines of its output go to `onLine`. */
  readonly ensureImages: (names: readonly string[], onLine: (line: string) => void, signal?: AbortSignal) => Promise<void>;
  /** Whether the engine's kernel has /dev/net/tun; asked only for labs that need it. */
  readonly hasTunnelDevice: () => Promise<boolean>;
  /** With true the lab is watched and repaired for as long as this process lives; a single command only looks. */
  readonly live: boolean;
  /** Undefined where no clusters can be made. */
  readonly clusters?: ClusterSupport;
  /** Something that a window shows has changed. */
  readonly onStatus: () => void;
  readonly onTopology: () => void;
  readonly onProgress: (progress: Progress) => void;
  /** What belongs into the log of the student's attempt. */
  readonly record?: (event: ToldEvent) => void;
}

/** The event of a network that has come into force in place of another, or of none. */
export function appliedEvent(loaded: LoadedLab, network: string, before: Cloud | undefined, now: Cloud): ToldEvent {
  const { changes, ...counts } = planNetwork(loaded.lab, before, now);
  const addresses = now.nodes.map((node) => [node.name, node.interfaces.map((entry) => entry.address ?? "").filter(Boolean).join(", ").slice(0, 200)]);
  return { type: "network.applied", network, plan: { ...counts, changes: changes.map(({ action, kind, name }) => ({ action, kind, name })) }, addresses: Object.fromEntries(addresses) as Record<string, string> };
}

/** Which run of a container: its id and the moment it started. */
export const runOf = (machine: Machine | undefined): string => (machine ? `${machine.container} ${machine.startedAt}` : "");

/** Links whose machine may set its interface down by itself. */
export function ownLinks(cloud: Cloud): ReadonlySet<string> {
  return new Set(cloud.nodes.filter((node) => node.capabilities.includes("NET_ADMIN")).flatMap((node) => node.interfaces.map((entry) => linkId(node.name, entry.name))));
}

/** What an `up` or `apply` is at, in both languages. */
const progressLabels = {
  images: { fr: "Préparation des images des machines", en: "Preparing the machines’ images" },
  machines: { fr: "Démarrage des machines", en: "Starting the machines" },
  cluster: { fr: "Création du cluster Kubernetes", en: "Making the Kubernetes cluster" },
  setup: { fr: "Préparation de l’état de départ", en: "Preparing the start state" },
  network: { fr: "Câblage du réseau", en: "Wiring the network" },
  ready: { fr: "Prêt", en: "Ready" },
  failed: { fr: "Interrompu", en: "Interrupted" },
} as const;

/** Tells of one step of a work: how many things are done of how many. */
export type TellProgress = (step: keyof typeof progressLabels, done: number, total: number, state: Progress["state"], detail?: string) => void;

/** Progress of one task, `up:LAB` or `apply:LAB`. */
export function progressTeller(task: string, onProgress: (progress: Progress) => void): TellProgress {
  return (step, done, total, state, detail) => onProgress({ task, step, label: progressLabels[step], done, total, state, ...(detail === undefined ? {} : { detail }) });
}

export function notRunning(lab: string): RempartError {
  return new RempartError("lab.not-running", `lab ${lab} is not running`, { kind: "input", next: `start it first: rempart up ${lab}` });
}

/** The error of a lab with a VPN on a machine whose kernel has no tunnels. */
export function noTunnelDevice(nodes: readonly string[]): RempartError {
  return new RempartError("machine.no-tun", `the kernel of this computer's container engine has no /dev/net/tun, which ${nodes.join(", ")} of this lab need`, {
    kind: "machine",
    kept: "nothing was started or changed",
    next: "on Linux: sudo modprobe tun; then start the lab again",
  });
}

/** The error of an `up` that somebody cancelled. */
export function cancelled(lab: string): RempartError {
  return new RempartError("input.cancelled", `starting lab ${lab} was cancelled`, { kind: "input", kept: "the machines that were made already", next: `'rempart up ${lab}' goes on from there, 'rempart down ${lab}' removes them` });
}
