import type { ContainerEngine } from "../engine/containerEngine.ts";
import type { Tunnel } from "../model/tunnel.ts";
import { fabricNode } from "./containerSpecs.ts";
import { findTunnels } from "./findTunnels.ts";
import type { RunningLab } from "./runningLab.ts";
import { observeTunnelsScript, parseTunnels } from "./tunnelObservation.ts";
import { parseWireguard, wireguardCommand } from "./wireguardShow.ts";

const limitMilliseconds = 8000;
/** What was seen is given to whoever asks again so soon: two windows cost no more than one. */
const freshMilliseconds = 1000;

/** Looks into a lab's machines for tunnels, when asked and never by itself. */
export class TunnelWatch {
  readonly #engine: () => Promise<ContainerEngine>;
  readonly #looks = new Map<string, { readonly at: number; readonly tunnels: Promise<Tunnel[]> }>();

  constructor(engine: () => Promise<ContainerEngine>) {
    this.#engine = engine;
  }

  /** The tunnels that stand now; none while the lab does not run. Throws what the engine throws. */
  async look(lab: RunningLab): Promise<Tunnel[]> {
    const known = this.#looks.get(lab.id);
    if (known && Date.now() - known.at < freshMilliseconds) return known.tunnels;
    const tunnels = this.#observe(lab);
    this.#looks.set(lab.id, { at: Date.now(), tunnels });
    tunnels.catch(() => this.#looks.delete(lab.id));
    return tunnels;
  }

  async #observe(lab: RunningLab): Promise<Tunnel[]> {
    const cloud = lab.applied;
    if (!cloud || lab.phase !== "running" || !cloud.nodes.some((node) => node.services.includes("ssh") || node.devices.includes("tun") || node.capabilities.includes("NET_ADMIN"))) return [];
    const engine = await this.#engine();
    // Not the wiring's own shell, in which changes wait for one another.
    const { stdout } = await engine.exec(lab.machines.containerOf(fabricNode), ["bash", "-c", observeTunnelsScript(lab.machines.pids)], { timeoutMilliseconds: limitMilliseconds });
    const seen = parseTunnels(stdout);
    const guarded = [...new Set(seen.interfaces.map((one) => one.machine))];
    // In the machine itself: nothing that a student may have put there is run with the wiring's rights.
    const ends = await Promise.all(guarded.map(async (machine) => parseWireguard(machine, (await lab.exec(machine, wireguardCommand, { timeoutMilliseconds: limitMilliseconds })).stdout)));
    return findTunnels(cloud, seen, ends.flat());
  }
}
