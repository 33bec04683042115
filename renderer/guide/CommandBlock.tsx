import { Check, Copy, SquareTerminal } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "../components/Button.tsx";
import { useTranslate } from "../i18n/translate.tsx";
import { useApp, useLab } from "../state/stores.tsx";

/** What guides call the terminal on the student's own computer. */
const localNames = new Set(["local", "host"]);

/** A command of the guide: copy it, or put it into a machine's terminal. It never runs by itself: Enter is the student's. */
export function CommandBlock({ lab, node, code }: { lab: string; node: string | undefined; code: string }) {
  const { t } = useTranslate();
  const typeInto = useLab(lab, (state) => state.typeInto);
  const notifyError = useApp((state) => state.notifyError);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);
  const nodeName = node !== undefined && localNames.has(node) ? t("guide.localTerminal") : node;
  return (
    <div className={`command${code.includes("\n") ? " long" : ""}`} role="group" aria-label={nodeName ? t("guide.command", { node: nodeName }) : undefined} data-node={node}>
      <pre className="scroll" tabIndex={0}>
        <code>{code}</code>
      </pre>
      <div className="command-actions">
        <Button kind="ghost" icon={copied ? <Check size={14} /> : <Copy size={14} />} onClick={() => navigator.clipboard.writeText(code).then(() => setCopied(true), notifyError)}>
          {copied ? t("common.copied") : t("common.copy")}
        </Button>
        {node !== undefined && nodeName !== undefined ? (
          <Button kind="ghost" icon={<SquareTerminal size={14} />} onClick={() => typeInto(node, code)}>
            {t("guide.typeInto", { node: nodeName })}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
