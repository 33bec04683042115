import { useEffect } from "react";
import { useTranslate } from "../i18n/translate.tsx";
import { appliedText, isPlanOnScreen } from "../network/appliedText.ts";
import { useApp, useStores } from "../state/stores.tsx";

/** Says in the corner what an apply did, for whoever is not looking at the plan; it goes away by itself. */
export function useAppliedNotice(lab: string): void {
  const store = useStores().lab(lab);
  const translate = useTranslate();
  const notifyDone = useApp((state) => state.notifyDone);
  useEffect(
    () =>
      store.subscribe((now, before) => {
        if (now.lastApply !== undefined && now.lastApply !== before.lastApply && !isPlanOnScreen(now)) notifyDone(appliedText(translate, now.lastApply));
      }),
    [store, translate, notifyDone],
  );
}
