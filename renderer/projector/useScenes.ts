import { useMemo } from "react";
import type { Topology } from "../../playground/model/topology.ts";
import { projectorTexts } from "../i18n/projectorTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useLab, useStores } from "../state/stores.tsx";
import { defaultScenes, readScenes, scenesOfLab, type ProjectorScene } from "./projectorScenes.ts";

export interface Scenes {
  /** In the order in which the keys go through them: what the picture suggests, what the lab brings, what the instructor prepared. */
  readonly all: readonly ProjectorScene[];
  readonly own: readonly ProjectorScene[];
  /** Keeps a new scene with the lab's layout; returns its id. */
  add(scene: Omit<ProjectorScene, "id" | "isOwn">): string;
  keep(own: readonly ProjectorScene[]): void;
}

/** The scenes of a lab. */
export function useScenes(lab: string, topology: Topology): Scenes {
  const { t, localized } = useTranslate(projectorTexts);
  const store = useStores().lab(lab);
  const saved = useLab(lab, (state) => state.layout?.scenes);
  const ofLab = useLab(lab, (state) => state.detail?.scenes);
  const own = useMemo(() => readScenes(saved), [saved]);
  const all = useMemo(() => [
    ...defaultScenes(topology, { whole: t("scene.whole"), internet: t("scene.internet"), vpc: (name) => t("scene.vpc", { name }), cluster: (name) => t("scene.cluster", { name }) }),
    ...scenesOfLab(ofLab ?? [], topology, localized),
    ...own.map((scene) => ({ ...scene, name: scene.name === "" ? t("scene.new") : scene.name })),
  ], [topology, ofLab, own, t, localized]);
  const keep = (scenes: readonly ProjectorScene[]) => store.getState().rememberLayout({ scenes: scenes.map(({ id, name, show, spotlight, hidesAddresses, path }) => ({ id, name, show, spotlight, hidesAddresses, path })) });
  return {
    all, own, keep,
    add: (scene) => {
      const id = `own ${crypto.randomUUID()}`;
      keep([...own, { ...scene, id, isOwn: true }]);
      return id;
    },
  };
}
