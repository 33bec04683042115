import { Check, Copy, LibraryBig, RotateCw, TriangleAlert } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslate } from "../i18n/translate.tsx";
import { Button } from "./Button.tsx";
import { crashReport, type Crash } from "./crashReport.ts";
import { Mark } from "./Header.tsx";
import "./CrashScreen.css";

interface CrashScreenProps {
  readonly crash: Crash;
  /** Leaves the screen that crashed for the library. */
  onLeave(): void;
}

/** In the place of a window that crashed: what happened, what is kept, what to do, and the details to hand on. */
export function CrashScreen({ crash, onLeave }: CrashScreenProps) {
  const { t } = useTranslate();
  const [copied, setCopied] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const reload = useRef<HTMLDivElement>(null);
  const text = useRef<HTMLPreElement>(null);
  useEffect(() => reload.current?.querySelector("button")?.focus(), []);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(crashReport(crash));
      setCopied(true);
    } catch {
      // Without the clipboard: the text is shown and selected, ready for Ctrl C.
      setOpen(true);
      requestAnimationFrame(() => text.current !== null && getSelection()?.selectAllChildren(text.current));
    }
  };
  return (
    <main className="crash scroll">
      <div className="crash-card">
        <div className="crash-brand">
          <Mark />
          Rempart
        </div>
        <section className="crash-panel" role="alert">
          <h1>
            <TriangleAlert size={22} aria-hidden />
            {t("crash.title")}
          </h1>
          <p className="crash-message mono scroll">{crash.error.message === "" ? crash.error.name : crash.error.message}</p>
          <dl>
            {(["what", "kept", "next"] as const).map((part) => (
              <div key={part}>
                <dt>{t(part === "what" ? "crash.whatLabel" : `error.${part}`)}</dt>
                <dd>{t(`crash.${part}`)}</dd>
              </div>
            ))}
          </dl>
          <div className="crash-actions" ref={reload}>
            <Button kind="primary" icon={<RotateCw size={15} />} onClick={() => location.reload()}>
              {t("crash.reload")}
            </Button>
            <Button icon={<LibraryBig size={15} />} onClick={onLeave}>
              {t("lab.back")}
            </Button>
            <Button icon={copied ? <Check size={15} /> : <Copy size={15} />} onClick={() => void copy()}>
              {copied ? t("common.copied") : t("crash.copy")}
            </Button>
          </div>
          <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
            <summary>{t("crash.details")}</summary>
            <pre className="scroll" ref={text} tabIndex={0}>{crashReport(crash)}</pre>
          </details>
        </section>
      </div>
    </main>
  );
}
