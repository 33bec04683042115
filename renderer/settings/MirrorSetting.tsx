import { useState } from "react";
import { faultText } from "../../playground/model/faultTexts.ts";
import { readRegistryMirror } from "../../playground/model/registryMirror.ts";
import { mirrorTexts } from "../i18n/mirrorTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useApp } from "../state/stores.tsx";

/** Where images are pulled from instead of the projects' registries. Counts when the field is left; a wrong one says all that is wrong, and is not saved. */
export function MirrorSetting() {
  const { t, language } = useTranslate(mirrorTexts);
  const saved = useApp((state) => state.settings?.registryMirror ?? "");
  const override = useApp((state) => state.info?.environmentMirror);
  const change = useApp((state) => state.changeSettings);
  const [draft, setDraft] = useState<string>();
  const text = draft ?? saved;
  const { faults } = readRegistryMirror(text, "registryMirror");
  const save = (): void => {
    if (draft === undefined || faults.length > 0) return;
    void change({ registryMirror: draft.trim() }).then(() => setDraft(undefined));
  };
  return (
    <div className="setting">
      <div>
        <label htmlFor="setting-mirror">{t("label")}</label>
        <p className="muted">{t("hint")}</p>
        {override === undefined ? null : <p className="muted">{t("overridden", { mirror: override })}</p>}
        {faults.length === 0 ? null : (
          <div className="setting-faults" id="setting-mirror-faults" role="status">
            <p>{t("faults", { count: faults.length })}</p>
            <ul>
              {faults.map((fault, index) => {
                const { message, hint } = faultText(fault, language);
                return (
                  <li key={index}>
                    {message} {hint}
                  </li>
                );
              })}
            </ul>
          </div>
        )}
      </div>
      <div className="setting-value">
        <input
          id="setting-mirror"
          className="mono"
          spellCheck={false}
          autoComplete="off"
          maxLength={300}
          value={text}
          aria-invalid={faults.length > 0}
          aria-describedby={faults.length > 0 ? "setting-mirror-faults" : undefined}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={save}
          onKeyDown={(event) => event.key === "Enter" && save()}
        />
      </div>
    </div>
  );
}
