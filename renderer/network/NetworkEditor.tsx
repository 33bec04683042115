import { setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { useEffect, useImperativeHandle, useMemo, useRef, type Ref } from "react";
import type { Fault } from "../../playground/model/errors.ts";
import type { Language } from "../../playground/model/lab.ts";
import { describeFault } from "../../playground/model/describeError.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { differenceOf } from "./differenceOf.ts";
import { editorExtensions } from "./editorExtensions.ts";
import type { JsonSchema } from "./schemaWalk.ts";

export interface EditorHandle {
  /** Puts the cursor at a 1-based line and column and shows it. `staysOut`: what has the focus keeps it. */
  goTo(line: number, column?: number, options?: { readonly staysOut?: boolean }): void;
}

interface NetworkEditorProps {
  text: string;
  faults: readonly Fault[];
  schema: JsonSchema | undefined;
  onChange: (text: string) => void;
  onSave: () => void;
  ref?: Ref<EditorHandle>;
}

/** Where a fault shows: from its column to the line's end; a fault without a line stands on the first. */
function toDiagnostic(state: EditorState, fault: Fault, language: Language): Diagnostic {
  const { message, hint } = describeFault(fault, language);
  const line = state.doc.line(Math.min(Math.max(fault.line ?? 1, 1), state.doc.lines));
  const from = Math.min(line.from + Math.max((fault.column ?? 1) - 1, 0), line.to);
  return { from, to: Math.max(line.to, from), severity: "error", message: hint ? `${message}\n${hint}` : message, source: fault.path || undefined };
}

/** CodeMirror over the lab's draft: what is typed goes up, what changes elsewhere comes down. */
export function NetworkEditor({ text, faults, schema, onChange, onSave, ref }: NetworkEditorProps) {
  const { t, language } = useTranslate();
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const latest = useRef({ text, schema, onChange, onSave });
  useEffect(() => {
    latest.current = { text, schema, onChange, onSave };
  });
  const words = useMemo(
    () => ({
      editor: t("network.editor"),
      required: t("network.required"),
      defaultValue: (value: string) => t("network.default", { value }),
      values: (values: string) => t("network.values", { values }),
      phrases: {
        Find: t("network.search.find"), Replace: t("network.search.replace"), next: t("network.search.next"), previous: t("network.search.previous"), all: t("network.search.all"),
        "match case": t("network.search.case"), regexp: t("network.search.regexp"), "by word": t("network.search.word"), replace: t("network.search.replaceOne"), "replace all": t("network.search.replaceAll"), close: t("common.close"),
      },
    }),
    [t],
  );

  useEffect(() => {
    if (!host.current) return undefined;
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: latest.current.text,
        extensions: editorExtensions({
          schema: () => latest.current.schema,
          words,
          onChange: (next) => latest.current.onChange(next),
          onSave: () => latest.current.onSave(),
        }),
      }),
    });
    view.current = made;
    return () => {
      made.destroy();
      view.current = null;
    };
  }, [words]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const change = differenceOf(editor.state.doc.toString(), text);
    if (change) editor.dispatch({ changes: change });
  }, [text, language]);

  useEffect(() => {
    const editor = view.current;
    if (editor) editor.dispatch(setDiagnostics(editor.state, faults.map((fault) => toDiagnostic(editor.state, fault, language))));
  }, [faults, text, language]);

  useImperativeHandle(ref, () => ({
    goTo(line, column = 1, { staysOut = false } = {}) {
      const editor = view.current;
      if (!editor) return;
      const target = editor.state.doc.line(Math.min(Math.max(line, 1), editor.state.doc.lines));
      editor.dispatch({ selection: { anchor: Math.min(target.from + column - 1, target.to) }, effects: EditorView.scrollIntoView(target.from, { y: "center" }) });
      if (!staysOut) editor.focus();
    },
  }));
  return <div className="editor" ref={host} data-testid="network-editor" />;
}
