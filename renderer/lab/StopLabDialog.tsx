import { ConfirmDialog } from "../components/Dialog.tsx";
import { useTranslate } from "../i18n/translate.tsx";
import { useStores } from "../state/stores.tsx";

/** Asks before a lab is stopped, and says what goes with its machines: files, keys and settings that the student made in them. */
export function StopLabDialog({ lab, title, onClose }: { lab: string; title: string; onClose: () => void }) {
  const { t } = useTranslate();
  const store = useStores().lab(lab);
  return <ConfirmDialog title={t("lab.stopTitle", { title })} text={t("lab.stopText")} action={t("lab.stop")} onClose={onClose} onConfirm={() => void store.getState().down()} />;
}
