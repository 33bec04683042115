/** A command that Rempart ran in a machine: a check, a solution, a look. */
interface Probe {
  readonly node: string;
  readonly from: number;
  until: number;
  readonly words: () => ReadonlySet<string>;
  /** It names the server that it asks, as dig does after an at sign. */
  readonly namesServer: boolean;
  /** Asks each name once, so that a second such question at the same moment is somebody else's. */
  readonly once: boolean;
}

const kept = 3000;
/** Between the clock of this program and that of the machines, which is the same but for a virtual machine's drift. */
const slackMilliseconds = 60;

/**
 * What Rempart itself ran in the machines of a lab, and when. With it the questions of checks are told from those of a person: asked by
 * that machine, in that time, for a name that stands in the command.
 */
export class ProbeRecord {
  readonly #probes: Probe[] = [];
  /** What was run before is not known. */
  readonly since = Date.now();

  /** Notes that a command runs, until its end. */
  async during<Result>(node: string, command: readonly string[], stdin: string | undefined, work: Promise<Result>): Promise<Result> {
    let words: ReadonlySet<string> | undefined;
    const probe: Probe = { node, from: Date.now(), until: Infinity, words: () => (words ??= wordsOf([...command, stdin ?? ""].join(" "))), namesServer: command[0] === "dig" && command.some((word) => word.startsWith("@")), once: command[0] === "dig" || command[0] === "curl" };
    this.#probes.push(probe);
    if (this.#probes.length > kept) this.#probes.splice(0, this.#probes.length - kept);
    try {
      return await work;
    } finally {
      probe.until = Date.now();
    }
  }

  /** A judge of questions, in the order of time: each command accounts for what it asks, and no more. */
  judge(): (question: { readonly at: number; readonly precision: number; readonly from: string | undefined; readonly node: string | undefined; readonly address: string; readonly name: string; readonly type: string }) => boolean {
    const used = new Map<Probe, Set<string>>();
    return ({ at, precision, from, node, address, name, type }) => {
      const key = `${node ?? ""}|${name}|${type}`;
      const probe = this.#probes.find((candidate) => candidate.node === from && at + precision >= candidate.from - slackMilliseconds && at <= candidate.until + slackMilliseconds && candidate.words().has(name) && (!candidate.namesServer || candidate.words().has(address)) && !(candidate.once && used.get(candidate)?.has(key)));
      if (probe === undefined) return false;
      used.set(probe, (used.get(probe) ?? new Set<string>()).add(key));
      return true;
    };
  }
}

/** Everything in a command that may be a name: parts of URLs too, in small letters and without the root's dot. */
function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().split(/[^a-z0-9._-]+/).map((word) => (word.length > 1 ? word.replace(/\.+$/, "") : word)));
}
