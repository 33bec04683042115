import { parse } from "yaml";
import { z } from "zod";
import type { LoadedLab } from "../services/labRuntime.ts";

const clustersOfNetwork = z.looseObject({ clusters: z.record(z.string(), z.unknown()).nullish() }).nullish();

/** Whether a lab starts with a Kubernetes cluster: such labs are proved by `npm run test:cluster` alone, for their images and clusters take minutes. */
export function needsCluster({ startNetwork }: Pick<LoadedLab, "startNetwork">): boolean {
  return Object.keys(clustersOfNetwork.parse(parse(startNetwork))?.clusters ?? {}).length > 0;
}

/**
 * The labs that a run of the tests proves on the real engine, by the environment variable `REMPART_LABS`: `all` that need no cluster,
 * `cluster` for those that need one, ids with commas between, or, where it is not set, one of each family, so that the whole suite
 * stays short: the last, which builds on the others. A lab that needs a cluster is never among them unless asked for.
 */
export function chosenLabs(labs: readonly LoadedLab[], chosen = process.env.REMPART_LABS ?? ""): LoadedLab[] {
  if (chosen === "cluster") return labs.filter(needsCluster);
  if (chosen !== "" && chosen !== "all") {
    const ids = chosen.split(",");
    const unknown = ids.filter((id) => !labs.some((loaded) => loaded.lab.id === id));
    if (unknown.length > 0) throw new RangeError(`REMPART_LABS names labs that are not there: ${unknown.join(", ")}`);
    return labs.filter((loaded) => ids.includes(loaded.lab.id));
  }
  const quick = labs.filter((loaded) => !needsCluster(loaded));
  if (chosen === "all") return quick;
  const ofFamily = new Map([...quick].sort((a, b) => (a.lab.id < b.lab.id ? -1 : 1)).map((loaded) => [loaded.lab.group, loaded]));
  return quick.filter((loaded) => ofFamily.get(loaded.lab.group) === loaded);
}
