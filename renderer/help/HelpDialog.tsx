import { Dialog } from "../components/Dialog.tsx";
import { useTranslate, type TextKey } from "../i18n/translate.tsx";
import "./HelpDialog.css";

type Entry = readonly [keys: string, text: TextKey];
const sections: readonly (readonly [title: TextKey, entries: readonly Entry[]])[] = [
  ["help.everywhere", [["?", "help.openHelp"], ["Alt L", "help.library"], ["Alt ,", "help.settings"], ["Esc", "help.escape"]]],
  [
    "help.lab",
    [
      ["F6", "help.paneFocus"],
      ["Alt 1", "help.maximiseGuide"],
      ["Alt 2", "help.maximiseTopology"],
      ["Alt 3", "help.maximiseTerminals"],
      ["Alt G / N / P", "help.tabGuide"],
      ["Alt S", "help.tabDns"],
      ["Ctrl Enter", "help.apply"],
    ],
  ],
  ["help.topology", [["← ↑ → ↓", "help.arrows"], ["Enter", "help.inspect"], ["T", "help.terminal"], ["P", "help.path"], ["Shift ← →", "help.hop"], ["␣", "help.play"], ["L", "help.packets"], ["F", "help.project"], ["S", "help.scan"], ["R", "help.rescan"], ["/", "help.search"]]],
  ["help.terminals", [["Ctrl `", "help.focusTerminal"], ["Ctrl Shift T", "help.newTerminal"], ["Ctrl PgUp / PgDn", "help.stepTerminal"], ["Ctrl Shift C / V", "help.copyTerminal"], ["Ctrl Shift F", "help.searchTerminal"]]],
  ["help.editor", [["Ctrl S", "help.save"], ["Ctrl Space", "help.complete"], ["Esc, Tab", "help.leaveEditor"]]],
];

/** Every keyboard command, by place. */
export function HelpDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslate();
  return (
    <Dialog title={t("help.title")} wide onClose={onClose}>
      <div className="help-columns">
        {sections.map(([title, entries]) => (
          <section key={title}>
            <h3>{t(title)}</h3>
            <dl>
              {entries.map(([keys, text]) => (
                <div key={text}>
                  <dt>
                    <kbd>{keys}</kbd>
                  </dt>
                  <dd>{t(text)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
