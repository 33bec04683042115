import { RempartError } from "../model/errors.ts";
import type { CheckProbe } from "./checkKind.ts";

/** Judges the route that the router of the node's subnet picks for a destination, read from the running system. */
export const routeCheck: CheckProbe<"route"> = async (check, runtime) => {
  if (!runtime.cloud().nodes.some((node) => node.name === check.from)) {
    throw new RempartError("lab.node-not-running", `${check.from} does not exist`);
  }
  const seen = await runtime.observeRoute(check.from, check.to);
  const { target, destination } = check.expect;
  const passed = (target === undefined || target === seen.target) && (destination === undefined || destination === seen.destination);
  const hole = seen.target === "blackhole";
  const summary = {
    fr: `${check.to} → ${seen.destination}, ${hole ? "jeté en silence (blackhole)" : `cible ${seen.target}`}`,
    en: `${check.to} → ${seen.destination}, ${hole ? "dropped in silence (blackhole)" : `target ${seen.target}`}`,
  };
  return { passed, command: seen.command, output: seen.output, summary };
};
