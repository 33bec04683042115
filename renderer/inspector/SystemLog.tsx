import { Check, Copy, RotateCw } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "../components/Button.tsx";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useClient, useLab } from "../state/stores.tsx";
import { splitLog } from "./splitLog.ts";

/** The machine's system log, with the SSH host key fingerprints set off: that is where a careful admin compares them. */
export function SystemLog({ lab, node }: { lab: string; node: string }) {
  const { t } = useTranslate(canvasTexts);
  const client = useClient();
  const state = useLab(lab, (lab) => lab.status?.nodes.find((candidate) => candidate.name === node)?.state);
  const [text, setText] = useState<string>();
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    let isCurrent = true;
    client
      .call("nodes.log", { lab, node })
      .then((result) => {
        if (!isCurrent) return;
        setText(result.text);
        setFailed(false);
      })
      .catch(() => isCurrent && setFailed(true));
    return () => {
      isCurrent = false;
    };
  }, [client, lab, node, attempt, state]);
  const log = splitLog(text ?? "");
  const copy = async () => {
    await navigator.clipboard.writeText(log.fingerprints);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  if (failed) return <p className="muted">{t("inspector.logStopped")}</p>;
  return (
    <section className="system-log">
      <div className="system-log-actions">
        <Button kind="ghost" size="small" icon={<RotateCw size={13} />} onClick={() => setAttempt(attempt + 1)}>{t("inspector.refresh")}</Button>
        {log.fingerprints === "" ? null : <Button kind="ghost" size="small" icon={copied ? <Check size={13} /> : <Copy size={13} />} onClick={() => void copy()}>{t(copied ? "inspector.copied" : "inspector.copyFingerprints")}</Button>}
      </div>
      {text === "" ? <p className="muted">{t("inspector.logEmpty")}</p> : null}
      <pre className="scroll" tabIndex={0}>
        {log.before}
        {log.fingerprints === "" ? null : <mark aria-label={t("inspector.fingerprints")}>{log.fingerprints}</mark>}
        {log.after}
      </pre>
    </section>
  );
}
