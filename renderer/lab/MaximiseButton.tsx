import { Maximize2, Minimize2 } from "lucide-react";
import { Button } from "../components/Button.tsx";
import { useTranslate } from "../i18n/translate.tsx";
import type { PaneName } from "../state/labState.ts";
import { useLab } from "../state/stores.tsx";

/** The key that maximises a pane and brings it back. */
const paneKeys: Readonly<Record<PaneName, string>> = { guide: "Alt 1", topology: "Alt 2", terminals: "Alt 3" };

/** Makes a pane fill the lab's view, or gives the others back. All panes stay alive meanwhile. */
export function MaximiseButton({ lab, pane }: { lab: string; pane: PaneName }) {
  const { t } = useTranslate();
  const isMaximised = useLab(lab, (state) => state.maximised === pane);
  const maximise = useLab(lab, (state) => state.maximise);
  const label = isMaximised ? t("lab.restore") : t("lab.maximise", { pane: t(`lab.pane.${pane}`) });
  return (
    <Button
      kind="quiet"
      className="maximise"
      icon={isMaximised ? <Minimize2 size={15} /> : <Maximize2 size={15} />}
      aria-label={label}
      title={`${label} (${paneKeys[pane]})`}
      aria-pressed={isMaximised}
      onClick={() => maximise(isMaximised ? undefined : pane)}
    />
  );
}
