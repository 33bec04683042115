import type { Lab } from "../../playground/model/lab.ts";
import { authorTexts } from "../i18n/authorTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { checkFields, type CheckField } from "./checkFields.ts";
import type { WrittenCheck } from "./labParts.ts";
import { ChoiceField, LocalizedField, NumberField, TextField, YamlField } from "./fields.tsx";

interface CheckFormProps {
  readonly check: WrittenCheck;
  readonly lab: Lab | undefined;
  /** Names of machines, for whoever does not want to type them. */
  readonly nodes: readonly string[];
  readonly others: readonly string[];
  /** A value at a path within the check; undefined takes it out. */
  readonly onChange: (path: readonly string[], value: unknown, typing?: boolean) => void;
  readonly onRename: (id: string) => void;
}

/** All that a check of its kind can say. */
export function CheckForm({ check, nodes, others, onChange, onRename }: CheckFormProps) {
  const { t } = useTranslate(authorTexts);
  return (
    <form className="studio-form" onSubmit={(event) => event.preventDefault()}>
      <div className="field-pair">
        <TextField label={t("check.id")} mono value={check.id} onChange={onRename} />
        <TextField label={t("check.from")} mono value={text(valueAt(check, ["from"]))} suggestions={nodes} onChange={(value) => onChange(["from"], value, true)} />
      </div>
      <LocalizedField label={t("title")} value={localized(valueAt(check, ["title"]))} onChange={(value) => onChange(["title"], value, true)} />
      <h3>{t(`kind.${check.kind}`)}</h3>
      <div className="field-grid">
        {checkFields[check.kind].map((field) => (
          <FieldOf key={field.path.join(".")} field={field} value={valueAt(check, field.path)} nodes={nodes} onChange={(value, typing) => onChange(field.path, value, typing)} />
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

function FieldOf({ field, value, nodes, onChange }: { field: CheckField; value: unknown; nodes: readonly string[]; onChange: (value: unknown, typing?: boolean) => void }) {
  const { t } = useTranslate(authorTexts);
  const label = t(field.label);
  switch (field.form) {
    case "text":
      return <TextField label={label} mono value={text(value)} onChange={(next) => onChange(next, true)} />;
    case "script":
      return <div className="wide"><TextField label={label} mono rows={3} value={text(value)} onChange={(next) => onChange(next, true)} /></div>;
    case "node":
      return <TextField label={label} mono value={text(value)} suggestions={nodes} onChange={(next) => onChange(next, true)} />;
    case "number":
      return <NumberField label={label} value={number(value)} onChange={(next) => onChange(next, true)} />;
    case "choice":
      return <ChoiceField label={label} none={t("none")} options={field.options ?? []} value={text(value)} onChange={(next) => onChange(next)} />;
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

const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const number = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);

function localized(value: unknown): { fr?: string; en?: string } {
  if (typeof value !== "object" || value === null) return {};
  const { fr, en } = value as { fr?: unknown; en?: unknown };
  return { ...(typeof fr === "string" ? { fr } : {}), ...(typeof en === "string" ? { en } : {}) };
}
