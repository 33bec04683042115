/** A pause longer than this is no work: the student was away. */
const longestPauseMilliseconds = 15 * 60_000;

/** Milliseconds of work from the first of some moments (ISO 8601, in their order) to `until`, long pauses left out. */
export function workTime(moments: readonly string[], until = moments.at(-1) ?? ""): number {
  let before: number | undefined;
  let sum = 0;
  const end = Date.parse(until);
  for (const moment of moments) {
    const time = Date.parse(moment);
    if (time > end) break;
    if (before !== undefined && time > before && time - before <= longestPauseMilliseconds) sum += time - before;
    before = time;
  }
  return sum;
}
