import { RotateCw } from "lucide-react";
import { useEffect, useRef } from "react";
import { useStore } from "zustand";
import { Button } from "../components/Button.tsx";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { describeError } from "../../playground/model/describeError.ts";
import { sentences } from "../../playground/model/sentences.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useLab } from "../state/stores.tsx";
import { endText } from "./endText.ts";
import { hasMachines } from "./nextStep.ts";
import type { TerminalDesk } from "./TerminalDesk.ts";
import { terminalTitle } from "./terminalTitle.ts";
import { TerminalWaiting } from "./TerminalWaiting.tsx";

/** One column: the terminal of a tab, and what to do when it has ended. */
export function TerminalPane({ lab, desk, tabKey, isFocused }: { lab: string; desk: TerminalDesk; tabKey: string; isFocused: boolean }) {
  const { t, language } = useTranslate(canvasTexts);
  const place = useRef<HTMLDivElement>(null);
  const tab = useStore(desk.store, (state) => state.tabs.tabs.find((candidate) => candidate.key === tabKey));
  useStore(desk.store, (state) => state.version);
  const session = desk.session(tabKey);
  useEffect(() => {
    if (place.current !== null) session?.screen.mount(place.current);
  }, [session]);
  const name = tab?.node === undefined ? t("terminal.local") : terminalTitle(tab.node);
  const phase = useLab(lab, (state) => state.status?.phase);
  const isWaiting = session?.state === "idle" && tab?.node !== undefined && phase !== undefined && !hasMachines(phase);
  const failure = session?.error && describeError(session.error, language);
  const hasEnded = session?.state === "dead" || session?.state === "failed";
  return (
    <section className={`terminal-pane${isFocused ? " focused" : ""}`} role="tabpanel" aria-label={t("terminal.screen", { name })} aria-labelledby={`terminal-${tabKey}`} onFocus={() => desk.show(tabKey)}>
      <div ref={place} className="terminal-place" />
      {isWaiting ? <TerminalWaiting lab={lab} name={name} hasOutput={session.screen.hasOutput} /> : null}
      {hasEnded ? (
        <div className="terminal-ended" role="status">
          <span>{session.state === "dead" ? t("terminal.died", { reason: t(...endText(session.reason)) }) : sentences(t("terminal.failed"), failure?.message, failure?.next)}</span>
          <Button
            size="small" icon={<RotateCw size={13} />}
            onClick={() => {
              void session.open();
              session.focus();
            }}
          >
            {t("terminal.reconnect")}
          </Button>
        </div>
      ) : null}
    </section>
  );
}
