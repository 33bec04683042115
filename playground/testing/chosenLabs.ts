import { parse } from "yaml";
import { z } from "zod";
import type { LoadedLab } from "../services/labRuntime.ts";

const clustersOfNetwork = z.looseObject({ clusters: z.record(z.string(), z.unknown()).nullish() }).nullish();

/** Whether a lab starts with a Kubernetes cluster: such labs are proved by `npm run test:cluster` alone, for their images and clusters take minutes. */
export function needsCluster({ startNetwork }: Pick<LoadedLab, "startNetwork">): boolean {
  return Object.keys(clustersOfNetwork.parse(parse(startNetwork))?.clusters ?? {}).length > 0;
}

/** Whether nobody said which labs a run of the tests proves: plain `npm test`, which is to be short. */
export const isQuickRun = (chosen = process.env.REMPART_LABS ?? ""): boolean => chosen === "";

/** Whether a run of the tests is the long one, which leaves nothing out: the environment variable `REMPART_LABS` is `all`, as `npm test -- --every-lab` and `npm run test:labs` set it. */
export const leavesNothingOut = (chosen = process.env.REMPART_LABS ?? ""): boolean => chosen === "all";

/**
 * The labs that a run of the tests proves on the real engine, by the environment variable `REMPART_LABS`: `all` that need no cluster,
 * `cluster` for those that need one, ids with commas between, or, where it is not set, one of each family, so that the whole suite
 * stays short: the one with the fewest broken variants to go through, the first of several. A lab that needs a cluster is never among them unless asked for.
 */
export function chosenLabs(labs: readonly LoadedLab[], chosen = process.env.REMPART_LABS ?? ""): LoadedLab[] {
  if (chosen === "cluster") return labs.filter(needsCluster);
  if (chosen !== "" && !leavesNothingOut(chosen)) {
    const ids = chosen.split(",");
    const unknown = ids.filter((id) => !labs.some((loaded) => loaded.lab.id === id));
    if (unknown.length > 0) throw new RangeError(`REMPART_LABS names labs that are not there: ${unknown.join(", ")}`);
    return labs.filter((loaded) => ids.includes(loaded.lab.id));
  }
  const quick = labs.filter((loaded) => !needsCluster(loaded));
  if (leavesNothingOut(chosen)) return quick;
  const variants = ({ lab }: LoadedLab): number => Object.keys(lab.broken).length;
  const longestFirst = [...quick].sort((a, b) => variants(b) - variants(a) || (a.lab.id < b.lab.id ? 1 : -1));
  const ofFamily = new Map(longestFirst.map((loaded) => [loaded.lab.group, loaded]));
  return quick.filter((loaded) => ofFamily.get(loaded.lab.group) === loaded);
}
