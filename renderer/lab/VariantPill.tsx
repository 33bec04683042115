import { Shuffle } from "lucide-react";
import { useEffect, useState, type FormEvent } from "react";
import type { Result } from "../../playground/contract/contract.ts";
import { describeError } from "../../playground/model/describeError.ts";
import { toErrorData, type ErrorData } from "../../playground/model/errors.ts";
import { seedOfName } from "../../playground/model/variants.ts";
import { Button } from "../components/Button.tsx";
import { Dialog } from "../components/Dialog.tsx";
import { authorTexts } from "../i18n/authorTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useClient, useLab, useStores } from "../state/stores.tsx";

/** Which variant of the lab the student has; before the first start, the way to choose one. Nothing where the lab is the same for everybody. */
export function VariantPill({ lab }: { lab: string }) {
  const { t } = useTranslate(authorTexts);
  const client = useClient();
  const phase = useLab(lab, (state) => state.status?.phase ?? "stopped");
  const [found, setFound] = useState<Result<"variants.get">>();
  const [isOpen, setOpen] = useState(false);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    client.call("variants.get", { lab }).then((answer) => isCurrent && setFound(answer), () => undefined);
    return () => {
      isCurrent = false;
    };
  }, [client, lab, phase, attempt]);
  if (found === undefined || found.combinations < 2) return null;
  const text = found.seed === undefined ? t("variant.choose") : t("variant.pill", { seed: found.seed });
  return (
    <>
      {phase === "stopped" ? <Button kind="quiet" size="small" icon={<Shuffle size={14} />} onClick={() => setOpen(true)}>{text}</Button> : found.seed === undefined ? null : <span className="pill">{text}</span>}
      {isOpen ? (
        <VariantDialog
          lab={lab} count={found.combinations} seed={found.seed} onClose={() => setOpen(false)}
          onTaken={() => {
            setOpen(false);
            setAttempt((count) => count + 1);
          }}
        />
      ) : null}
    </>
  );
}

function VariantDialog({ lab, count, seed, onClose, onTaken }: { lab: string; count: number; seed: number | undefined; onClose: () => void; onTaken: () => void }) {
  const { t, number, language } = useTranslate(authorTexts);
  const client = useClient();
  const store = useStores().lab(lab);
  const [typed, setTyped] = useState(seed === undefined ? "" : String(seed));
  const [student, setStudent] = useState("");
  const [error, setError] = useState<ErrorData>();
  const chosen = student.trim() !== "" ? seedOfName(student) : /^\d{1,9}$/.test(typed) ? Number(typed) : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (chosen === undefined) return;
    client.call("variants.choose", { lab, seed: chosen }).then(() => store.getState().load()).then(onTaken, (reason: unknown) => setError(toErrorData(reason)));
  };
  const told = error && describeError(error, language);
  return (
    <Dialog title={t("variant.title")} onClose={onClose}>
      <form className="variant-form" onSubmit={submit}>
        <p className="muted">{t("variant.lead", { count: number(count) })}</p>
        <label className="field">
          <span>{t("variant.student")}</span>
          <input value={student} data-autofocus onChange={(event) => setStudent(event.target.value)} />
        </label>
        <label className="field">
          <span>{t("variant.seed")}</span>
          <input className="mono" inputMode="numeric" value={student.trim() === "" ? typed : String(chosen ?? "")} disabled={student.trim() !== ""} onChange={(event) => setTyped(event.target.value.replace(/\D/g, "").slice(0, 9))} />
        </label>
        {told ? <p className="form-error" role="alert">{told.message} {told.next}</p> : null}
        <div className="dialog-actions">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" type="submit" disabled={chosen === undefined}>{t("variant.take")}</Button>
        </div>
      </form>
    </Dialog>
  );
}
