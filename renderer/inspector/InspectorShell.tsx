import { X } from "lucide-react";
import type { KeyboardEvent, ReactNode } from "react";
import { Button } from "../components/Button.tsx";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import "./inspector.css";

/** One side of what is inspected. */
export interface InspectorTab<Id extends string> {
  readonly id: Id;
  readonly title: string;
}

interface InspectorShellProps<Id extends string> {
  /** Name of what is inspected. */
  readonly title: string;
  /** A single one, or none, needs no choice and shows none. */
  readonly tabs: readonly InspectorTab<Id>[];
  readonly shown: Id;
  readonly children: ReactNode;
  onShow(tab: Id): void;
  onClose(): void;
}

/** The frame of every inspector, over the topology's right edge: title, tabs walked by arrow keys, closed by its button or Escape. */
export function InspectorShell<Id extends string>({ title, tabs, shown, children, onShow, onClose }: InspectorShellProps<Id>) {
  const { t } = useTranslate(canvasTexts);
  const hasTabs = tabs.length > 1;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    onClose();
  };
  const walk = (event: KeyboardEvent, index: number) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const next = tabs[(index + by + tabs.length) % tabs.length];
    if (by === 0 || next === undefined) return;
    onShow(next.id);
    document.getElementById(`inspector-tab-${next.id}`)?.focus();
  };
  return (
    <aside className="inspector scroll" aria-label={t("inspector.of", { name: title })} onKeyDown={onKeyDown}>
      <header>
        <h2 title={title}>{title}</h2>
        <Button kind="quiet" size="small" icon={<X size={16} />} aria-label={t("inspector.close")} onClick={onClose} />
      </header>
      {hasTabs ? (
        <div className="inspector-tabs" role="tablist" aria-label={title}>
          {tabs.map((one, index) => (
            <button
              key={one.id} type="button" role="tab" id={`inspector-tab-${one.id}`} aria-controls="inspector-panel" aria-selected={shown === one.id} tabIndex={shown === one.id ? 0 : -1}
              onClick={() => onShow(one.id)} onKeyDown={(event) => walk(event, index)}
            >
              {one.title}
            </button>
          ))}
        </div>
      ) : null}
      <div id="inspector-panel" role={hasTabs ? "tabpanel" : undefined} aria-labelledby={hasTabs ? `inspector-tab-${shown}` : undefined}>
        {children}
      </div>
    </aside>
  );
}
