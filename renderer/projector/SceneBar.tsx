import { ChevronLeft, ChevronRight, Crosshair, EyeOff, Keyboard, Pen, Snowflake, X } from "lucide-react";
import { Button } from "../components/Button.tsx";
import { projectorTexts } from "../i18n/projectorTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import type { ProjectorScene } from "./projectorScenes.ts";

/** What is switched on in the mode. */
export interface ProjectorModes {
  readonly spotlight: boolean;
  readonly frozen: boolean;
  readonly pen: boolean;
  readonly addresses: boolean;
}

const icons = { spotlight: Crosshair, frozen: Snowflake, pen: Pen, addresses: EyeOff } as const;
const modeNames = ["spotlight", "frozen", "pen", "addresses"] as const;

interface SceneBarProps {
  readonly scenes: readonly ProjectorScene[];
  /** Absent after the picture was moved by hand. */
  readonly current: string | undefined;
  readonly modes: ProjectorModes;
  onStep(step: 1 | -1): void;
  onKeys(): void;
  onLeave(): void;
}

/** The line under the picture: which scene, what is switched on, and the ways to the keys and out. */
export function SceneBar({ scenes, current, modes, onStep, onKeys, onLeave }: SceneBarProps) {
  const { t } = useTranslate(projectorTexts);
  const at = scenes.findIndex((scene) => scene.id === current);
  const scene = scenes[at];
  const isOn = modeNames.filter((mode) => modes[mode]);
  return (
    <div className="projector-bar">
      <nav aria-label={t("projector.scenes")}>
        <Button aria-label={t("projector.previous")} icon={<ChevronLeft size={26} />} onClick={() => onStep(-1)} />
        <Button aria-label={t("projector.next")} icon={<ChevronRight size={26} />} onClick={() => onStep(1)} />
      </nav>
      <p className="projector-scene" role="status">
        <b>{scene?.name ?? t("projector.byHand")}</b>
        {scene === undefined ? null : <span className="muted">{t("projector.position", { index: at + 1, total: scenes.length })}</span>}
      </p>
      <ul className="projector-modes" aria-label={t("projector.modes")} aria-live="polite">
        {isOn.map((mode) => {
          const Icon = icons[mode];
          return <li key={mode}><Icon size={22} aria-hidden /> {t(`mode.${mode}`)}</li>;
        })}
      </ul>
      <Button icon={<Keyboard size={24} />} onClick={onKeys}>{t("projector.keys")} <kbd>?</kbd></Button>
      <Button aria-label={t("projector.leave")} icon={<X size={26} />} onClick={onLeave} />
    </div>
  );
}
