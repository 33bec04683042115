import type { Cloud } from "../model/cloud.ts";
import { interpolate } from "../model/interpolate.ts";
import type { Check } from "../model/lab.ts";
import { predictPath } from "../model/packetPath.ts";

/**
 * Judges a check that was never run, as far as the network handed in tells: values of the network itself, and connections that the
 * prediction knows. Undefined where only a run can tell.
 */
export function judgeByNetwork(check: Check, cloud: Cloud): boolean | undefined {
  if (check.kind === "network") return check.expect.every(({ value, equals }) => interpolate(value, cloud) === interpolate(equals, cloud));
  if (check.kind !== "connect") return undefined;
  try {
    const { verdict } = predictPath(cloud, { from: check.from, to: interpolate(check.to, cloud), protocol: "tcp", port: check.port });
    return verdict === "unknown" ? undefined : verdict === check.expect;
  } catch {
    // A machine or a name that the student's network does not have: what is not there answers nobody.
    return undefined;
  }
}
