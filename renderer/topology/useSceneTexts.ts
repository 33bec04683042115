import { useMemo } from "react";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import type { SceneTexts } from "../../playground/picture/buildScene.ts";

/** The words that stand in a picture, in the reader's language. */
export function useSceneTexts(): SceneTexts {
  const { t } = useTranslate(canvasTexts);
  return useMemo(() => ({
    internetGateway: t("topology.internetGateway"), resolver: t("topology.resolver"), publicSubnet: t("topology.public"), privateSubnet: t("topology.private"),
    zone: (name) => t("topology.zone", { name }), folded: (total) => t("topology.folded", { total }), running: (count) => t("topology.running", { count }), more: (count) => t("topology.more", { count }),
  }), [t]);
}
