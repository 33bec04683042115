import { RotateCw } from "lucide-react";
import { useEffect, useRef } from "react";
import { useStore } from "zustand";
import { Button } from "../components/Button.tsx";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { useTranslate, type Translate } from "../i18n/translate.tsx";
import type { TerminalDesk } from "./TerminalDesk.ts";

/** Why a program ended, in words; the engine says `exit:CODE`, `node-stopped` or `disconnected`. */
function endText(reason: string, t: Translate<keyof (typeof canvasTexts)["fr"]>["t"]): string {
  const code = /^exit:(\d+)$/.exec(reason)?.[1];
  if (reason === "node-stopped" || code === "137") return t("terminal.endStopped");
  if (reason === "disconnected") return t("terminal.endDisconnected");
  return code === undefined || code === "0" ? t("terminal.exit") : t("terminal.endCode", { code });
}

/** One column: the terminal of a tab, and what to do when it has ended. */
export function TerminalPane({ desk, tabKey, isFocused }: { desk: TerminalDesk; tabKey: string; isFocused: boolean }) {
  const { t } = useTranslate(canvasTexts);
  const place = useRef<HTMLDivElement>(null);
  const tab = useStore(desk.store, (state) => state.tabs.tabs.find((candidate) => candidate.key === tabKey));
  useStore(desk.store, (state) => state.version);
  const session = desk.session(tabKey);
  useEffect(() => {
    if (place.current !== null) session?.mount(place.current);
  }, [session]);
  const name = tab?.node ?? t("terminal.local");
  const hasEnded = session?.state === "dead" || session?.state === "failed";
  return (
    <section className={`terminal-pane${isFocused ? " focused" : ""}`} role="tabpanel" aria-label={t("terminal.screen", { name })} aria-labelledby={`terminal-${tabKey}`} onFocus={() => desk.show(tabKey)}>
      <div ref={place} className="terminal-place" />
      {hasEnded ? (
        <div className="terminal-ended" role="status">
          <span>{session.state === "dead" ? t("terminal.died", { reason: endText(session.reason, t) }) : t("terminal.failed", { reason: session.reason === "" ? t("terminal.exit") : session.reason })}</span>
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
