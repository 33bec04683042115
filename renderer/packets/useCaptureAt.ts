import type { Topology } from "../../playground/model/topology.ts";
import { packetTexts } from "../i18n/packetTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useApp } from "../state/stores.tsx";
import { captureTarget } from "./captureTarget.ts";
import { usePackets, type PacketTool } from "./usePackets.ts";

export interface CaptureAt {
  readonly tool: PacketTool;
  /** Begins a capture at an element of the picture; says so where nothing can be captured. */
  begin(id: string | undefined): void;
  canBegin(id: string): boolean;
}

/**
 * Live packets at elements of a picture.
 * @param makeRoom closes what stands where the packets will be listed
 */
export function useCaptureAt(lab: string, cloud: Topology, isStopped: boolean, makeRoom: () => void): CaptureAt {
  const { t } = useTranslate(packetTexts);
  const notifyDone = useApp((state) => state.notifyDone);
  const tool = usePackets(lab);
  return {
    tool,
    canBegin: (id) => captureTarget(cloud, id) !== undefined,
    begin: (id) => {
      const target = captureTarget(cloud, id);
      if (isStopped) return;
      if (target === undefined) return notifyDone(t("packets.pick"));
      makeRoom();
      tool.start(target);
    },
  };
}
