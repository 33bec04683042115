import type { Cloud, CloudNode } from "../model/cloud.ts";
import type { DnsTree } from "../model/dnsView.ts";
import { formatAddress } from "../model/ip.ts";
import type { Lab } from "../model/lab.ts";
import { askScript, parseAnswers, type DirectAnswer, type DirectAsk } from "./dnsAsk.ts";
import { configuredZones } from "./dnsNames.ts";
import { describeTree, firstAsks, secondAsks, type TreeWorld } from "./dnsTree.ts";
import type { DnsWatch } from "./dnsWatch.ts";
import { dnsServers, dnsServices, dnsWorld } from "./dnsWorld.ts";
import type { RunningLab } from "./runningLab.ts";

/** What was seen is shown for so long, unless a server has loaded a zone since. */
const freshMilliseconds = 20_000;
const limitMilliseconds = 15_000;
/** Zones that may exist, of which names that somebody asked for are the least sure. */
const mostZones = 60;

/** The delegations of a lab as its servers answer, asked when somebody looks and again when a server loads a zone. */
export class DnsTreeWatch {
  readonly #questions: DnsWatch;
  readonly #seen = new Map<string, { readonly at: number; readonly tree: Promise<DnsTree> }>();

  constructor(questions: DnsWatch) {
    this.#questions = questions;
  }

  /**
   * @param again asks the servers anew in any case
   * @throws RempartError `lab.not-running`, and what the engine throws
   */
  async tree(lab: RunningLab, again: boolean): Promise<DnsTree> {
    lab.cloud();
    const changedAt = await this.#questions.changedAt(lab);
    const known = this.#seen.get(lab.id);
    if (known && !again && Date.now() - known.at < freshMilliseconds && changedAt <= known.at) return known.tree;
    const tree = this.#ask(lab);
    this.#seen.set(lab.id, { at: Date.now(), tree });
    tree.catch(() => this.#seen.delete(lab.id));
    return tree;
  }

  async #ask(lab: RunningLab): Promise<DnsTree> {
    const cloud = lab.cloud();
    const asker = askerOf(cloud, (node) => lab.machines.get(node)?.running ?? false);
    // Nobody is left who could ask: nothing is seen.
    if (asker === undefined) return { at: new Date().toISOString(), from: "", zones: [] };
    const world: TreeWorld = { servers: serverAddresses(cloud, asker), nodeOf: dnsWorld(lab.loaded.lab, cloud).nodeOf };
    const zones = possibleZones(lab.loaded.lab, cloud, this.#questions.namesAsked(lab));
    const ask = async (asks: readonly DirectAsk[]): Promise<DirectAnswer[]> => (asks.length === 0 ? [] : parseAnswers((await lab.exec(asker.name, ["bash", "-s"], { stdin: askScript(asks), timeoutMilliseconds: limitMilliseconds })).stdout));
    const first = await ask(firstAsks(zones, world));
    const second = await ask(secondAsks(zones, first, world));
    return { at: new Date().toISOString(), from: asker.name, zones: describeTree(zones, [...first, ...second], world) };
  }
}

/** A machine that is no server itself: on the Internet, else in a VPC. */
function askerOf(cloud: Cloud, isRunning: (node: string) => boolean): CloudNode | undefined {
  const servesInternet = cloud.nodes.some((node) => node.kind === "internet-host" && dnsServices(node.services).length > 0);
  const usable = cloud.nodes.filter((node) => isRunning(node.name));
  const others = usable.filter((node) => dnsServices(node.services).length === 0);
  return others.find((node) => node.kind === "internet-host" && servesInternet) ?? others.find((node) => node.kind === "instance" && node.resolver !== undefined) ?? usable.find((node) => dnsServices(node.services).length > 0);
}

/** Addresses of the authoritative servers that a machine may reach. */
function serverAddresses(cloud: Cloud, asker: CloudNode): string[] {
  const kinds = new Map(dnsServers(cloud).map((server) => [server.node, server.kind]));
  return cloud.nodes.filter((node) => kinds.get(node.name) === "name-server").flatMap((node) => {
    const entry = node.interfaces[0];
    const address = asker.kind === "internet-host" && node.kind === "instance" ? entry?.publicAddress : entry?.address;
    return address === undefined ? [] : [formatAddress(address)];
  });
}

/** Every zone that the lab, the student's network, a server's configuration or somebody's question speaks of, with those above it. */
export function possibleZones(lab: Pick<Lab, "dns">, cloud: Pick<Cloud, "hostedZones" | "nodes">, asked: readonly string[]): string[] {
  const sure = [...Object.keys(lab.dns?.zones ?? {}), ...cloud.hostedZones.map((zone) => zone.domain), ...configuredZones(cloud)];
  const above = (name: string): string[] => (name === "." ? ["."] : name.split(".").map((_, index, labels) => labels.slice(index).join(".")));
  const zones = new Set([".", ...sure.flatMap(above), ...asked.flatMap((name) => above(name).slice(1))]);
  return [...zones].filter((name) => /^(\.|[a-z0-9_-]+(\.[a-z0-9_-]+)*)$/.test(name)).slice(0, mostZones);
}
