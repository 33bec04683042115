import { Trash2 } from "lucide-react";
import { useState, type FormEvent } from "react";
import { Button } from "../components/Button.tsx";
import { Dialog } from "../components/Dialog.tsx";
import { projectorTexts } from "../i18n/projectorTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import type { ProjectorScene } from "./projectorScenes.ts";

/** As in what is read back. */
const longestName = 80;

interface SceneEditorProps {
  readonly own: readonly ProjectorScene[];
  readonly suggestion: string;
  onAdd(name: string): void;
  onChange(scenes: readonly ProjectorScene[]): void;
  onClose(): void;
}

/** Keeps what is on screen under a name, and has the scenes kept before. */
export function SceneEditor({ own, suggestion, onAdd, onChange, onClose }: SceneEditorProps) {
  const { t } = useTranslate(projectorTexts);
  const [name, setName] = useState(suggestion);
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== "") onAdd(name.trim());
  };
  return (
    <Dialog title={t("projector.remember")} onClose={onClose}>
      <form className="scene-form" onSubmit={add}>
        <label>
          <span>{t("scene.name")}</span>
          <input value={name} maxLength={longestName} data-autofocus onFocus={(event) => event.currentTarget.select()} onChange={(event) => setName(event.target.value)} />
        </label>
        <Button kind="primary" type="submit" disabled={name.trim() === ""}>{t("scene.save")}</Button>
      </form>
      <p className="muted">{t("scene.keeps")}</p>
      <h3>{t("scene.own")}</h3>
      {own.length === 0 ? <p className="muted">{t("scene.none")}</p> : (
        <ul className="scene-list">
          {own.map((scene) => (
            <li key={scene.id}>
              <input aria-label={t("scene.rename", { name: scene.name })} maxLength={longestName} value={scene.name} onChange={(event) => onChange(own.map((one) => (one === scene ? { ...one, name: event.target.value } : one)))} />
              <Button aria-label={t("scene.remove", { name: scene.name })} icon={<Trash2 size={22} />} onClick={() => onChange(own.filter((one) => one !== scene))} />
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
