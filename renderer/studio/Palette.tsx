import { Boxes, Cable, Globe, HardDrive, Network, Route, Router, Shield, Split, Tag } from "lucide-react";
import { palette, type PaletteItem } from "../../playground/model/placeResource.ts";
import { authorTexts } from "../i18n/authorTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";

const icons = { vpc: Boxes, subnet: Network, instance: HardDrive, "internet-gateway": Router, "nat-gateway": Split, "route-table": Route, "security-group": Shield, "elastic-ip": Tag, peering: Cable, host: Globe } as const;

/** The type under which a dragged thing travels; the browser hides the data until the drop, but not the types. */
export const dragType = (item: PaletteItem): string => `application/x-rempart-${item}`;

/** What can be put into a network: by dragging it onto the picture, or by a click, onto what is selected there. */
export function Palette({ onPlace }: { onPlace: (item: PaletteItem) => void }) {
  const { t } = useTranslate(authorTexts);
  return (
    <ul className="studio-palette scroll" aria-label={t("palette")}>
      {palette.map((item) => {
        const Icon = icons[item];
        return (
          <li key={item}>
            <button
              type="button" draggable title={t(`place.hint.${item}`)} data-item={item}
              onDragStart={(event) => {
                event.dataTransfer.setData(dragType(item), item);
                event.dataTransfer.effectAllowed = "copy";
              }}
              onClick={() => onPlace(item)}
            >
              <Icon size={18} aria-hidden />
              <span>{t(`place.item.${item}`)}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
