/** Pairs of reports that share something, gathered by what they share: without comparing every report with every other. */
export class Pairs {
  readonly #counts = new Map<string, number>();

  /** Shared keys by report; a key that more than `most` reports have tells nothing about any two of them. */
  static sharing(keys: readonly (readonly string[])[], most: number): Pairs {
    const pairs = new Pairs();
    const owners = new Map<string, number[]>();
    keys.forEach((own, index) => {
      for (const key of new Set(own)) {
        const list = owners.get(key);
        if (list) list.push(index);
        else owners.set(key, [index]);
      }
    });
    for (const list of owners.values()) {
      if (list.length < 2 || list.length > most) continue;
      list.forEach((one, position) => list.slice(position + 1).forEach((other) => pairs.count(one, other)));
    }
    return pairs;
  }

  /** `one` before `other`. */
  count(one: number, other: number): void {
    const pair = `${one} ${other}`;
    this.#counts.set(pair, (this.#counts.get(pair) ?? 0) + 1);
  }

  /** Those that share at least so much. */
  each(fewest: number, tell: (one: number, other: number, count: number) => void): void {
    for (const [pair, count] of this.#counts) {
      if (count < fewest) continue;
      const [one = 0, other = 0] = pair.split(" ").map(Number);
      tell(one, other, count);
    }
  }
}
