import { Check, CircleAlert, RefreshCw } from "lucide-react";
import { attributeText } from "../../playground/model/attributeText.ts";
import type { Plan, PlanChange } from "../../playground/model/plan.ts";
import { resourceKinds, type ResourceKind } from "../../playground/model/network.ts";
import { Button } from "../components/Button.tsx";
import { describeError, describeFault } from "../../playground/model/describeError.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useLab, useStores } from "../state/stores.tsx";
import { appliedText } from "./appliedText.ts";
import "./network.css";

const marks = { create: "+", change: "~", replace: "-/+", destroy: "-" } as const;
const isKind = (kind: string): kind is ResourceKind => (resourceKinds as readonly string[]).includes(kind);

/** "before → after"; one value alone where it is created, destroyed, or the same name now stands for something new. */
function AttributeChange({ action, before, after }: { action: PlanChange["action"]; before: string | undefined; after: string | undefined }) {
  const { t } = useTranslate();
  if (before !== undefined && before === after) return <>{before}</>;
  const absent = <span className="muted">{t("plan.absent")}</span>;
  return (
    <>
      {action === "create" ? null : before === undefined ? absent : <del>{before}</del>}
      {action === "create" || action === "destroy" ? null : " → "}
      {action === "destroy" ? null : after === undefined ? absent : <ins>{after}</ins>}
    </>
  );
}

function ChangeRow({ change }: { change: PlanChange }) {
  const { t, language } = useTranslate();
  return (
    <li className={`change ${change.action}`} data-action={change.action} data-resource={`${change.kind}.${change.name}`}>
      <div className="change-head">
        <span className="change-mark mono" aria-hidden>
          {marks[change.action]}
        </span>
        <span className="change-verb">{t(`plan.${change.action}`)}</span>
        <span>{isKind(change.kind) ? t(`kind.${change.kind}`) : change.kind}</span>
        <strong className="mono">{change.name}</strong>
        <span className="mono muted change-id">{change.id}</span>
      </div>
      {change.attributes.length > 0 ? (
        <table>
          <tbody>
            {change.attributes.map((attribute) => (
              <tr key={attribute.path}>
                <th scope="row" className="mono">
                  {attribute.path}
                </th>
                <td className="mono">
                  <AttributeChange action={change.action} before={attributeText(attribute.path, attribute.before, language)} after={attributeText(attribute.path, attribute.after, language)} />
                  {attribute.forcesReplacement ? <span className="forces"> {t("plan.forces")}</span> : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </li>
  );
}

function PlanList({ plan }: { plan: Plan }) {
  const { t } = useTranslate();
  return (
    <>
      <p className="plan-summary" role="status">
        {t("plan.summary", { create: plan.create, change: plan.change, replace: plan.replace, destroy: plan.destroy })}
      </p>
      <ul className="changes">
        {plan.changes.map((change) => (
          <ChangeRow key={`${change.action}${change.id}${change.name}`} change={change} />
        ))}
      </ul>
    </>
  );
}

/** What an apply would do, as a diff; then the button, and what came of it. */
export function PlanView({ lab }: { lab: string }) {
  const translate = useTranslate();
  const { t, language } = translate;
  const store = useStores().lab(lab);
  const phase = useLab(lab, (state) => state.status?.phase ?? "stopped");
  const outputs = useLab(lab, (state) => state.status?.outputs);
  const plan = useLab(lab, (state) => state.plan);
  const planError = useLab(lab, (state) => state.planError);
  const isDirty = useLab(lab, (state) => state.file !== undefined && state.draft !== state.file.text);
  const lastApply = useLab(lab, (state) => state.lastApply);
  const work = useLab(lab, (state) => state.work);
  const isUp = phase === "running" || phase === "broken" || phase === "applying";
  const error = planError && describeError(planError, language);
  const count = plan?.changes.length ?? 0;
  return (
    <div className="plan scroll">
      <div className="plan-head">
        <p className="muted">{t("plan.lead")}</p>
        <Button size="small" icon={<RefreshCw size={14} className={work === "plan" ? "spin" : undefined} />} disabled={!isUp || work !== undefined} onClick={() => void store.getState().makePlan()}>
          {t("plan.refresh")}
        </Button>
      </div>
      {isUp ? null : <p className="plan-note">{t("plan.stopped")}</p>}
      {isUp && isDirty ? <p className="plan-note">{t("plan.unsaved")}</p> : null}
      {error ? (
        <div className="plan-error" role="alert">
          <CircleAlert size={16} aria-hidden />
          <div>
            <strong>{t("plan.failed")}</strong>
            <p>{error.message}</p>
            {planError.faults?.map((fault) => (
              <p key={`${fault.path}${fault.code}`} className="muted">
                {fault.line ? <span className="mono fault-line">{t("network.line", { line: fault.line })} </span> : null}
                {describeFault(fault, language).message}
              </p>
            ))}
            {error.next ? <p>{error.next}</p> : null}
          </div>
        </div>
      ) : null}
      {lastApply ? (
        <p className="plan-applied" role="status">
          <Check size={15} aria-hidden />
          {appliedText(translate, lastApply)}
        </p>
      ) : null}
      {isUp && plan ? count === 0 ? <p className="plan-none">{t("plan.none")}</p> : <PlanList plan={plan} /> : null}
      {isUp && (count > 0 || isDirty) ? (
        <Button kind="primary" disabled={work !== undefined} onClick={() => void store.getState().apply()}>
          {isDirty ? t("lab.applyDraft") : t("lab.apply", { count })}
        </Button>
      ) : null}
      {outputs && Object.keys(outputs).length > 0 ? (
        <section className="outputs" aria-label={t("plan.outputs")}>
          <h2>{t("plan.outputs")}</h2>
          <dl className="mono">
            {Object.entries(outputs).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value === "" ? <span className="muted">{t("plan.empty")}</span> : value}</dd>
              </div>
            ))}
          </dl>
        </section>
      ) : null}
    </div>
  );
}
