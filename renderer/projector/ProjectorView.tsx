import { useEffect } from "react";
import { Button } from "../components/Button.tsx";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { projectorTexts } from "../i18n/projectorTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useLab, useStores } from "../state/stores.tsx";
import { useTopology } from "../topology/useTopology.ts";
import { ProjectorStage } from "./ProjectorStage.tsx";
import "./projector.css";

/** The topology for a room: the whole screen, large type, high contrast, and one key for each thing that a lecture needs. */
export function ProjectorView({ lab }: { lab: string }) {
  const { t } = useTranslate(projectorTexts);
  const canvas = useTranslate(canvasTexts);
  const { topology, error, fresh, states, reload } = useTopology(lab);
  const phase = useLab(lab, (state) => state.status?.phase);
  const project = useStores().lab(lab).getState().project;
  useFullScreen(project);
  return (
    <div className="projector" role="dialog" aria-modal="true" aria-label={t("projector.label")}>
      {topology === undefined ? (
        <div className="projector-message" role="status">
          {error === undefined ? canvas.t("topology.loading") : canvas.t("topology.failed")}
          {error === undefined ? null : <Button onClick={reload}>{canvas.t("topology.again")}</Button>}
          <Button onClick={() => project(false)}>{t("projector.leave")}</Button>
        </div>
      ) : (
        <ProjectorStage lab={lab} cloud={topology} states={states} fresh={fresh} isStopped={phase === "stopped"} onLeave={() => project(false)} />
      )}
    </div>
  );
}

/** Takes the whole screen while it is on the page, where the browser lets it, and large type with it. Leaving the full screen leaves the mode. */
function useFullScreen(project: (on: boolean) => void): void {
  useEffect(() => {
    const root = document.documentElement;
    root.dataset.projector = "true";
    let wasFull = false;
    const onChange = () => {
      if (document.fullscreenElement !== null) wasFull = true;
      else if (wasFull) project(false);
    };
    document.addEventListener("fullscreenchange", onChange);
    // Refused where no key or click came before, as after a reload: the mode then fills the window.
    void root.requestFullscreen().catch(() => undefined);
    return () => {
      delete root.dataset.projector;
      document.removeEventListener("fullscreenchange", onChange);
      if (document.fullscreenElement !== null) void document.exitFullscreen().catch(() => undefined);
    };
  }, [project]);
}
