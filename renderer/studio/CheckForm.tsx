import { connectionResultSchema } from "../../playground/model/lab.ts";
import { authorTexts } from "../i18n/authorTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { checkFields, type CheckField } from "./checkFields.ts";
import type { WrittenCheck } from "./labParts.ts";
import type { Machines } from "./useMachines.ts";
import { ChoiceField, LocalizedField, NumberField, TextField, YamlField } from "./fields.tsx";
import { IdField } from "./IdField.tsx";

interface CheckFormProps {
  readonly check: WrittenCheck;
  /** For whoever does not want to type their names and addresses. */
  readonly machines: Machines;
  readonly others: readonly string[];
  /** A value at a path within the check; undefined takes it out. */
  readonly onChange: (path: readonly string[], value: unknown, typing?: boolean) => void;
  readonly onRename: (id: string) => void;
}

/** All that a check of its kind can say. */
export function CheckForm({ check, machines, others, onChange, onRename }: CheckFormProps) {
  const { t } = useTranslate(authorTexts);
  return (
    <form className="studio-form" onSubmit={(event) => event.preventDefault()}>
      <div className="field-pair">
        <IdField label={t("check.id")} value={check.id} taken={others} onChange={onRename} />
        <TextField label={t("check.from")} mono value={text(valueAt(check, ["from"]))} suggestions={machines.names} onChange={(value) => onChange(["from"], value, true)} />
      </div>
      <LocalizedField label={t("title")} value={localized(valueAt(check, ["title"]))} onChange={(value) => onChange(["title"], value, true)} />
      <h3>{t(`kind.${check.kind}`)}</h3>
      <div className="field-grid">
        {checkFields[check.kind].map((field) => (
          <FieldOf key={field.path.join(".")} field={field} value={valueAt(check, field.path)} machines={machines} onChange={(value, typing) => onChange(field.path, value, typing)} />
        ))}
      </div>
      <h3>{t("check.teaching")}</h3>
      <LocalizedField label={t("check.why")} rows={2} value={localized(valueAt(check, ["why"]))} onChange={(value) => onChange(["why"], value.fr === "" && value.en === "" ? undefined : value, true)} />
      <ChoiceField label={t("check.control")} hint={t("check.controlHint")} none={t("none")} options={others} value={text(valueAt(check, ["control"]))} onChange={(value) => onChange(["control"], value)} />
      <details>
        <summary>{t("check.more")}</summary>
        <YamlField label={t("check.measures")} value={valueAt(check, ["measures"])} onChange={(value) => onChange(["measures"], value, true)} />
        <NumberField label={t("check.points")} value={number(valueAt(check, ["points"]))} onChange={(value) => onChange(["points"], value)} />
        <YamlField label={t("check.partial")} value={valueAt(check, ["partial"])} onChange={(value) => onChange(["partial"], value, true)} />
      </details>
    </form>
  );
}

function FieldOf({ field, value, machines, onChange }: { field: CheckField; value: unknown; machines: Machines; onChange: (value: unknown, typing?: boolean) => void }) {
  const { t } = useTranslate(authorTexts);
  const label = t(field.label);
  const suggestions = field.suggests === undefined ? {} : { suggestions: machines.addresses.map((address) => (field.suggests === "page" ? `http://${address}:8080/` : address)) };
  switch (field.form) {
    case "text":
      return <TextField label={label} mono value={text(value)} onChange={(next) => onChange(next, true)} />;
    case "long":
      return <div className="long"><TextField label={label} mono {...suggestions} value={text(value)} onChange={(next) => onChange(next, true)} /></div>;
    case "script":
      return <div className="wide"><TextField label={label} mono rows={3} value={text(value)} onChange={(next) => onChange(next, true)} /></div>;
    case "node":
      return <TextField label={label} mono value={text(value)} suggestions={machines.names} onChange={(next) => onChange(next, true)} />;
    case "number":
      return <NumberField label={label} value={number(value)} onChange={(next) => onChange(next, true)} />;
    case "choice":
      return <ChoiceField label={label} none={t("none")} options={(field.options ?? []).map((option) => (isResult(option) ? { value: option, text: t(`result.${option}`) } : option))} value={text(value)} onChange={(next) => onChange(next)} />;
    case "flag":
      return <ChoiceField label={label} none={t("default")} options={[{ value: "true", text: t("yes") }, { value: "false", text: t("no") }]} value={value === undefined ? "" : String(value)} onChange={(next) => onChange(next === "" ? undefined : next === "true")} />;
    case "lines":
      return <div className="wide"><TextField label={label} mono rows={2} value={Array.isArray(value) ? value.join("\n") : ""} onChange={(next) => onChange(next === "" ? undefined : next.split("\n"), true)} /></div>;
    case "localized":
      return <div className="wide"><LocalizedField label={label} value={localized(value)} onChange={(next) => onChange(next, true)} /></div>;
    case "yaml":
      return <div className="wide"><YamlField label={label} value={value} onChange={(next) => onChange(next, true)} /></div>;
  }
}

/** What stands at a path of a check as it is written. */
export function valueAt(check: WrittenCheck, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined), check.written);
}

const isResult = (option: string): option is (typeof connectionResultSchema.options)[number] => connectionResultSchema.options.some((one) => one === option);
const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const number = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);

function localized(value: unknown): { fr?: string; en?: string } {
  if (typeof value !== "object" || value === null) return {};
  const { fr, en } = value as { fr?: unknown; en?: unknown };
  return { ...(typeof fr === "string" ? { fr } : {}), ...(typeof en === "string" ? { en } : {}) };
}
