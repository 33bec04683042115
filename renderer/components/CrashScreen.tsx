import { Component, type ErrorInfo, type ReactNode } from "react";
import { createTranslate, languageFromLocale, windowTexts } from "../i18n/translate.tsx";
import { Button } from "./Button.tsx";

interface CrashBoundaryProps {
  readonly children: ReactNode;
}

interface CrashBoundaryState {
  readonly error: Error | undefined;
}

/**
 * Shows what happened when a component throws, instead of React's empty page. It asks nothing of the stores, which may be what
 * broke, so the language is the page's own.
 */
export class CrashBoundary extends Component<CrashBoundaryProps, CrashBoundaryState> {
  override state: CrashBoundaryState = { error: undefined };

  static getDerivedStateFromError(error: unknown): CrashBoundaryState {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error("The window crashed", error, info.componentStack);
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    const { t } = createTranslate(windowTexts, languageFromLocale([document.documentElement.lang || navigator.language]));
    return (
      <main className="crash" role="alert">
        <h1>{t("crash.title")}</h1>
        <p>{t("crash.kept")}</p>
        <div className="crash-actions">
          <Button kind="primary" data-autofocus onClick={() => location.reload()}>
            {t("crash.reload")}
          </Button>
          <Button
            onClick={() => {
              location.hash = "";
              location.reload();
            }}
          >
            {t("lab.back")}
          </Button>
        </div>
        <details>
          <summary>{t("crash.details")}</summary>
          <pre className="scroll">{error.stack ?? error.message}</pre>
        </details>
      </main>
    );
  }
}
