import { userInfo } from "node:os";
import type { BreakageState } from "../contract/breakagesContract.ts";
import { shellInNode } from "../checks/execInNode.ts";
import { linkId } from "../fabric/names.ts";
import { breakageId, type Breakage, type BreakageOffer } from "../model/breakage.ts";
import { breakageText } from "../model/breakageText.ts";
import type { Cloud } from "../model/cloud.ts";
import { RempartError } from "../model/errors.ts";
import { offerBreakages, usualLossPercent } from "../model/offerBreakages.ts";
import type { RunningLab } from "./runningLab.ts";

const commandSeconds = 30;

/** Breaks things in labs that run, and mends them. */
export class BreakageService {
  readonly #onChange: (lab: string) => void;
  /** What can be broken, by the cloud that it was worked out for. */
  readonly #offers = new WeakMap<Cloud, readonly BreakageOffer[]>();

  constructor(onChange: (lab: string) => void) {
    this.#onChange = onChange;
  }

  /** What can be broken in a lab; nothing while it does not run. */
  offers(lab: RunningLab): readonly BreakageOffer[] {
    const cloud = lab.phase === "stopped" ? undefined : lab.applied;
    if (!cloud) return [];
    const known = this.#offers.get(cloud) ?? offerBreakages(lab.loaded.lab, cloud);
    this.#offers.set(cloud, known);
    return known;
  }

  /** What is broken and what can be; of what is hidden, nothing is said. */
  state(lab: RunningLab): Omit<BreakageState, "drill"> {
    const { isHidden: hidden, all } = lab.breakages;
    const told = all.map(({ fault, target, lossPercent, delayMilliseconds, at, by }) => {
      const breakage: Breakage = { fault, target, ...(lossPercent === undefined ? {} : { lossPercent }), ...(delayMilliseconds === undefined ? {} : { delayMilliseconds }) };
      return { ...breakage, id: breakageId(breakage), text: breakageText(breakage, lab.loaded.lab), at, by };
    });
    return { hidden, breakages: hidden ? [] : told, offers: [...this.offers(lab)] };
  }

  /** The offer that words name: all of its id, or a beginning that no other has. Throws `input.unknown-breakage`, `lab.not-running`. */
  find(lab: RunningLab, words: string): BreakageOffer {
    lab.cloud();
    const offers = this.offers(lab);
    const wanted = words.trim().split(/\s+/).join(" ");
    const exact = offers.find(({ id }) => id === wanted);
    const begun = offers.filter(({ id }) => id.startsWith(`${wanted} `));
    const found = exact ?? (begun.length === 1 ? begun[0] : undefined);
    if (found) return found;
    const near = begun.length > 1 ? begun : offers.filter(({ fault }) => wanted.startsWith(fault));
    throw new RempartError("input.unknown-breakage", `'${wanted}' is nothing that can be broken in lab ${lab.id}, or more than one thing`, {
      kind: "input",
      kept: "everything as it was",
      next: near.length > 0 ? `there is: ${near.map(({ id }) => id).join("; ")}` : `see 'rempart break ${lab.id} --list'`,
    });
  }

  /**
   * Breaks what was offered, all or nothing. Throws `lab.not-running`, `lab.breakage-not-ready` when what the lab prepared cannot be broken now,
   * `machine.no-netem`, and what the engine and the wiring throw.
   */
  async make(lab: RunningLab, offers: readonly Breakage[], by = userInfo().username): Promise<void> {
    const made: Breakage[] = [];
    try {
      await lab.rebreak(async (cloud) => {
        for (const { fault, target, lossPercent, delayMilliseconds } of offers) {
          const impairment = fault === "impair" ? { lossPercent: lossPercent ?? (delayMilliseconds === undefined ? usualLossPercent : 0), delayMilliseconds: delayMilliseconds ?? 0 } : {};
          const breakage: Breakage = { fault, target, ...impairment };
          if (fault === "prepared") await runPrepared(lab, target[0] ?? "", "commands");
          await lab.breakages.add(breakage, cloud, by);
          made.push(breakage);
        }
      });
    } catch (error) {
      if (made.length > 0) await this.#end(lab, made.map(breakageId));
      throw error;
    } finally {
      this.#onChange(lab.id);
    }
  }

