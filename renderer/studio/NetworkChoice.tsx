import { authorTexts } from "../i18n/authorTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useDraft } from "./useStudio.tsx";

/** The lab's networks, in the order in which a proof goes through them. */
export function useNetworkFiles(): readonly string[] {
  const files = useDraft((state) => state.history?.files);
  const paths = Object.keys(files ?? {}).filter((path) => path !== "lab.yml" && path.endsWith(".yml"));
  const rank = (path: string): number => (path === "network.yml" ? 0 : path.startsWith("solution/") ? 1 : path.startsWith("broken/") ? 3 : 2);
  return paths.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b, "en", { numeric: true }));
}

/** "Start", "Solution", "Broken: gate-closed": what a file is to the lab. */
export function useNetworkName(): (path: string) => string {
  const { t } = useTranslate(authorTexts);
  return (path) => {
    const broken = /^broken\/([^/]+)\/network\.yml$/.exec(path)?.[1];
    if (path === "network.yml") return t("network.start");
    if (path === "solution/network.yml") return t("network.solution");
    return broken === undefined ? path : t("network.broken", { name: broken });
  };
}

export function NetworkChoice({ value, onChange }: { value: string; onChange: (path: string) => void }) {
  const { t } = useTranslate(authorTexts);
  const nameOf = useNetworkName();
  return (
    <select aria-label={t("network.which")} value={value} onChange={(event) => onChange(event.target.value)}>
      {useNetworkFiles().map((path) => <option key={path} value={path}>{nameOf(path)}</option>)}
    </select>
  );
}
