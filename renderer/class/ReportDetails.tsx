import { CircleCheck, CircleDashed, CircleHelp, CircleMinus, CircleX, X } from "lucide-react";
import type { CheckGrade, CheckOutcome, ClassRow, ClassTable } from "../../playground/contract/classTable.ts";
import { Button } from "../components/Button.tsx";
import { classTexts } from "../i18n/classTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { copiesOf } from "./classRows.ts";
import { VerdictPill } from "./VerdictPill.tsx";

const icons: Readonly<Record<CheckOutcome, typeof CircleCheck>> = { passed: CircleCheck, earlier: CircleMinus, partial: CircleMinus, failed: CircleX, never: CircleDashed, unproven: CircleHelp };

/** Everything that was found out about one report. */
export function ReportDetails({ row, table, onClose }: { row: ClassRow; table: ClassTable; onClose: () => void }) {
  const { t, localized, number } = useTranslate(classTexts);
  const { grade, verdict } = row;
  const copies = copiesOf(table, row.file);
  return (
    <aside className="class-details scroll" aria-label={t("details", { student: row.student || row.file })}>
      <div className="class-details-head">
        <div>
          <h2>{row.student || row.file}</h2>
          <p className="muted">{[row.group, row.course, row.date].filter((part) => part !== "").join(" · ")}</p>
        </div>
        <Button kind="quiet" icon={<X size={17} />} aria-label={localized({ fr: "Fermer", en: "Close" })} onClick={onClose} />
      </div>
      <p className="class-verdict">
        <VerdictPill state={verdict.state} /> {localized(verdict.message)}
      </p>
      {verdict.reasons.map((reason) => (
        <p key={reason.en} className="class-reason">
          {localized(reason)}
        </p>
      ))}
      {copies.length > 0 ? (
        <section>
          <h3>{t("copies")}</h3>
          {copies.map((copy) => {
            const other = copy.files[0] === row.file ? 1 : 0;
            return (
              <p key={copy.files[other]} className="class-reason">
                <span className={copy.strength === "hint" ? "pill" : "pill bad"}>{t(`strength.${copy.strength}`)}</span> {t("copyWith", { student: copy.students[other] || t("unnamed"), file: copy.files[other] })}
                {localized({ fr: " : ", en: ": " })}
                {copy.reasons.map(localized).join(", ")}
              </p>
            );
          })}
        </section>
      ) : null}
      {grade ? (
        <>
          <section>
            <h3>
              {row.labTitle ? localized(row.labTitle) : row.lab} <b className="class-total">{t("points", { points: number(grade.points, 2), of: number(grade.of, 2) })}</b>
            </h3>
            {row.seed === undefined ? null : <p className="muted">{t("variant", { seed: row.seed })}</p>}
            <p className="muted">{t("work", { minutes: grade.minutes, applied: grade.applied, hints: grade.hints })}</p>
            {grade.solved.length > 0 ? <p className="muted">{t("solved", { steps: grade.solved.join(", ") })}</p> : null}
            <ul className="class-checks" aria-label={t("checks")}>
              {grade.checks.map((check) => (
                <CheckLine key={check.check} check={check} />
              ))}
            </ul>
          </section>
          {row.answers.length > 0 ? (
            <section>
              <h3>{t("answers")}</h3>
              <dl className="class-answers">
                {row.answers.map(({ question, answer }) => (
                  <div key={question.en}>
                    <dt>{localized(question)}</dt>
                    <dd className={answer === "" ? "muted" : undefined}>{answer || t("noAnswer")}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ) : null}
        </>
      ) : null}
      {row.lab === "" ? null : (
        <p className="class-foot muted">
          {t("caveat")} <span className="selectable">{t("rerun", { file: `"${row.file}"` })}</span>
        </p>
      )}
    </aside>
  );
}

function CheckLine({ check }: { check: CheckGrade }) {
  const { t, localized, number } = useTranslate(classTexts);
  // A pass that its own observation contradicts is none.
  const outcome = check.evidence === "contradicted" ? "failed" : check.outcome;
  const Icon = icons[outcome];
  const said = [check.outcome === "failed" || check.outcome === "partial" ? t(`outcome.${check.outcome}`) : "", ...check.reasons.map(localized), check.evidence === "undecided" ? t("evidence.undecided") : ""].filter((part) => part !== "");
  return (
    <li className={outcome}>
      <Icon size={15} aria-label={t(`outcome.${outcome}`)} />
      <div>
        {localized(check.title)} {check.hidden ? <span className="pill accent">{t("hiddenCheck")}</span> : null}
        {said.length > 0 ? <p className="muted">{said.join(" · ")}</p> : null}
      </div>
      <span className="class-check-points">
        {number(check.points, 2)}/{number(check.of, 2)}
        {check.attempts > 0 ? <span className="muted">{t("attempts", { count: check.attempts })}</span> : null}
      </span>
    </li>
  );
}
