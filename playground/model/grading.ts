import { z } from "zod";
import { localizedSchema } from "./localized.ts";

const share = z.number().min(0).max(1);

/** A failing check that came this far is worth something: the first whose pattern fits what was seen counts. */
export const partialCreditSchema = z.strictObject({
  output: z.string().min(1).meta({ description: "Regular expression, line by line, for what the check saw" }),
  points: z.number().min(0).max(100),
  because: localizedSchema,
});
export type PartialCredit = z.infer<typeof partialCreditSchema>;

/** What every check may say of its weight. */
export const weightFields = {
  points: z.number().min(0).max(100).default(1).meta({ description: "What the check is worth in a grade; 0 for one that only helps the student" }),
  partial: z.array(partialCreditSchema).max(10).default([]).meta({ description: "Points of the check when it fails, the first that fits" }),
};

/** What hints, solved steps and a lab that was broken afterwards cost. Shares are from 0 to 1. */
export const gradingRulesSchema = z.strictObject({
  earlier_pass: share.default(0.5).meta({ description: "Share of the points of a check that passed, and failed again at the end" }),
  hint: share.default(0).meta({ description: "Share of the points of a step's checks that each of its opened hints costs" }),
  solved: share.default(0).meta({ description: "Share of the points of a check that passed only after its step was solved by Rempart" }),
});
export type GradingRules = z.infer<typeof gradingRulesSchema>;
