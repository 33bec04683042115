import { useId, useState, type ReactNode } from "react";
import { parse, stringify } from "yaml";
import type { Localized } from "../../playground/model/lab.ts";
import { authorTexts } from "../i18n/authorTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";

interface FieldProps<Value> {
  readonly label: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly hint?: string;
  readonly mono?: boolean;
  /** Values that can be chosen, beside those that can be typed. */
  readonly suggestions?: readonly string[];
  readonly rows?: number;
  /** Where a dialog begins. */
  readonly isFirst?: boolean;
}

function Labelled({ label, hint, children }: { label: string; hint?: string | undefined; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {hint === undefined ? null : <span className="field-hint">{hint}</span>}
    </div>
  );
}

/** One line of text, or several with `rows`. */
export function TextField({ label, value, onChange, hint, mono = false, suggestions, rows, isFirst = false }: FieldProps<string>) {
  const list = useId();
  const common = { className: mono ? "mono" : undefined, value, spellCheck: !mono, ...(isFirst ? { "data-autofocus": true } : {}) };
  return (
    <Labelled label={label} hint={hint}>
      {(id) =>
        rows !== undefined ? (
          <textarea id={id} rows={rows} {...common} onChange={(event) => onChange(event.target.value)} />
        ) : (
          <>
            <input id={id} list={suggestions ? list : undefined} {...common} onChange={(event) => onChange(event.target.value)} />
            {suggestions ? <datalist id={list}>{suggestions.map((one) => <option key={one} value={one} />)}</datalist> : null}
          </>
        )
      }
    </Labelled>
  );
}

/** A number, or nothing. */
export function NumberField({ label, value, onChange, hint }: FieldProps<number | undefined>) {
  return <Labelled label={label} hint={hint}>{(id) => <input id={id} type="number" value={value ?? ""} onChange={(event) => onChange(event.target.value === "" ? undefined : Number(event.target.value))} />}</Labelled>;
}

/** One of some values, or none. */
export function ChoiceField({ label, value, onChange, hint, options, none }: FieldProps<string> & { options: readonly (string | { readonly value: string; readonly text: string })[]; none?: string }) {
  return (
    <Labelled label={label} hint={hint}>
      {(id) => (
        <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
          {none === undefined ? null : <option value="">{none}</option>}
          {options.map((option) => {
            const { value: one, text } = typeof option === "string" ? { value: option, text: option } : option;
            return <option key={one} value={one}>{text}</option>;
          })}
        </select>
      )}
    </Labelled>
  );
}

/** A text in both languages, side by side. */
export function LocalizedField({ label, value, onChange, rows }: { label: string; value: Partial<Localized>; onChange: (value: Localized) => void; rows?: number }) {
  const { t } = useTranslate(authorTexts);
  const given = { fr: value.fr ?? "", en: value.en ?? "" };
  const more = rows === undefined ? {} : { rows };
  return (
    <div className="field-pair">
      <TextField label={`${label} · ${t("french")}`} value={given.fr} onChange={(fr) => onChange({ ...given, fr })} {...more} />
      <TextField label={`${label} · ${t("english")}`} value={given.en} onChange={(en) => onChange({ ...given, en })} {...more} />
    </div>
  );
}

/** Several of some names. */
export function SetField({ label, value, onChange, options, empty }: { label: string; value: readonly string[]; onChange: (value: string[]) => void; options: readonly { readonly value: string; readonly text: string }[]; empty: string }) {
  return (
    <fieldset className="set-field">
      <legend>{label}</legend>
      {options.length === 0 ? <p className="muted">{empty}</p> : null}
      {options.map((option) => (
        <label key={option.value}>
          <input type="checkbox" checked={value.includes(option.value)} onChange={(event) => onChange(event.target.checked ? [...value, option.value] : value.filter((one) => one !== option.value))} />
          <span>{option.text}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Something with a shape of its own, as YAML: it goes up whenever it can be read. */
export function YamlField({ label, value, onChange, hint, rows = 4 }: FieldProps<unknown>) {
  const { t } = useTranslate(authorTexts);
  const written = value === undefined ? "" : stringify(value, { lineWidth: 0 }).trimEnd();
  const [typed, setTyped] = useState(written);
  const [isWrong, setWrong] = useState(false);
  // What was typed stays as typed while it means what the file says, or nothing yet.
  const text = isWrong || sameYaml(typed, written) ? typed : written;
  return (
    <div className={isWrong ? "field-wrong" : undefined}>
      <TextField
        label={label} mono rows={rows} value={text} hint={isWrong ? t("field.notYaml") : (hint ?? "")}
        onChange={(next) => {
          setTyped(next);
          try {
            const read: unknown = next.trim() === "" ? undefined : parse(next);
            setWrong(false);
            onChange(read);
          } catch {
            setWrong(true);
          }
        }}
      />
    </div>
  );
}

function sameYaml(a: string, b: string): boolean {
  try {
    return JSON.stringify(parse(a)) === JSON.stringify(parse(b));
  } catch {
    return false;
  }
}
