import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, pickedCompletion, startCompletion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, foldKeymap, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, hoverTooltip, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { describeKey, suggest } from "./completion.ts";
import { editorLines } from "./editorLines.ts";
import { valuesOf, type JsonSchema } from "./schemaWalk.ts";

/** Words of the hover, in the reader's language. */
export interface EditorWords {
  readonly editor: string;
  readonly required: string;
  readonly defaultValue: (value: string) => string;
  readonly values: (values: string) => string;
  /** CodeMirror's own words (its search panel), by their English text. */
  readonly phrases: Readonly<Record<string, string>>;
}

const highlight = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--code-key)" },
  { tag: [tags.string, tags.content], color: "var(--text)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--code-number)" },
  { tag: tags.special(tags.string), color: "var(--code-string)" },
  { tag: tags.comment, color: "var(--code-comment)", fontStyle: "italic" },
  { tag: [tags.separator, tags.punctuation, tags.squareBracket, tags.brace], color: "var(--muted)" },
]);

const look = EditorView.theme({
  "&": { height: "100%", color: "var(--text)", backgroundColor: "var(--surface)", fontSize: "max(12px, calc(var(--text-size) - 1px))" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6", fontVariantLigatures: "none", scrollbarWidth: "thin" },
  ".cm-content": { padding: "10px 0", caretColor: "var(--text)" },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  ".cm-gutters": { backgroundColor: "var(--surface)", color: "var(--muted)", border: "none" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--accent) 6%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--text)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "color-mix(in srgb, var(--accent) 26%, transparent)" },
  ".cm-selectionMatch": { backgroundColor: "color-mix(in srgb, var(--warn) 22%, transparent)" },
  ".cm-tooltip": { backgroundColor: "var(--surface)", color: "var(--text)", border: "1px solid var(--line)", borderRadius: "8px", boxShadow: "var(--shadow)", overflow: "hidden" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", fontSize: "max(12px, calc(var(--text-size) - 1px))", maxHeight: "15em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 10px" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--on-accent)" },
  ".cm-completionDetail": { fontStyle: "normal", fontFamily: "var(--face)", opacity: "0.8", marginLeft: "10px" },
  ".cm-completionInfo": { padding: "6px 10px", maxWidth: "320px", fontFamily: "var(--face)", whiteSpace: "normal" },
  ".cm-hover": { padding: "7px 11px", maxWidth: "380px", fontSize: "var(--text-small)" },
  ".cm-hover code": { color: "var(--code-key)", fontWeight: "600" },
  ".cm-hover small": { color: "var(--muted)", fontSize: "12px" },
  ".cm-diagnostic": { fontFamily: "var(--face)", fontSize: "var(--text-small)", padding: "5px 10px" },
  ".cm-panels.cm-panels-top": { borderBottom: "1px solid var(--line)" },
  ".cm-panel.cm-search": { padding: "8px 30px 8px 10px", fontFamily: "var(--face)", display: "flex", flexWrap: "wrap", gap: "6px", alignItems: "center" },
  ".cm-panel.cm-search br": { flexBasis: "100%", height: "0", content: "''" },
  ".cm-panel.cm-search input, .cm-panel.cm-search button, .cm-panel.cm-search label": { margin: "0", fontSize: "var(--text-small)" },
  ".cm-panel.cm-search input[type=checkbox]": { margin: "0 5px 0 0", verticalAlign: "-2px" },
  ".cm-panel.cm-search .cm-textfield": { flex: "1 1 130px", minWidth: "0", padding: "3px 8px", backgroundColor: "var(--surface)", color: "var(--text)", border: "1px solid var(--line-strong)" },
  ".cm-panel.cm-search .cm-button": { background: "var(--surface)", border: "1px solid var(--line)", borderRadius: "6px", padding: "2px 9px" },
  ".cm-panel.cm-search .cm-button:hover": { background: "var(--hover)" },
  ".cm-panel.cm-search [name=close]": { position: "absolute", top: "6px", right: "8px", fontSize: "18px", color: "var(--muted)" },
  ".cm-panels": { backgroundColor: "var(--sunk)", color: "var(--text)", borderColor: "var(--line)" },
});

