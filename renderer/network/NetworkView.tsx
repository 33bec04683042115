import { Check, CircleAlert, GitCompareArrows, RotateCcw, Save, TriangleAlert } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "../components/Button.tsx";
import { ConfirmDialog } from "../components/Dialog.tsx";
import { describeFault } from "../../playground/model/describeError.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useApp, useClient, useLab, useStores } from "../state/stores.tsx";
import { NetworkEditor, type EditorHandle } from "./NetworkEditor.tsx";
import type { JsonSchema } from "./schemaWalk.ts";
import "./network.css";

/** The lab's `network.yml`: editor, faults, save, and what to do when the file changed elsewhere. */
export function NetworkView({ lab }: { lab: string }) {
  const { t, language } = useTranslate();
  const client = useClient();
  const store = useStores().lab(lab);
  const notifyError = useApp((state) => state.notifyError);
  const draft = useLab(lab, (state) => state.draft);
  const isDirty = useLab(lab, (state) => state.file !== undefined && state.draft !== state.file.text);
  const faults = useLab(lab, (state) => state.faults);
  const conflict = useLab(lab, (state) => state.conflict);
  const [schema, setSchema] = useState<JsonSchema>();
  const [asking, setAsking] = useState(false);
  const editor = useRef<EditorHandle>(null);
  useEffect(() => {
    // The engine's answer is JSON Schema; what we do not know of it is never read.
    client.call("network.schema", {}).then(({ schema: answer }) => setSchema(answer as JsonSchema), notifyError);
  }, [client, notifyError]);
  const actions = store.getState();
  return (
    <div className="network">
      {conflict ? (
        <div className="banner" role="alert">
          <TriangleAlert size={16} aria-hidden />
          <span className="grow">
            <strong>{t("network.conflict")}</strong> {t("network.conflictKept")}
          </span>
          <Button size="small" onClick={() => void actions.resolveConflict("mine")}>
            {t("network.keepMine")}
          </Button>
          <Button size="small" onClick={() => void actions.resolveConflict("theirs")}>
            {t("network.takeTheirs")}
          </Button>
        </div>
      ) : null}
      <NetworkEditor ref={editor} text={draft} faults={faults} schema={schema} onChange={actions.edit} onSave={() => void actions.save()} />
      {faults.length > 0 ? (
        <ul className="faults scroll" aria-label={t("network.faults", { count: faults.length })}>
          {faults.map((fault, index) => (
            <li key={`${fault.code}${fault.path}${index}`}>
              <button type="button" title={t("network.goTo", { line: fault.line ?? 1 })} onClick={() => editor.current?.goTo(fault.line ?? 1, fault.column)}>
                <CircleAlert size={14} aria-hidden />
                <span className="mono fault-line">{t("network.line", { line: fault.line ?? 1 })}</span>
                <span>
                  {describeFault(fault, language).message}
                  {describeFault(fault, language).hint ? <span className="muted"> {describeFault(fault, language).hint}</span> : null}
                </span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <div className="network-foot">
        <span className={`network-state ${faults.length > 0 ? "bad" : isDirty ? "" : "ok"}`} role="status">
          {faults.length > 0 ? (
            <>
              <CircleAlert size={14} aria-hidden /> {t("network.faults", { count: faults.length })}
            </>
          ) : isDirty ? (
            t("network.unsaved")
          ) : (
            <>
              <Check size={14} aria-hidden /> {t("network.saved")}
            </>
          )}
        </span>
        <Button kind="quiet" icon={<RotateCcw size={15} />} aria-label={t("network.reset")} onClick={() => setAsking(true)} />
        <Button size="small" icon={<Save size={14} />} disabled={!isDirty} title="Ctrl S" onClick={() => void actions.save()}>
          {t("network.save")}
        </Button>
        <Button
          size="small"
          icon={<GitCompareArrows size={14} />}
          disabled={faults.length > 0}
          onClick={() => {
            actions.showTab("plan");
            void actions.makePlan();
          }}
        >
          {t("network.showPlan")}
        </Button>
      </div>
      {asking ? <ConfirmDialog title={t("network.resetTitle")} text={t("network.resetText")} action={t("network.reset")} onClose={() => setAsking(false)} onConfirm={() => void actions.reset()} /> : null}
    </div>
  );
}
