import type { LoadedLab } from "../services/labRuntime.ts";

/**
 * The labs that a run of the tests proves on the real engine, by the environment variable `REMPART_LABS`: `all`, ids with commas
 * between, or, where it is not set, one of each family, so that the whole suite stays short: the last, which builds on the others.
 */
export function chosenLabs(labs: readonly LoadedLab[], chosen = process.env.REMPART_LABS ?? ""): LoadedLab[] {
  if (chosen === "all") return [...labs];
  if (chosen !== "") {
    const ids = chosen.split(",");
    const unknown = ids.filter((id) => !labs.some((loaded) => loaded.lab.id === id));
    if (unknown.length > 0) throw new RangeError(`REMPART_LABS names labs that are not there: ${unknown.join(", ")}`);
    return labs.filter((loaded) => ids.includes(loaded.lab.id));
  }
  const ofFamily = new Map([...labs].sort((a, b) => (a.lab.id < b.lab.id ? -1 : 1)).map((loaded) => [loaded.lab.group, loaded]));
  return labs.filter((loaded) => ofFamily.get(loaded.lab.group) === loaded);
}
