/** A time for people, from seconds. */
export function minutes(seconds: number): string {
  return seconds < 60 ? `${String(seconds)} s` : `${String(Math.round(seconds / 60))} min`;
}
