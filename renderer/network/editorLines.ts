import { indentService } from "@codemirror/language";
import { RangeSetBuilder, type Extension } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from "@codemirror/view";

/** Columns by which the next line of YAML stands in, given the line before the cursor; undefined where that line says nothing. */
export function indentAfter(line: string): number | undefined {
  const [, spaces = "", dashes = "", rest = ""] = /^(\s*)((?:- +)*)(.*)$/.exec(line) ?? [];
  const own = spaces.length + dashes.length;
  const text = rest.replace(/(^|\s)#.*$/, "").trimEnd();
  if (/^[^\s{["'#][^:{["']*:$/.test(text) || /^"[^"]*":$/.test(text)) return own + 2;
  if (text === "" && dashes === "") return undefined;
  // An item that is a map in braces or a plain value is whole: what follows it is the next item.
  return dashes !== "" && !/^[\w.-]+:\s/.test(text) ? spaces.length : own;
}

const indentation = indentService.of((context, position) => indentAfter(context.lineAt(position, -1).text.slice(0, Math.max(0, position - context.lineAt(position, -1).from))));

/** Lines that are wider than the pane go on beneath themselves, two columns in from where they began. */
const hangingIndent = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = hang(view);
    }
    update(update: ViewUpdate): void {
      if (update.docChanged || update.viewportChanged) this.decorations = hang(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

function hang(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges) {
    for (let position = from; position <= to; ) {
      const line = view.state.doc.lineAt(position);
      const columns = (/^\s*(?:[-#] +)?/.exec(line.text)?.[0].length ?? 0) + 2;
      // 6px is the padding that CodeMirror gives to every line.
      builder.add(line.from, line.from, Decoration.line({ attributes: { style: `text-indent: -${columns}ch; padding-left: calc(6px + ${columns}ch)` } }));
      position = line.to + 1;
    }
  }
  return builder.finish();
}

/** The list of faults takes height away from the editor: the line that is being written stays in sight. */
const cursorInSight = ViewPlugin.fromClass(
  class {
    height = 0;
    update({ view }: ViewUpdate): void {
      const height = view.dom.clientHeight;
      const shrank = height < this.height;
      this.height = height;
      if (shrank && view.hasFocus) requestAnimationFrame(() => view.dispatch({ effects: EditorView.scrollIntoView(view.state.selection.main.head, { yMargin: 24 }) }));
    }
  },
);

/** How lines of YAML behave: the next one stands where it belongs, long ones wrap, and the current one stays in sight. */
export const editorLines: Extension = [indentation, EditorView.lineWrapping, hangingIndent, cursorInSight];
