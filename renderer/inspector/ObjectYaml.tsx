import { RotateCw } from "lucide-react";
import { useEffect, useState } from "react";
import type { ClusterObjectKind } from "../../playground/model/clusterView.ts";
import { Button } from "../components/Button.tsx";
import { clusterTexts } from "../i18n/clusterTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useClient } from "../state/stores.tsx";

interface ObjectYamlProps {
  readonly lab: string;
  readonly cluster: string;
  readonly kind: ClusterObjectKind;
  readonly namespace?: string;
  readonly name: string;
  /** Another one when the object has changed. */
  readonly stamp: string;
}

/** An object as `kubectl get -o yaml` shows it, without the API server's own bookkeeping. */
export function ObjectYaml({ lab, cluster, kind, namespace, name, stamp }: ObjectYamlProps) {
  const { t } = useTranslate(clusterTexts);
  const client = useClient();
  const [text, setText] = useState<string>();
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    client
      .call("clusters.object", { lab, cluster, kind, name, ...(namespace === undefined ? {} : { namespace }) })
      .then(({ yaml }) => {
        if (!isCurrent) return;
        setText(yaml);
        setFailed(false);
      })
      .catch(() => isCurrent && setFailed(true));
    return () => {
      isCurrent = false;
    };
  }, [client, lab, cluster, kind, namespace, name, stamp, attempt]);
  return (
    <section className="system-log">
      <div className="system-log-actions"><Button kind="ghost" size="small" icon={<RotateCw size={13} />} onClick={() => setAttempt(attempt + 1)}>{t("refresh")}</Button></div>
      {failed ? <p className="muted">{t("yaml.failed")}</p> : text === undefined ? null : <pre className="scroll" tabIndex={0}>{text}</pre>}
    </section>
  );
}
