import { Component, type ErrorInfo, type ReactNode } from "react";
import { languageFromLocale, LanguageProvider } from "../i18n/translate.tsx";
import type { Crash } from "./crashReport.ts";
import { CrashScreen } from "./CrashScreen.tsx";

interface CrashBoundaryProps {
  readonly children: ReactNode;
}

interface CrashBoundaryState {
  readonly crash: Crash | undefined;
}

/**
 * Shows what happened when a component throws, instead of React's empty page. It asks nothing of the stores, which may be what
 * broke, so the language is the page's own.
 */
export class CrashBoundary extends Component<CrashBoundaryProps, CrashBoundaryState> {
  override state: CrashBoundaryState = { crash: undefined };

  static getDerivedStateFromError(error: unknown): CrashBoundaryState {
    return { crash: { error: error instanceof Error ? error : new Error(String(error)), components: undefined, place: location.hash, browser: navigator.userAgent, at: new Date() } };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error("The window crashed", error, info.componentStack);
    this.setState(({ crash }) => ({ crash: crash && { ...crash, components: info.componentStack ?? undefined } }));
  }

  override render(): ReactNode {
    const { crash } = this.state;
    if (crash === undefined) return this.props.children;
    return (
      <LanguageProvider language={languageFromLocale([document.documentElement.lang || navigator.language])}>
        <CrashScreen crash={crash} onLeave={() => this.leave()} />
      </LanguageProvider>
    );
  }

  /** To the library without a reload: what is not saved yet stays in the stores. They follow the address first, so that the broken screen is not drawn again. */
  private leave(): void {
    const recover = () => this.setState({ crash: undefined });
    if (["", "#", "#/"].includes(location.hash)) recover();
    else {
      window.addEventListener("hashchange", recover, { once: true });
      location.hash = "#/";
    }
  }
}