function completionSource(schema: () => JsonSchema | undefined, words: EditorWords) {
  return (context: CompletionContext): CompletionResult | null => {
    const root = schema();
    if (!root) return null;
    const line = context.state.doc.lineAt(context.pos);
    const found = suggest(root, context.state.doc.toString(), line.number - 1, context.pos - line.from);
    if (!found || (!context.explicit && line.from + found.from === context.pos && !/: $|- $/.test(line.text.slice(0, context.pos - line.from)))) return null;
    return {
      from: line.from + found.from,
      validFor: /^[\w./:-]*$/,
      options: found.options.map((option) => ({
        label: option.label,
        type: option.kind === "key" ? "property" : option.kind === "name" ? "variable" : "enum",
        ...(option.isRequired ? { detail: words.required, boost: 10 } : {}),
        ...(option.description === undefined ? {} : { info: option.description }),
        apply: (view, completion, from, to) => {
          // What stands right of the cursor may already be the colon.
          const hasColon = option.kind === "key" && view.state.doc.sliceString(to, to + 1) === ":";
          const insert = hasColon ? option.label : option.insert;
          view.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length - (insert.endsWith("[]") ? 1 : 0) }, annotations: pickedCompletion.of(completion) });
          if (option.kind === "key" && !hasColon) startCompletion(view);
        },
      })),
    };
  };
}

function schemaHover(schema: () => JsonSchema | undefined, words: EditorWords): Extension {
  return hoverTooltip((view, position) => {
    const root = schema();
    const line = view.state.doc.lineAt(position);
    const found = root && describeKey(root, view.state.doc.toString(), line.number - 1, position - line.from);
    if (!found) return null;
    const facts = [
      found.isRequired ? words.required : "",
      valuesOf(found.schema).length > 0 ? words.values(valuesOf(found.schema).join(", ")) : "",
      found.schema.default === undefined || typeof found.schema.default === "object" || found.schema.default === "" ? "" : words.defaultValue(String(found.schema.default)),
    ].filter(Boolean);
    if (found.schema.description === undefined && facts.length === 0) return null;
    return {
      pos: position,
      above: true,
      create: () => {
        const dom = document.createElement("div");
        dom.className = "cm-hover";
        const key = document.createElement("code");
        key.textContent = found.key;
        dom.append(key, ` ${found.schema.description ?? ""}`);
        if (facts.length > 0) {
          const small = document.createElement("small");
          small.textContent = facts.join(" · ");
          dom.append(document.createElement("br"), small);
        }
        return { dom };
      },
    };
  });
}

/** All that makes the editor of network.yml: YAML colours, completion and hover from the schema, markers, Ctrl-S. */
export function editorExtensions(options: { schema: () => JsonSchema | undefined; words: EditorWords; onChange: (text: string) => void; onSave: () => void }): Extension[] {
  return [
    lineNumbers(),
    lintGutter(),
    history(),
    drawSelection(),
    indentOnInput(),
    indentUnit.of("  "),
    EditorState.tabSize.of(2),
    EditorState.phrases.of(options.words.phrases),
    search({ top: true }),
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    yaml(),
    editorLines,
    syntaxHighlighting(highlight),
    look,
    autocompletion({ override: [completionSource(options.schema, options.words)], icons: false }),
    schemaHover(options.schema, options.words),
    EditorView.contentAttributes.of({ "aria-label": options.words.editor }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) options.onChange(update.state.doc.toString());
    }),
    keymap.of([
      {
        key: "Mod-s",
        preventDefault: true,
        run: () => {
          options.onSave();
          return true;
        },
      },
      ...closeBracketsKeymap,
      // Ctrl-Enter applies the plan, everywhere in the lab.
      ...defaultKeymap.filter((binding) => binding.key !== "Mod-Enter"),
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...completionKeymap,
      ...lintKeymap,
      indentWithTab,
    ]),
  ];
}
