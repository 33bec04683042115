import { LoaderCircle } from "lucide-react";
import { Button } from "../components/Button.tsx";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useLab } from "../state/stores.tsx";
import { StoppedPill } from "./StoppedPill.tsx";
import { TopologyPicture } from "./TopologyPicture.tsx";
import { useTopology } from "./useTopology.ts";
import "./topology.css";

/** The live map of a lab: nested boxes, nodes, gateways, peering, a packet's path, and the inspector over its right edge. */
export function TopologyView({ lab }: { lab: string }) {
  const { t } = useTranslate(canvasTexts);
  const { topology, error, fresh, states, reload } = useTopology(lab);
  const phase = useLab(lab, (state) => state.status?.phase);
  if (topology === undefined) {
    return (
      <div className="topology-view topology-message" role="status">
        {error === undefined ? <><LoaderCircle className="spin" size={18} /> {t("topology.loading")}</> : <>{t("topology.failed")} <Button onClick={reload}>{t("topology.again")}</Button></>}
      </div>
    );
  }
  const isStopped = phase === "stopped";
  return (
    <div className="topology-view">
      {topology.boxes.length + topology.nodes.length === 0 ? <><p className="topology-message muted">{t("topology.empty")}</p><div className="topology-top"><StoppedPill lab={lab} /></div></> : <TopologyPicture key={lab} lab={lab} cloud={topology} states={states} fresh={fresh} isStopped={isStopped} />}
    </div>
  );
}
