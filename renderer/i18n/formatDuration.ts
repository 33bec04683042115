import type { TextKey, Translate } from "./translate.tsx";

/** How long something took, as its reader counts: milliseconds below one second, else seconds with one decimal. */
export function formatDuration(milliseconds: number, { t, number }: Pick<Translate<TextKey>, "t" | "number">): string {
  return milliseconds < 1000 ? t("common.milliseconds", { value: number(milliseconds) }) : t("common.seconds", { value: number(milliseconds / 1000, 1) });
}
