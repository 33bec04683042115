import type { Cloud } from "../model/cloud.ts";
import { signedZones } from "../model/dnssec.ts";
import { resolveCloud } from "../model/resolve.ts";
import { containerSpecs, fabricNode, fabricSpec } from "./containerSpecs.ts";
import { applyLoadBalancers } from "./loadBalancers.ts";
import { applyHostedZones } from "./hostedZones.ts";
import { privateKeysOf, publicKeysOf } from "./keyPairs.ts";
import { faultsError, readNetwork } from "./labFaults.ts";
import type { ClusterWork, LabClusters } from "./labClusters.ts";
import type { LabBreakages } from "./labBreakages.ts";
import type { LabRecord } from "./labRecord.ts";
import type { LabRuntime, LoadedLab } from "./labRuntime.ts";
import type { LabWires } from "./labWires.ts";
import type { Machines } from "./machines.ts";
import { applyVpcResolvers } from "./vpcResolvers.ts";
import { noTunnelDevice, type RunningLabOptions, type TellProgress } from "./runningLabParts.ts";
import { joinSignedZones } from "./signedZones.ts";
import type { Workspace } from "./workspace.ts";

export interface ConvergenceParts {
  readonly loaded: LoadedLab;
  readonly workspace: Workspace;
  readonly record: LabRecord;
  readonly machines: Machines;
  readonly wires: LabWires;
  readonly exec: LabRuntime["exec"];
  readonly clusters: LabClusters;
  readonly breakages: LabBreakages;
  readonly options: Pick<RunningLabOptions, "engine" | "live" | "scope" | "imageReference" | "knownImages" | "ensureImages" | "hasTunnelDevice" | "clusters">;
}

/** Brings a lab's machines and wires to a text of `network.yml`, from wherever they are: nothing, all, or what was left half way. */
export class Convergence {
  readonly #parts: ConvergenceParts;
  /** Containers whose signed zones are joined to one chain. */
  #joined: string | undefined;

  constructor(parts: ConvergenceParts) {
    this.#parts = parts;
  }

  /** The cloud that a text describes in this lab. Throws `input.invalid-network` with every fault. */
  resolve(text: string): Cloud {
    const { loaded, options } = this.#parts;
    const { network, faults } = readNetwork(loaded.lab, text, options.knownImages);
    if (!network || faults.length > 0) throw faultsError("network.yml", faults);
    return resolveCloud(loaded.lab, network);
  }

  /**
   * Makes, starts and wires what is missing, and takes away what is too much. Returns the cloud that runs then. Throws as
   * {@link resolve}, `machine.no-tun` and `machine.memory-low`, before anything is touched, what the engine and the wiring throw, and the signal's reason once it is aborted.
   */
  async run(text: string, tell: TellProgress, signal?: AbortSignal): Promise<Cloud> {
    const { loaded, record, machines, wires, clusters } = this.#parts;
    const { breakages } = this.#parts;
    const cloud = this.resolve(text);
    await machines.hold(breakages.held(cloud));
    await this.#requireDevices(cloud);
    await clusters.makeReady(cloud);
    const specs = await this.#specs(cloud);
    const total = specs.size + 1;
    let work: ClusterWork | undefined;
    if (!machines.matches(specs) || !clusters.matches(cloud)) {
      const images = [...new Set([...cloud.nodes.map((node) => node.image), ...clusters.imagesOf(cloud)])];
      await this.#parts.options.ensureImages(images, (line) => tell("images", 0, total, "running", line), signal);
      // Written first: after an interruption `up` must know what was wanted.
      await record.keepApplied(text);
      let started = 0;
      tell("machines", 0, total, "running");
      let wired: Promise<void> | undefined;
      const onStarted = (node: string): void => {
        tell("machines", ++started, total, "running", node);
        // The routers are made while the machines still start.
        if (node === fabricNode && !wires.areCurrent) wired = wires.connect(breakages.overlay(cloud));
        // A cluster takes longest: it is made while the machines start, and is wired with them as soon as its nodes have booted.
        if (node === fabricNode && !clusters.matches(cloud)) work = clusters.begin(cloud, tell, signal);
        wired?.catch(() => undefined);
      };
      try {
        await machines.converge(specs, onStarted, signal);
      } catch (error) {
        await work?.ready.catch(() => undefined);
        throw error;
      } finally {
        // Whoever comes next must not meet a script that is still at work.
        await wired?.catch(() => undefined);
      }
      await wired;
    }
    await this.#wire(cloud, work, () => tell("network", total - 1, total, "running"), signal);
    const made = await work?.ready;
    if (made && made.length > 0 && loaded.lab.setup.length > 0) tell("setup", 0, loaded.lab.setup.length, "running");
    if (made) await clusters.finish(cloud, made);
    await record.keepApplied(text);
    await breakages.settle(cloud);
    tell("ready", total, total, "done");
    return cloud;
  }