  /** Mends one thing. Throws `input.unknown-breakage` when it is not broken. */
  async undo(lab: RunningLab, id: string): Promise<void> {
    if (!lab.breakages.all.some((breakage) => breakageId(breakage) === id)) {
      throw new RempartError("input.unknown-breakage", `'${id}' is not broken in lab ${lab.id}`, { kind: "input", kept: "everything as it was", next: `see 'rempart break ${lab.id}'` });
    }
    await this.#end(lab, [id]);
    this.#onChange(lab.id);
  }

  async undoAll(lab: RunningLab): Promise<void> {
    await this.#end(lab, lab.breakages.all.map(breakageId));
    await lab.breakages.keepDrill(undefined);
    await lab.breakages.hide(false);
    this.#onChange(lab.id);
  }

  async hide(lab: RunningLab, hidden: boolean): Promise<void> {
    lab.cloud();
    await lab.breakages.hide(hidden);
    lab.tellChanged();
    this.#onChange(lab.id);
  }

  /**
   * Writes a resource again as the student has it: what was broken of it is mended. Returns whether anything was. Throws `input.unknown-resource`
   * when the lab has no such resource.
   */
  async repair(lab: RunningLab, resource: string): Promise<boolean> {
    requireResource(lab.cloud(), resource);
    const ids = lab.breakages.ofResource(resource);
    if (ids.length > 0) await this.#end(lab, ids);
    this.#onChange(lab.id);
    return ids.length > 0;
  }

  async #end(lab: RunningLab, ids: readonly string[]): Promise<void> {
    const ended = lab.breakages.all.filter((breakage) => ids.includes(breakageId(breakage)));
    if (ended.length === 0) return;
    await lab.rebreak(async () => {
      await lab.breakages.remove(ids);
      for (const { fault, target: [name = ""] } of ended) {
        if (fault === "impair") await lab.wiring.impair(linkId(name, "eth0"), { lossPercent: 0, delayMilliseconds: 0 }).catch(ignoreMissingLink);
        if (fault === "prepared") await runPrepared(lab, name, "undo");
      }
    });
  }
}

/** Names under which a student may have a resource written again. */
function requireResource(cloud: Cloud, resource: string): void {
  const [kind = "", ...rest] = resource.split(".");
  const name = rest.join(".");
  const names: Readonly<Record<string, readonly string[]>> = {
    route_tables: cloud.routeTables.map((table) => table.name),
    security_groups: cloud.securityGroups.map((group) => group.name),
    network_acls: cloud.networkAcls.map((acl) => acl.name),
    hosted_zones: cloud.hostedZones.map((zone) => zone.name),
    instances: cloud.nodes.filter((node) => node.kind === "instance").map((node) => node.name),
    cables: cloud.nodes.map((node) => node.name),
  };
  if (names[kind]?.includes(name)) return;
  throw new RempartError("input.unknown-resource", `there is no '${resource}' that could be written again`, {
    kind: "input",
    kept: "everything as it was",
    next: `name one of network.yml as KIND.NAME: ${Object.entries(names).flatMap(([each, [first]]) => (first === undefined ? [] : [`${each}.${first}`])).join(", ")}…`,
  });
}

async function runPrepared(lab: RunningLab, name: string, what: "commands" | "undo"): Promise<void> {
  for (const { node, user, run } of lab.loaded.lab.breakages[name]?.[what] ?? []) {
    const result = await shellInNode(lab, node, lab.interpolate(run), commandSeconds, user);
    if (result.exitCode === 0) continue;
    throw new RempartError("lab.breakage-not-ready", `'${name}' of lab ${lab.id} cannot be ${what === "undo" ? "taken back" : "broken"} now: ${`${result.stdout}${result.stderr}`.trim() || `a command in ${node} ended with ${result.exitCode}`}`, {
      kind: "input",
      kept: "the network, and what was broken before",
      next: what === "undo" ? "mend it in the machine, or start the lab anew" : "solve the lab's steps first: what is broken must be there",
    });
  }
}

/** A cable whose machine went with an apply needs no mending. */
function ignoreMissingLink(error: unknown): "none" {
  if (error instanceof RangeError) return "none";
  throw error;
}
