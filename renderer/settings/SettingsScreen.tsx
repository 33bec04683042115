import { useState, type ReactNode } from "react";
import { Header } from "../components/Header.tsx";
import { useTranslate } from "../i18n/translate.tsx";
import { useApp } from "../state/stores.tsx";
import { MirrorSetting } from "./MirrorSetting.tsx";
import "./settings.css";

function Row({ label, hint, htmlFor, children }: { label: string; hint?: string; htmlFor?: string; children: ReactNode }) {
  return (
    <div className="setting">
      <div>
        {htmlFor ? <label htmlFor={htmlFor}>{label}</label> : <span>{label}</span>}
        {hint ? <p className="muted">{hint}</p> : null}
      </div>
      <div className="setting-value">{children}</div>
    </div>
  );
}

const textSizes = [12, 13, 14, 15, 16, 18, 20, 24];

/** Language, looks, terminals, and what this computer uses. Each change counts at once. */
export function SettingsScreen() {
  const { t } = useTranslate();
  const settings = useApp((state) => state.settings);
  const info = useApp((state) => state.info);
  const change = useApp((state) => state.changeSettings);
  const [context, setContext] = useState<string>();
  return (
    <div className="screen">
      <Header crumbs={[{ text: t("nav.settings") }]} />
      <main className="page" id="content">
        <div className="page-inner narrow">
          <h1>{t("settings.title")}</h1>
          {settings ? (
            <>
              <section className="settings-group" aria-label={t("settings.appearance")}>
                <h2>{t("settings.appearance")}</h2>
                <Row label={t("settings.language")} htmlFor="setting-language">
                  <select id="setting-language" value={settings.language ?? ""} onChange={(event) => void change({ language: event.target.value === "en" ? "en" : "fr" })}>
                    {settings.language === undefined ? <option value="">{t("settings.language.auto")}</option> : null}
                    <option value="fr" lang="fr">
                      Français
                    </option>
                    <option value="en" lang="en">
                      English
                    </option>
                  </select>
                </Row>
                <Row label={t("settings.theme")}>
                  <div className="segmented" role="radiogroup" aria-label={t("settings.theme")}>
                    {(["light", "dark", "system"] as const).map((theme) => (
                      <label key={theme} className={settings.theme === theme ? "on" : undefined}>
                        <input type="radio" name="theme" className="visually-hidden" checked={settings.theme === theme} onChange={() => void change({ theme })} />
                        {t(`settings.theme.${theme}`)}
                      </label>
                    ))}
                  </div>
                </Row>
                <Row label={t("settings.textSize")} htmlFor="setting-text-size">
                  <select id="setting-text-size" value={settings.textSize} onChange={(event) => void change({ textSize: Number(event.target.value) })}>
                    {[...new Set([...textSizes, settings.textSize])].sort((left, right) => left - right).map((size) => (
                      <option key={size} value={size}>
                        {t("settings.pixels", { value: size })}
                      </option>
                    ))}
                  </select>
                </Row>
                <Row label={t("settings.reduceMotion")} hint={t("settings.reduceMotionHint")} htmlFor="setting-motion">
                  <input id="setting-motion" type="checkbox" checked={settings.reduceMotion} onChange={(event) => void change({ reduceMotion: event.target.checked })} />
                </Row>
              </section>
              <section className="settings-group" aria-label={t("settings.terminal")}>
                <h2>{t("settings.terminal")}</h2>
                <Row label={t("settings.copyOnSelect")} hint={t("settings.copyOnSelectHint")} htmlFor="setting-copy">
                  <input id="setting-copy" type="checkbox" checked={settings.copyOnSelect} onChange={(event) => void change({ copyOnSelect: event.target.checked })} />
                </Row>
              </section>
              <section className="settings-group" aria-label={t("settings.machine")}>
                <h2>{t("settings.machine")}</h2>
                <Row label={t("settings.engine")} hint={t("settings.engineHint")} htmlFor="setting-engine">
                  <input
                    id="setting-engine"
                    className="mono"
                    spellCheck={false}
                    value={context ?? settings.dockerContext ?? ""}
                    onChange={(event) => setContext(event.target.value)}
                    onBlur={() => context !== undefined && void change({ dockerContext: context.trim() })}
                  />
                </Row>
                <Row label={t("settings.engineCurrent")}>
                  <span className="mono">{info?.engine ?? t("settings.engineNone")}</span>
                </Row>
                <MirrorSetting />
                <Row label={t("settings.labsFolder")} hint={t("settings.labsFolderHint")}>
                  <span className="mono selectable">{info?.labsFolder ?? ""}</span>
                </Row>
                <Row label={t("settings.version")}>
                  <span>{info ? `Rempart ${info.version}` : ""}</span>
                </Row>
              </section>
            </>
          ) : (
            <p className="muted">{t("app.loading")}</p>
          )}
        </div>
      </main>
    </div>
  );
}
