import { Route } from "lucide-react";
import { commandTarget } from "../../playground/model/commandTarget.ts";
import { Button } from "../components/Button.tsx";
import { pathTexts } from "../i18n/pathTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useStores } from "../state/stores.tsx";

/** Leads from a failed check to the path of its packet, where the command says where it connects to. */
export function WhyNotButton({ lab, from, command }: { lab: string; from: string | undefined; command: string }) {
  const { t } = useTranslate(pathTexts);
  const store = useStores().lab(lab);
  const target = commandTarget(command);
  if (from === undefined || target === undefined || target.to === from) return null;
  const what = target.port === undefined ? target.protocol : `${target.protocol} ${target.port}`;
  return (
    <Button kind="ghost" size="small" className="check-why-not" icon={<Route size={14} />} title={t("whyNotTitle", { from, to: target.to, what })} onClick={() => store.getState().askPath({ from, ...target })}>
      {t("whyNot")}
    </Button>
  );
}
