import { Route } from "lucide-react";
import { useStore } from "zustand";
import { Button } from "../components/Button.tsx";
import { pathTexts } from "../i18n/pathTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useApp, useStores } from "../state/stores.tsx";
import { lastConnection } from "./lastConnection.ts";
import type { TerminalDesk } from "./TerminalDesk.ts";

/** Leads from the last connection that was tried in the terminal in front to the path of its packet. */
export function WhyNotTerminal({ lab, desk }: { lab: string; desk: TerminalDesk }) {
  const { t } = useTranslate(pathTexts);
  const store = useStores().lab(lab);
  const notifyDone = useApp((state) => state.notifyDone);
  const shown = useStore(desk.store, (state) => state.tabs.shown[state.tabs.focused] ?? state.tabs.shown[0]);
  if (shown === undefined) return null;
  const ask = () => {
    const question = lastConnection(desk.session(shown)?.screen.lines() ?? []);
    if (question === undefined) notifyDone(t("whyNotNothing"));
    else store.getState().askPath(question);
  };
  return <Button kind="quiet" size="small" icon={<Route size={15} />} title={t("whyNotTerminal")} onClick={ask}>{t("whyNot")}</Button>;
}
