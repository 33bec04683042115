import type { Topology } from "../../playground/model/topology.ts";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useApp, useClient } from "../state/stores.tsx";
import { saveFile } from "../files/saveFile.ts";
import { exportName, svgToPng } from "./exportPicture.ts";
import { exportSvg } from "../../playground/picture/exportSvg.ts";
import type { Layout } from "../../playground/picture/layoutTypes.ts";
import type { Scene } from "../../playground/picture/scene.ts";
import type { ExportFormat } from "./TopologyToolbar.tsx";
import { readPalette } from "./usePalette.ts";

/** Saves the picture as it is on screen, or its text forms as the engine writes them. */
export function useExport(lab: string, topology: Topology, layout: Layout, makeScene: (layout: Layout) => Scene): (format: ExportFormat) => Promise<void> {
  const { t } = useTranslate(canvasTexts);
  const client = useClient();
  const notifyDone = useApp((state) => state.notifyDone);
  const notifyError = useApp((state) => state.notifyError);
  return async (format) => {
    const file = exportName(lab, format);
    try {
      if (format === "mermaid" || format === "dot") {
        const { text } = await client.call("topology.export", { lab, format });
        saveFile(file, new Blob([text], { type: "text/plain" }));
      } else {
        const scene = makeScene(layout);
        const title = topology.boxes.find((box) => box.kind === "vpc")?.name ?? lab;
        const svg = exportSvg(scene, readPalette(document.documentElement), `${lab} (${title})`);
        if (format === "svg") saveFile(file, new Blob([svg], { type: "image/svg+xml" }));
        else {
          const png = await svgToPng(svg, scene.width - (scene.left ?? 0), scene.height).catch((cause: unknown) => {
            throw new Error(t("export.tooLarge"), { cause });
          });
          saveFile(file, png);
        }
      }
      notifyDone(t("export.done", { file }));
    } catch (error) {
      notifyError(error);
    }
  };
}
