import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { addTo, editText, setAt } from "../../playground/model/labDocument.ts";
import type { CheckKind } from "../../playground/model/lab.ts";
import { Button } from "../components/Button.tsx";
import { authorTexts } from "../i18n/authorTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { CheckForm } from "./CheckForm.tsx";
import { checkFields, newCheck } from "./checkFields.ts";
import { CheckTrial } from "./CheckTrial.tsx";
import { freeId, readParts } from "./labParts.ts";
import { flow, renameCheck, withoutCheck } from "./renames.ts";
import { useMachines } from "./useMachines.ts";
import { useStudio, useText } from "./useStudio.tsx";
import { useDraftLab } from "./useDraftLab.ts";

const labFile = "lab.yml";
const kinds = Object.keys(checkFields) as CheckKind[];

/** The lab's checks: what each asks, and what it sees when it is run now. */
export function ChecksTab() {
  const { t, language } = useTranslate(authorTexts);
  const { store } = useStudio();
  const labText = useText(labFile);
  const lab = useDraftLab();
  const machines = useMachines(lab);
  const parts = readParts(labText);
  const [chosen, setChosen] = useState(0);
  const [kind, setKind] = useState<CheckKind>("http");
  const current = parts.checks[Math.min(chosen, parts.checks.length - 1)];
  const change = (text: string, typing?: string): void => store.getState().change({ [labFile]: text }, typing);
  const add = (): void => {
    const id = freeId(kind, parts.checks.map((check) => check.id));
    change(editText(labText, (document) => {
      addTo(document, ["checks"], { id, kind, title: { fr: t("check.newFr"), en: t("check.newEn") }, ...newCheck(kind, machines.addresses[0]) });
      // A mistake that was made before there was any check is for the first one to see; until then the lab has a fault.
      for (const broken of parts.broken) if (broken.fails.length === 0) document.setIn(["broken", broken.name, "fails"], flow(document, [id]));
    }));
    setChosen(parts.checks.length);
  };
  return (
    <div className="studio-columns">
      <section className="studio-list" aria-label={t("tab.checks")}>
        <ul>
          {parts.checks.map((check, index) => (
            <li key={check.index}>
              <button type="button" aria-current={check === current} onClick={() => setChosen(index)}>
                <span>{check.title[language] ?? check.id}</span>
                <span className="mono muted">{check.id} · {check.kind}</span>
              </button>
            </li>
          ))}
        </ul>
        <div className="studio-add">
          <select aria-label={t("check.kind")} value={kind} onChange={(event) => setKind(event.target.value as CheckKind)}>
            {kinds.map((one) => <option key={one} value={one}>{t(`kind.${one}`)}</option>)}
          </select>
          <Button size="small" icon={<Plus size={14} />} onClick={add}>{t("add")}</Button>
        </div>
      </section>
      {current === undefined ? (
        <p className="empty">{t("checks.none")}</p>
      ) : (
        <>
          <section className="studio-main scroll" aria-label={current.id}>
            <div className="studio-main-head">
              <h2>{current.title[language] ?? current.id}</h2>
              <Button kind="quiet" icon={<Trash2 size={15} />} aria-label={t("remove")} onClick={() => change(withoutCheck(labText, parts, current))} />
            </div>
            <CheckForm
              key={current.index} check={current} machines={machines} others={parts.checks.filter((check) => check !== current).map((check) => check.id)}
              onChange={(path, value, typing) => change(editText(labText, (document) => setAt(document, ["checks", current.index, ...path], value)), typing === true ? `check ${current.index} ${path.join(".")}` : undefined)}
              onRename={(next) => change(renameCheck(labText, parts, current, next))}
            />
          </section>
          <CheckTrial key={`trial ${current.index}`} check={current} />
        </>
      )}
    </div>
  );
}
