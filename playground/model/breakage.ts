import { z } from "zod";
import { localizedSchema } from "./lab.ts";
import { pathQuestionSchema } from "./path.ts";

/**
 * What can be broken on purpose. All but the last two are an overlay over the resolved cloud (`applyBreakages`); `impair` is of a cable, and
 * `prepared` is what a lab's author wrote into lab.yml.
 */
export const breakageFaultSchema = z.enum(["drop-route", "close-port", "deny-port", "kill", "poison", "impair", "prepared"]);
export type BreakageFault = z.infer<typeof breakageFaultSchema>;

/** One thing that is broken: the fault, and what it is of, in words that are unique in the lab. */
export const breakageSchema = z.object({
  fault: breakageFaultSchema,
  /**
   * `drop-route`: route table, destination; `close-port`: security group, rule; `deny-port`: network ACL, direction, number of the rule;
   * `kill` and `impair`: machine; `poison`: hosted zone, name and type of the record; `prepared`: its name in lab.yml.
   */
  target: z.array(z.string().min(1).max(300)).min(1).max(3),
  /** Of `impair` alone. */
  lossPercent: z.number().min(0).max(100).optional(),
  delayMilliseconds: z.number().min(0).max(5000).optional(),
});
export type Breakage = z.infer<typeof breakageSchema>;

/** Names a breakage within its lab; also the words after `rempart break LAB`. */
export const breakageId = ({ fault, target }: Pick<Breakage, "fault" | "target">): string => [fault, ...target].join(" ");

/** Something that can be broken in a lab as it is now. */
export const breakageOfferSchema = breakageSchema.extend({
  id: z.string(),
  text: localizedSchema,
  /** A connection that works, and does not once this is broken; absent where nothing is predicted. */
  path: pathQuestionSchema.optional(),
  /** A check that fails then, of what the lab's author prepared. */
  check: z.string().optional(),
});
export type BreakageOffer = z.infer<typeof breakageOfferSchema>;

/** The resource that has to be written again to mend a breakage, as `KIND.NAME`; undefined where it is mended inside a machine. */
export function resourceOfBreakage({ fault, target: [name = ""] }: Pick<Breakage, "fault" | "target">): string | undefined {
  switch (fault) {
    case "drop-route":
      return `route_tables.${name}`;
    case "close-port":
      return `security_groups.${name}`;
    case "deny-port":
      return `network_acls.${name}`;
    case "kill":
      return `instances.${name}`;
    case "poison":
      return `hosted_zones.${name}`;
    case "impair":
      return `cables.${name}`;
    case "prepared":
      return undefined;
  }
}
