import { useId, useState } from "react";

interface SettledFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What speaks against a text, in words; undefined when it can be taken over. */
  readonly refuse: (text: string) => string | undefined;
  /** What may be typed at all, as it is typed. */
  readonly clean?: (text: string) => string;
  readonly suggestions?: readonly string[];
  /** The label is read out, and not shown: the column has a heading. */
  readonly isBare?: boolean;
}

/**
 * One line that is taken over when it is left, or by Enter, and only when nothing speaks against it: half a name or half an address is none,
 * and a name that is another one's for a moment would take over its references. Escape takes back what was typed.
 */
export function SettledField({ label, value, onChange, refuse, clean, suggestions, isBare = false }: SettledFieldProps) {
  const id = useId();
  const list = useId();
  const [typed, setTyped] = useState<string>();
  const shown = typed ?? value;
  const refusal = typed === undefined || typed === value ? undefined : refuse(typed);
  const settle = (): void => {
    if (typed !== undefined && typed !== value && refusal === undefined) onChange(typed);
    setTyped(undefined);
  };
  return (
    <div className={`field${refusal === undefined ? "" : " field-wrong"}`}>
      {isBare ? null : <label htmlFor={id}>{label}</label>}
      <input
        id={id} className="mono" value={shown} spellCheck={false} list={suggestions ? list : undefined} aria-label={isBare ? label : undefined} aria-invalid={refusal !== undefined} aria-describedby={refusal === undefined ? undefined : `${id}-refusal`}
        onChange={(event) => setTyped(clean ? clean(event.target.value) : event.target.value)}
        onBlur={settle}
        onKeyDown={(event) => {
          if (event.key === "Enter") {
            event.preventDefault();
            if (refusal === undefined) settle();
          } else if (event.key === "Escape" && typed !== undefined) {
            event.stopPropagation();
            setTyped(undefined);
          }
        }}
      />
      {suggestions ? <datalist id={list}>{suggestions.map((one) => <option key={one} value={one} />)}</datalist> : null}
      {refusal === undefined ? null : <span className="field-hint" id={`${id}-refusal`} role="alert">{refusal}</span>}
    </div>
  );
}
