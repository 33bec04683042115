/** As short a beginning is not worth leaving out. */
const leastSaved = 5;

/** A workload's name without the word that says what kind it is, which many give it: in a picture the pod says that. */
export const workloadTitle = (name: string): string => name.replace(/-(deployment|deploy)$/, "");

/**
 * Names without what most of them begin with, for a picture in which room is short: `sample-app-frontend` and `sample-app-backend` become `…frontend` and
 * `…backend`. Only whole words are left out, and a name that would be nothing without them stays.
 */
export function shortNames(names: readonly string[]): (name: string) => string {
  const distinct = [...new Set(names)];
  const counts = new Map<string, number>();
  for (const name of distinct) {
    const words = name.split("-");
    for (let length = 1; length < words.length; length += 1) {
      const prefix = `${words.slice(0, length).join("-")}-`;
      counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
    }
  }
  const [best] = [...counts].filter(([prefix, count]) => count > 1 && prefix.length >= leastSaved && count * 2 >= distinct.length).sort(([a, m], [b, n]) => n * b.length - m * a.length);
  return (name) => (best !== undefined && name.startsWith(best[0]) && name.length > best[0].length ? `…${name.slice(best[0].length)}` : name);
}
