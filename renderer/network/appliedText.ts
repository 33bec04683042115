import type { LabState } from "../state/labState.ts";
import type { TextKey, Translate } from "../i18n/translate.tsx";

/** What came of an apply, in one sentence: the same in the plan and in the corner. */
export function appliedText({ t, number }: Pick<Translate<TextKey>, "t" | "number">, { plan, milliseconds }: NonNullable<LabState["lastApply"]>): string {
  const took = { milliseconds: number(milliseconds) };
  return plan.changes.length === 0 ? t("plan.appliedNone", took) : t("plan.applied", { count: plan.changes.length, ...took });
}

/** Whether the plan, which says by itself what was applied, is on screen. */
export function isPlanOnScreen({ leftTab, maximised }: Pick<LabState, "leftTab" | "maximised">): boolean {
  return leftTab === "plan" && (maximised === undefined || maximised === "guide");
}
