import { useState, type FormEvent } from "react";
import { guideFiles, withGuideText } from "../../playground/model/guideText.ts";
import { addTo, editText, setAt } from "../../playground/model/labDocument.ts";
import { Button } from "../components/Button.tsx";
import { Dialog } from "../components/Dialog.tsx";
import { authorTexts } from "../i18n/authorTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { ChoiceField, TextField } from "./fields.tsx";
import { asId, freeId, readParts } from "./labParts.ts";
import { NetworkChoice, useNetworkFiles } from "./NetworkChoice.tsx";
import { useStudio, useText } from "./useStudio.tsx";

/** Another network of the lab, as a copy of one there is: what solves a step, or a mistake that the checks must catch. */
export function NewNetworkDialog({ from, onClose, onMade }: { from: string; onClose: () => void; onMade: (path: string) => void }) {
  const { t } = useTranslate(authorTexts);
  const { store } = useStudio();
  const labText = useText("lab.yml");
  const parts = readParts(labText);
  const files = useNetworkFiles();
  const [kind, setKind] = useState<"solution" | "broken">(files.includes("solution/network.yml") ? "broken" : "solution");
  const [copied, setCopied] = useState(files.includes("solution/network.yml") ? "solution/network.yml" : from);
  const [name, setName] = useState("");
  const id = asId(name).replace(/-+$/, "");
  const path = kind === "broken" ? `broken/${id}/network.yml` : files.includes("solution/network.yml") ? `solution/${id}.yml` : "solution/network.yml";
  const needsName = path !== "solution/network.yml";
  const isTaken = files.includes(path);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const text = store.getState().history?.files[copied] ?? "";
    const named = editText(labText, (document) => {
      if (kind === "broken") setAt(document, ["broken", id], { title: { fr: name, en: name }, network: path, fails: parts.startFails.length > 0 ? [...parts.startFails] : parts.checks.slice(0, 1).map((check) => check.id) });
      else if (parts.steps.length === 0) addTo(document, ["steps"], { id: freeId("step", []), title: { fr: t("step.newFr"), en: t("step.newEn") }, solve: { network: path } });
      else {
        const step = parts.steps.findLast(({ solution }) => solution === undefined) ?? parts.steps.at(-1);
        setAt(document, ["steps", step?.index ?? 0, "solve", "network"], path);
      }
    });
    const texts = store.getState().history?.files ?? {};
    // A step that comes with its solution needs a text, too.
    const isNewStep = kind === "solution" && parts.steps.length === 0;
    const guides = (["fr", "en"] as const).map((one) => [guideFiles[one], withGuideText(texts[guideFiles[one]] ?? "", "step", t(one === "fr" ? "step.newFr" : "step.newEn"), t(one === "fr" ? "step.textFr" : "step.textEn"))] as const);
    store.getState().change({ [path]: text, "lab.yml": named, ...(isNewStep ? Object.fromEntries(guides) : {}) });
    onClose();
    onMade(path);
  };
  return (
    <Dialog title={t("network.add")} onClose={onClose}>
      <form className="studio-form" onSubmit={submit}>
        <ChoiceField label={t("network.kind")} value={kind} options={[{ value: "solution", text: t("network.kindSolution") }, { value: "broken", text: t("network.kindBroken") }]} onChange={(value) => setKind(value === "broken" ? "broken" : "solution")} />
        {needsName ? <TextField label={t("network.name")} value={name} onChange={setName} hint={isTaken ? t("network.taken") : path} /> : null}
        <div className="field">
          <span>{t("network.copyOf")}</span>
          <NetworkChoice value={copied} onChange={setCopied} />
        </div>
        {kind === "broken" && parts.checks.length === 0 ? <p className="muted">{t("network.noCheckYet")}</p> : null}
        <div className="dialog-actions">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" type="submit" disabled={isTaken || (needsName && id === "")}>{t("network.make")}</Button>
        </div>
      </form>
    </Dialog>
  );
}
