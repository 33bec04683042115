import type { ReactNode } from "react";

/** A list of named facts. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="inspector-facts">{children}</dl>;
}

/** One fact; addresses and identifiers are monospaced. */
export function Fact({ name, mono = false, note, children }: { name: string; mono?: boolean; note?: string | undefined; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={mono ? "mono" : undefined}>{children}{note === undefined ? null : <span className="fact-note">{note}</span>}</dd>
    </div>
  );
}
