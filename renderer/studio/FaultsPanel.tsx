import { Check, ChevronDown, ChevronUp, CircleAlert } from "lucide-react";
import { useState } from "react";
import { describeFault } from "../../playground/model/describeError.ts";
import { authorTexts } from "../i18n/authorTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useDraft } from "./useStudio.tsx";

/** All faults of all files at once, with file, line and path; a click leads there. */
export function FaultsPanel({ onOpen }: { onOpen: (file: string, line: number | undefined) => void }) {
  const { t, language } = useTranslate(authorTexts);
  const faults = useDraft((state) => state.faults);
  const [isOpen, setOpen] = useState(true);
  if (faults.length === 0) {
    return <div className="studio-faults-head ok" role="status"><Check size={15} aria-hidden /> {t("faults.none")}</div>;
  }
  return (
    <section className="studio-faults" aria-label={t("faults.count", { count: faults.length })}>
      <button type="button" className="studio-faults-head bad" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <CircleAlert size={15} aria-hidden /> {t("faults.count", { count: faults.length })}
        <span className="grow" />
        {isOpen ? <ChevronDown size={15} aria-hidden /> : <ChevronUp size={15} aria-hidden />}
      </button>
      {isOpen ? (
        <ul className="faults scroll">
          {faults.map((fault, index) => {
            const { message, hint } = describeFault(fault, language);
            return (
              <li key={`${fault.file ?? ""}${fault.code}${fault.path}${index}`}>
                <button type="button" onClick={() => onOpen(fault.file ?? "lab.yml", fault.line)}>
                  <CircleAlert size={14} aria-hidden />
                  <span className="mono fault-line">{fault.file}{fault.line === undefined ? "" : `:${fault.line}`}{fault.path === "" ? "" : ` ${fault.path}`}</span>
                  <span>{message}{hint ? <span className="muted"> {hint}</span> : null}</span>
                </button>
              </li>
            );
          })}
        </ul>
      ) : null}
    </section>
  );
}
