import { Download, Minus, Plus, Projector, Route, Search } from "lucide-react";
import { useState } from "react";
import { Button } from "../components/Button.tsx";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { projectorTexts } from "../i18n/projectorTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { PopupMenu } from "./PopupMenu.tsx";

export type ExportFormat = "svg" | "png" | "mermaid" | "dot";

interface TopologyToolbarProps {
  readonly hasPath: boolean;
  onFit(): void;
  onTidy(): void;
  onSearch(): void;
  onPath(): void;
  onProject(): void;
  onZoom(factor: number): void;
  onExport(format: ExportFormat): void;
}

/** The topology's buttons; each has a key, shown beside its name. */
export function TopologyToolbar({ hasPath, onFit, onTidy, onSearch, onPath, onProject, onZoom, onExport }: TopologyToolbarProps) {
  const { t } = useTranslate(canvasTexts);
  const projector = useTranslate(projectorTexts);
  const [isExporting, setExporting] = useState(false);
  return (
    <div className="topology-tools" role="toolbar" aria-label={t("topology.label")}>
      <Button size="small" onClick={onFit} title={`${t("topology.fit")} (0)`}>{t("topology.fit")}</Button>
      <Button size="small" onClick={onTidy}>{t("topology.tidy")}</Button>
      <Button size="small" onClick={onSearch} icon={<Search size={14} />}>{t("topology.search")} <span className="topology-key">/</span></Button>
      <Button size="small" onClick={onPath} icon={<Route size={14} />} aria-pressed={hasPath}>{t("topology.path")} <span className="topology-key">P</span></Button>
      <Button size="small" onClick={onProject} icon={<Projector size={14} />}>{projector.t("projector.open")} <span className="topology-key">F</span></Button>
      <span className="topology-menu-anchor">
        <Button size="small" icon={<Download size={14} />} aria-haspopup="menu" aria-expanded={isExporting} onClick={() => setExporting(!isExporting)}>{t("topology.export")}</Button>
        {isExporting ? (
          <PopupMenu
            label={t("topology.export")}
            onClose={() => setExporting(false)}
            items={(["svg", "png", "mermaid", "dot"] as const).map((format) => ({ id: format, label: t(`export.${format}`), act: () => onExport(format) }))}
          />
        ) : null}
      </span>
      <span className="topology-zoom">
        <Button size="small" aria-label={t("topology.zoomOut")} title={`${t("topology.zoomOut")} (−)`} icon={<Minus size={14} />} onClick={() => onZoom(1 / 1.25)} />
        <Button size="small" aria-label={t("topology.zoomIn")} title={`${t("topology.zoomIn")} (+)`} icon={<Plus size={14} />} onClick={() => onZoom(1.25)} />
      </span>
    </div>
  );
}
