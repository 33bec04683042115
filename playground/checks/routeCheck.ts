import { RempartError } from "../model/errors.ts";
import type { Localized } from "../model/lab.ts";
import type { CheckProbe } from "./checkKind.ts";

/** Judges the route that the router of the node's subnet picks for a destination, read from the running system. */
export const routeCheck: CheckProbe<"route"> = async (check, runtime) => {
  if (!runtime.cloud().nodes.some((node) => node.name === check.from)) {
    throw new RempartError("lab.node-not-running", `${check.from} does not exist`);
  }
  const seen = await runtime.observeRoute(check.from, check.to);
  const { target, destination } = check.expect;
  const passed = (target === undefined || target === seen.target) && (destination === undefined || destination === seen.destination);
  const chosen = describe(seen);
  return { passed, command: seen.command, output: seen.output, summary: { fr: `${check.to} : ${chosen.fr}`, en: `${check.to}: ${chosen.en}` } };
};

function describe(seen: { destination: string; target: string }): Localized {
  if (seen.target !== "blackhole") return { fr: `route ${seen.destination}, cible ${seen.target}`, en: `route ${seen.destination}, target ${seen.target}` };
  if (seen.destination === "") return { fr: "aucune route ne convient, jeté en silence", en: "no route fits, dropped in silence" };
  return { fr: `route ${seen.destination}, trou noir`, en: `route ${seen.destination}, black hole` };
}
