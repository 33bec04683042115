import { useMemo } from "react";
import { useTranslate } from "../i18n/translate.tsx";
import { useApp } from "../state/stores.tsx";

/** The log of long work since the window was opened, in the reader's language. */
export function useWorkLog(): readonly string[] {
  const { localized } = useTranslate();
  const entries = useApp((state) => state.workLog);
  return useMemo(
    () => entries.map(({ at, progress }) => `${new Date(at).toLocaleTimeString()}  ${progress.task}  ${progress.done}/${progress.total}  ${localized(progress.label)}${progress.detail ? `  ${progress.detail}` : ""}${progress.state === "running" ? "" : `  [${progress.state}]`}`),
    [entries, localized],
  );
}
