import { Layers } from "lucide-react";
import { useEffect, useRef } from "react";
import { shownNamespaces } from "../../playground/model/clusterTopology.ts";
import { clusterTexts } from "../i18n/clusterTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import type { ClusterParts } from "./useClusterPicture.ts";

/** Which namespaces of the clusters are shown, with a box to tick for each; nothing where there is no cluster. */
export function NamespaceFilter({ clusters }: { clusters: ClusterParts }) {
  const { t } = useTranslate(clusterTexts);
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: PointerEvent) => {
      if (details.current?.open === true && event.target instanceof Node && !details.current.contains(event.target)) details.current.open = false;
    };
    document.addEventListener("pointerdown", close);
    return () => document.removeEventListener("pointerdown", close);
  }, []);
  const shown = new Set(clusters.views.flatMap((view) => [...shownNamespaces(view, clusters.chosen)]));
  const all = new Set(clusters.views.flatMap((view) => [...view.namespaces.map((namespace) => namespace.name), ...view.pods.map((pod) => pod.namespace)]));
  const podsOf = (name: string): number => clusters.views.reduce((sum, view) => sum + view.pods.filter((pod) => pod.namespace === name).length, 0);
  // Kubernetes keeps namespaces of its own without any pod: nothing would show or hide with them.
  const names = [...all].filter((name) => shown.has(name) || podsOf(name) > 0).sort();
  if (names.length === 0) return null;
  const hidden = names.filter((name) => !shown.has(name)).length;
  return (
    <details
      ref={details} className="namespace-filter"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || details.current === null) return;
        details.current.open = false;
        details.current.querySelector("summary")?.focus();
        event.stopPropagation();
      }}
    >
      <summary className="button small"><Layers size={14} aria-hidden="true" /> {t("filter.button")} {hidden === 0 ? null : <span className="topology-key">{t("filter.hidden", { count: hidden })}</span>}</summary>
      <fieldset>
        <legend className="visually-hidden">{t("filter.label")}</legend>
        {names.map((name) => (
          <label key={name}>
            <input type="checkbox" checked={shown.has(name)} onChange={(event) => clusters.choose(name, event.target.checked)} />
            <span>{name}</span>
            <span className="muted">{t("filter.pods", { count: podsOf(name) })}</span>
          </label>
        ))}
      </fieldset>
    </details>
  );
}
