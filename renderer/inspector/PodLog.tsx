import { RotateCw } from "lucide-react";
import { useEffect, useState } from "react";
import type { ClusterPod } from "../../playground/model/clusterView.ts";
import { Button } from "../components/Button.tsx";
import { clusterTexts } from "../i18n/clusterTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useClient } from "../state/stores.tsx";

/** While somebody sees a log, it is read again so often. */
const againMilliseconds = 2500;

/** The end of a container's log, read again and again while it is shown. */
export function PodLog({ lab, cluster, pod }: { lab: string; cluster: string; pod: ClusterPod }) {
  const { t } = useTranslate(clusterTexts);
  const client = useClient();
  const [container, setContainer] = useState(pod.containers[0]?.name ?? "");
  const [previous, setPrevious] = useState(false);
  const [text, setText] = useState<string>();
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const { namespace, name } = pod;
  const hasPrevious = (pod.containers.find((one) => one.name === container)?.restarts ?? 0) > 0;
  const asksPrevious = previous && hasPrevious;
  useEffect(() => {
    let isCurrent = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async (): Promise<void> => {
      if (document.visibilityState === "visible") {
        const answer = await client.call("clusters.log", { lab, cluster, namespace, pod: name, container, previous: asksPrevious }).catch(() => undefined);
        if (!isCurrent) return;
        setFailed(answer === undefined);
        if (answer !== undefined) setText(answer.text);
      }
      timer = setTimeout(() => void read(), againMilliseconds);
    };
    void read();
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [client, lab, cluster, namespace, name, container, asksPrevious, attempt]);
  return (
    <section className="system-log">
      <div className="system-log-actions pod-log-actions">
        <select aria-label={t("container")} value={container} onChange={(event) => setContainer(event.target.value)}>{pod.containers.map((one) => <option key={one.name}>{one.name}</option>)}</select>
        {hasPrevious ? <label><input type="checkbox" checked={previous} onChange={(event) => setPrevious(event.target.checked)} /> {t("previous")}</label> : null}
        <Button kind="ghost" size="small" icon={<RotateCw size={13} />} aria-label={t("refresh")} title={t("refresh")} onClick={() => setAttempt(attempt + 1)} />
      </div>
      {failed ? <p className="muted">{t("log.failed")}</p> : null}
      {text === "" && !failed ? <p className="muted">{t("log.empty")}</p> : null}
      {text === undefined || text === "" ? null : <pre className="scroll" tabIndex={0}>{text}</pre>}
    </section>
  );
}