  /** Brings what runs to what is broken on purpose now, and to nothing else. Throws what the engine and the wiring throw, and `machine.no-netem`. */
  async enforce(cloud: Cloud): Promise<void> {
    const { machines, breakages } = this.#parts;
    await machines.hold(breakages.held(cloud));
    await this.#wire(cloud, undefined, () => undefined);
  }

  /** Wires what is there, and nodes of clusters once they have booted. Where anything fails, clusters that are under way are waited for: nothing goes on in the background. */
  async #wire(cloud: Cloud, work: ClusterWork | undefined, tellNetwork: () => void, signal?: AbortSignal): Promise<void> {
    const { wires, machines, exec, breakages } = this.#parts;
    try {
      await work?.joinable;
      signal?.throwIfAborted();
      if (work) await machines.adopt();
      tellNetwork();
      // What the student wrote, with what is broken on purpose.
      const inForce = breakages.overlay(cloud);
      await wires.connect(inForce);
      await wires.impairAlso(breakages.impaired(cloud));
      await Promise.all([applyHostedZones(inForce, exec), applyVpcResolvers(inForce, exec), applyLoadBalancers(inForce, exec), this.#joinSignedZones()]);
    } catch (error) {
      await work?.ready.catch(() => undefined);
      throw error;
    }
  }

  /** Nothing of it changes while the machines are the same ones: a change of the network does not wait for it again. */
  async #joinSignedZones(): Promise<void> {
    const { loaded, machines, exec } = this.#parts;
    const zones = signedZones(loaded.lab.dns);
    if (zones.length === 0) return;
    const nodes = [...zones.map((zone) => zone.node), ...(loaded.lab.dns?.resolver === undefined ? [] : [loaded.lab.dns.resolver])];
    const containers = [...new Set(nodes)].map((node) => machines.containerOf(node)).join();
    if (containers === this.#joined) return;
    await joinSignedZones(loaded.lab, exec);
    this.#joined = containers;
  }

  /** A machine that lacks a device would fail halfway, with an error that says nothing to a student. */
  async #requireDevices(cloud: Cloud): Promise<void> {
    const nodes = cloud.nodes.filter((node) => node.devices.includes("tun")).map((node) => node.name);
    if (nodes.length > 0 && !(await this.#parts.options.hasTunnelDevice())) throw noTunnelDevice(nodes);
  }

  async #specs(cloud: Cloud): Promise<Map<string, ReturnType<typeof fabricSpec>>> {
    const { loaded, workspace, options } = this.#parts;
    const publicKeys = await publicKeysOf(cloud, workspace);
    const context = { scope: options.scope, folder: loaded.folder, imageReference: options.imageReference, publicKeys, privateKeys: await privateKeysOf(cloud, workspace) };
    return new Map([[fabricNode, fabricSpec(loaded.lab.id, context)], ...containerSpecs(cloud, context)]);
  }
}
