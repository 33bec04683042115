import { CircleHelp, Settings, Stethoscope } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslate } from "../i18n/translate.tsx";
import { formatRoute, type Route } from "../state/route.ts";
import { useApp } from "../state/stores.tsx";
import { Button } from "./Button.tsx";
import "./Header.css";

/** Our mark: a rampart's outline. */
export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden>
      <path d="M2 18V6h3v3h3V4h4v5h3V6h3v12z" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinejoin="round" />
    </svg>
  );
}

export interface Crumb {
  readonly text: string;
  readonly route?: Route;
  /** Left out where the window is narrow. */
  readonly wideOnly?: boolean;
}

/** The bar at the top: where we are, what can be done here, and the ways to set-up, settings and help. */
export function Header({ crumbs, children }: { crumbs: readonly Crumb[]; children?: ReactNode }) {
  const { t } = useTranslate();
  const route = useApp((state) => state.route);
  const go = useApp((state) => state.go);
  const setHelpOpen = useApp((state) => state.setHelpOpen);
  return (
    <header className="header">
      <a className="mark" href={formatRoute({ screen: "library" })}>
        <Mark />
        Rempart
      </a>
      <nav className="crumb" aria-label={t("lab.crumb")} hidden={crumbs.length === 0}>
        <ol>
          {crumbs.map((crumb, index) => (
            <li key={crumb.text} className={crumb.wideOnly ? "wide-only" : undefined} aria-current={index === crumbs.length - 1 ? "page" : undefined}>
              {crumb.route ? <a href={formatRoute(crumb.route)}>{crumb.text}</a> : crumb.text}
            </li>
          ))}
        </ol>
      </nav>
      {children ? <div className="header-actions">{children}</div> : null}
      {crumbs.length === 0 ? <span className="crumb" /> : null}
      <nav className="header-links" aria-label={t("nav.main")}>
        <Button kind="quiet" icon={<Stethoscope size={17} />} aria-label={t("nav.setup")} aria-current={route.screen === "setup" ? "page" : undefined} onClick={() => go({ screen: "setup" })} />
        <Button kind="quiet" icon={<Settings size={17} />} aria-label={t("nav.settings")} aria-current={route.screen === "settings" ? "page" : undefined} onClick={() => go({ screen: "settings" })} />
        <Button kind="quiet" icon={<CircleHelp size={17} />} aria-label={t("nav.help")} title={`${t("nav.help")} (?)`} onClick={() => setHelpOpen(true)} />
      </nav>
    </header>
  );
}
