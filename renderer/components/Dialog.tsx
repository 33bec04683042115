import { X } from "lucide-react";
import { useEffect, useId, useRef, type ReactNode } from "react";
import { useTranslate } from "../i18n/translate.tsx";
import { Button } from "./Button.tsx";

/** A modal window on the browser's own `dialog`: it keeps the focus inside, Escape closes it, and focus goes back after. */
export function Dialog({ title, wide = false, kind, onClose, children }: { title: string; wide?: boolean; kind?: "picture"; onClose: () => void; children: ReactNode }) {
  const { t } = useTranslate();
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = element.current;
    if (dialog && !dialog.open) {
      dialog.showModal();
      // The browser would take the first control, which is the cross.
      dialog.querySelector<HTMLElement>("[data-autofocus]")?.focus();
    }
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      className={`dialog scroll${wide ? " wide" : ""}${kind ? ` ${kind}` : ""}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === element.current) onClose();
      }}
    >
      <div className="dialog-head">
        <h2 id={titleId}>{title}</h2>
        <Button kind="quiet" icon={<X size={18} />} aria-label={t("common.close")} onClick={onClose} />
      </div>
      <div className="dialog-body">{children}</div>
    </dialog>
  );
}

/** Asks before something that cannot be undone; the safe answer has the focus. */
export function ConfirmDialog({ title, text, action, onConfirm, onClose }: { title: string; text: string; action: string; onConfirm: () => void; onClose: () => void }) {
  const { t } = useTranslate();
  return (
    <Dialog title={title} onClose={onClose}>
      <p className="muted">{text}</p>
      <div className="dialog-actions">
        <Button data-autofocus onClick={onClose}>
          {t("common.cancel")}
        </Button>
        <Button
          kind="primary"
          onClick={() => {
            onClose();
            onConfirm();
          }}
        >
          {action}
        </Button>
      </div>
    </Dialog>
  );
}
