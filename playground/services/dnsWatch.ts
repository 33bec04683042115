import { randomUUID } from "node:crypto";
import type { ContainerEngine } from "../engine/containerEngine.ts";
import { keptQuestions, type DnsQuestion, type DnsServer } from "../model/dnsView.ts";
import { fabricNode } from "./containerSpecs.ts";
import { exampleQuestion } from "./dnsNames.ts";
import { DnsLogReader, type DnsLogFile } from "./dnsLogReader.ts";
import { dnsLogFiles, type DnsLogEntry } from "./dnsLogs.ts";
import { dnsServers, dnsWorld } from "./dnsWorld.ts";
import { joinDnsQuestions } from "./joinDnsQuestions.ts";
import { LookShell } from "./lookShell.ts";
import type { RunningLab } from "./runningLab.ts";

/** Two windows cost no more than one. */
const freshMilliseconds = 500;
/** Entries that may still belong together. */
const joinedMilliseconds = 60_000;
/** At the old end of the entries, questions may have lost those that they caused. */
const edgeMilliseconds = 15_000;
/** So young a question may only be half in the logs. */
const settleMilliseconds = 120;
/** Of those that Rempart itself asked, no more are kept. */
const keptOfRempart = 100;

/** What was asked in a lab since its host has been watching. */
export interface DnsQuestions {
  /** Another one when everything is to be read anew. */
  readonly epoch: string;
  readonly sequence: number;
  /** New or changed since the sequence asked for, the oldest first. */
  readonly questions: readonly DnsQuestion[];
  readonly servers: readonly DnsServer[];
  /** A question that makes sense in this lab, as a command. */
  readonly example: string;
}

interface Watched {
  readonly epoch: string;
  /** Containers of the servers: others mean other logs. */
  readonly life: string;
  readonly shell: Pick<LookShell, "run" | "close">;
  readonly reader: DnsLogReader;
  entries: DnsLogEntry[];
  /** What is older is no longer among the entries; 0 while all of them are. */
  cutAt: number;
  readonly known: Map<string, { readonly question: DnsQuestion; readonly text: string; readonly sequence: number }>;
  /** Server and name of each search seen. */
  readonly searched: Set<string>;
  servers: DnsServer[];
  sequence: number;
  lookedAt: number;
  /** When a server last told that it loaded a zone. */
  changedAt: number;
  look: Promise<void> | undefined;
}

/** Reads the logs of a lab's DNS servers while somebody asks, and never by itself. */
export class DnsWatch {
  readonly #openShell: (lab: RunningLab) => Pick<LookShell, "run" | "close">;
  readonly #watched = new Map<string, Watched>();

  constructor(engine: () => Promise<ContainerEngine>, openShell = (lab: RunningLab): Pick<LookShell, "run" | "close"> => new LookShell(engine, () => lab.machines.containerOf(fabricNode))) {
    this.#openShell = openShell;
  }

  /** Questions since an earlier answer of this method; nothing while the lab does not run. Throws what the engine throws. */
  async questions(lab: RunningLab, since: { readonly epoch: string; readonly sequence: number }): Promise<DnsQuestions> {
    if (!lab.applied || (lab.phase !== "running" && lab.phase !== "applying" && lab.phase !== "broken")) {
      this.#forget(lab.id);
      return { epoch: "", sequence: 0, questions: [], servers: [], example: "" };
    }
    const watched = await this.#looked(lab);
    const after = since.epoch === watched.epoch ? since.sequence : 0;
    const questions = [...watched.known.values()].filter((known) => known.sequence > after).map((known) => known.question);
    return { epoch: watched.epoch, sequence: watched.sequence, questions: questions.sort((a, b) => a.at.localeCompare(b.at)), servers: watched.servers, example: exampleQuestion(lab.loaded.lab, lab.cloud()) };
  }

