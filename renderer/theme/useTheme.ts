import { useEffect } from "react";
import type { Settings } from "../../playground/contract/contract.ts";
import type { Language } from "../../playground/model/lab.ts";

/** Puts theme, text size, motion and language on the document, where the style sheets read them. */
export function useTheme(settings: Settings | undefined, language: Language): void {
  const theme = settings?.theme ?? "system";
  const textSize = settings?.textSize ?? 14;
  const reduceMotion = settings?.reduceMotion ?? false;
  useEffect(() => {
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    const show = () => {
      document.documentElement.dataset.theme = theme === "system" ? (dark.matches ? "dark" : "light") : theme;
    };
    show();
    dark.addEventListener("change", show);
    return () => dark.removeEventListener("change", show);
  }, [theme]);
  useEffect(() => {
    const root = document.documentElement;
    root.lang = language;
    root.dataset.reduceMotion = String(reduceMotion);
    root.style.setProperty("--text-size", `${textSize}px`);
  }, [language, reduceMotion, textSize]);
}
