import { useState, type FormEvent } from "react";
import { Button } from "../components/Button.tsx";
import { Dialog } from "../components/Dialog.tsx";
import { useTranslate } from "../i18n/translate.tsx";
import { useApp, useLabs } from "../state/stores.tsx";

/** Takes a lab that is not ours into the library: a folder with a `lab.yml`. */
export function AddLabDialog({ onClose }: { onClose: () => void }) {
  const { t, localized } = useTranslate();
  const add = useLabs((state) => state.add);
  const notifyDone = useApp((state) => state.notifyDone);
  const notifyError = useApp((state) => state.notifyError);
  const [folder, setFolder] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add(folder.trim())
      .then((lab) => {
        notifyDone(t("library.added", { title: localized(lab.title) }));
        onClose();
      })
      .catch((error: unknown) => {
        // A modal dialog hides the notices behind its veil.
        onClose();
        notifyError(error);
      });
  };
  return (
    <Dialog title={t("library.add")} onClose={onClose}>
      <form onSubmit={submit}>
        <label className="field">
          <span>{t("library.addFolder")}</span>
          <input className="mono" value={folder} data-autofocus spellCheck={false} onChange={(event) => setFolder(event.target.value)} />
          <span className="hint">{t("library.addHint")}</span>
        </label>
        <div className="dialog-actions">
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button kind="primary" type="submit" disabled={folder.trim() === ""}>
            {t("library.addAction")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