  /** When, in milliseconds since 1970, some server was last seen to have loaded a zone. Throws what the engine throws. */
  async changedAt(lab: RunningLab): Promise<number> {
    return (await this.#looked(lab)).changedAt;
  }

  /** Names that machines have asked for. */
  namesAsked(lab: RunningLab): string[] {
    return [...new Set([...(this.#watched.get(lab.id)?.known.values() ?? [])].filter(({ question }) => question.by === "machine").map(({ question }) => question.name))];
  }

  async #looked(lab: RunningLab): Promise<Watched> {
    const watched = this.#of(lab);
    if (watched.look === undefined && Date.now() - watched.lookedAt >= freshMilliseconds) watched.look = this.#look(lab, watched).finally(() => (watched.look = undefined));
    await watched.look;
    return watched;
  }

  dispose(): void {
    for (const id of [...this.#watched.keys()]) this.#forget(id);
  }

  #of(lab: RunningLab): Watched {
    const life = dnsServers(lab.cloud()).map(({ node }) => lab.machines.get(node)?.container ?? "").join();
    const known = this.#watched.get(lab.id);
    if (known?.life === life) return known;
    this.#forget(lab.id);
    const shell = this.#openShell(lab);
    const made: Watched = { epoch: randomUUID(), life, shell, reader: new DnsLogReader((script) => shell.run(script)), entries: [], cutAt: 0, known: new Map(), searched: new Set(), servers: [], sequence: 0, lookedAt: 0, changedAt: 0, look: undefined };
    this.#watched.set(lab.id, made);
    return made;
  }

  #forget(id: string): void {
    this.#watched.get(id)?.shell.close();
    this.#watched.delete(id);
  }

  async #look(lab: RunningLab, watched: Watched): Promise<void> {
    const { entries, withLog, hasZoneNews } = await watched.reader.read(logsOf(lab));
    const cloud = lab.cloud();
    const now = Date.now();
    watched.lookedAt = now;
    if (hasZoneNews) watched.changedAt = now;
    watched.servers = dnsServers(cloud).map((server) => ({ ...server, hasLog: withLog.has(server.node) }));
    const isOpen = [...watched.known.values()].some(({ question }) => question.outcome === "pending") || watched.entries.some((entry) => now - entry.at < settleMilliseconds + 2 * freshMilliseconds);
    if (entries.length === 0 && !isOpen) return;
    // Who asked before this program ran, a check or a person, cannot be told.
    watched.entries.push(...entries.filter((entry) => entry.at >= lab.probes.since - 1000));
    const joined = joinDnsQuestions(watched.entries, { ...dnsWorld(lab.loaded.lab, cloud), now, isRempart: lab.probes.judge(), hasSearched: (node, name) => watched.searched.has(`${node} ${name}`) });
    for (const question of joined) {
      const at = Date.parse(question.at);
      if (now - at < settleMilliseconds || at < watched.cutAt + edgeMilliseconds) continue;
      if (question.outcome === "asked") watched.searched.add(`${question.to.node ?? ""} ${question.name}`);
      const text = JSON.stringify(question);
      if (watched.known.get(question.id)?.text !== text) watched.known.set(question.id, { question, text, sequence: ++watched.sequence });
    }
    for (const by of ["machine", "rempart"] as const) {
      const ids = [...watched.known].filter(([, { question }]) => question.by === by).sort(([, a], [, b]) => b.question.at.localeCompare(a.question.at)).slice(by === "machine" ? keptQuestions - keptOfRempart : keptOfRempart);
      for (const [id] of ids) watched.known.delete(id);
    }
    const kept = watched.entries.filter((entry) => now - entry.at < joinedMilliseconds);
    if (kept.length < watched.entries.length) watched.cutAt = now - joinedMilliseconds;
    watched.entries = kept;
  }
}

/** The logs of all DNS servers, as the wiring container sees them: it reads files, and runs nothing of a machine's own. */
function logsOf(lab: RunningLab): DnsLogFile[] {
  const pids = lab.machines.pids;
  return lab.cloud().nodes.flatMap(({ name, services }) => services.flatMap((service) => dnsLogFiles[service] ?? []).flatMap((file) => (pids.has(name) ? [{ node: name, key: `${name} ${file}`, path: `/proc/${pids.get(name)}/root${file}` }] : [])));
}
