import { sceneTexts } from "../../playground/picture/sceneTexts.ts";
import type { SceneTexts } from "../../playground/picture/buildScene.ts";
import { useTranslate } from "../i18n/translate.tsx";

/** The words that stand in a picture, in the reader's language. */
export function useSceneTexts(): SceneTexts {
  return sceneTexts(useTranslate().language);
}
