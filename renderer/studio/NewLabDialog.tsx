import { useState, type FormEvent } from "react";
import type { Result } from "../../playground/contract/contract.ts";
import { describeError } from "../../playground/model/describeError.ts";
import { toErrorData, type ErrorData } from "../../playground/model/errors.ts";
import { Button } from "../components/Button.tsx";
import { Dialog } from "../components/Dialog.tsx";
import { authorTexts } from "../i18n/authorTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useApp, useClient, useLabs } from "../state/stores.tsx";
import { TextField } from "./fields.tsx";
import { asId } from "./labParts.ts";

/** A new lab: its title, its id, and what it begins with. */
export function NewLabDialog({ templates, onClose }: { templates: Result<"studio.list">["templates"]; onClose: () => void }) {
  const { t, localized, language } = useTranslate(authorTexts);
  const client = useClient();
  const go = useApp((state) => state.go);
  const labs = useLabs((state) => state.labs) ?? [];
  const [title, setTitle] = useState({ fr: "", en: "" });
  const [typedId, setTypedId] = useState<string>();
  const [template, setTemplate] = useState(templates[0]?.id ?? "");
  const [error, setError] = useState<ErrorData>();
  const id = (typedId ?? asId(title.fr || title.en)).replace(/-+$/, "");
  const both = { fr: title.fr || title.en, en: title.en || title.fr };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    client.call("studio.create", { lab: id, title: both, template }).then(
      () => go({ screen: "studio", lab: id }),
      (reason: unknown) => setError(toErrorData(reason)),
    );
  };
  const told = error && describeError(error, language);
  return (
    <Dialog title={t("newLab")} onClose={onClose}>
      <form className="studio-form" onSubmit={submit}>
        <TextField isFirst label={`${t("title")} · ${t("french")}`} value={title.fr} onChange={(fr) => setTitle({ ...title, fr })} />
        <TextField label={`${t("title")} · ${t("english")}`} value={title.en} onChange={(en) => setTitle({ ...title, en })} />
        <TextField label={t("newLab.id")} mono value={id} onChange={(text) => setTypedId(asId(text))} hint={t("newLab.idHint")} />
        <div className="field">
          <label htmlFor="new-lab-template">{t("newLab.template")}</label>
          <select id="new-lab-template" value={template} onChange={(event) => setTemplate(event.target.value)}>
            <optgroup label={t("newLab.templates")}>{templates.map((one) => <option key={one.id} value={one.id}>{localized(one.title)}</option>)}</optgroup>
            <optgroup label={t("newLab.labs")}>{labs.map((one) => <option key={one.id} value={one.id}>{`${localized(one.title)} (${one.id})`}</option>)}</optgroup>
          </select>
        </div>
        {told ? <p className="form-error" role="alert">{told.message} {told.next}</p> : null}
        <div className="dialog-actions">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" type="submit" disabled={!/^[a-z0-9][a-z0-9-]{1,40}$/.test(id) || both.fr.trim() === ""}>{t("newLab.make")}</Button>
        </div>
      </form>
    </Dialog>
  );
}
