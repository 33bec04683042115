import { FolderPlus, GraduationCap, PencilRuler, RefreshCw } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "../components/Button.tsx";
import { Header } from "../components/Header.tsx";
import { authorTexts } from "../i18n/authorTexts.ts";
import { classTexts } from "../i18n/classTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useApp, useLabs } from "../state/stores.tsx";
import { AddLabDialog } from "./AddLabDialog.tsx";
import { LabCard } from "./LabCard.tsx";
import { chooseNextLab, groupLabs, isUp, sortLabs } from "./nextLab.ts";
import "./library.css";

/** The labs: running ones first, then the one to go on with, then all of them as the course groups them. */
export function LibraryScreen() {
  const { t } = useTranslate();
  const { t: author } = useTranslate(authorTexts);
  const ofClass = useTranslate(classTexts);
  const labs = useLabs((state) => state.labs);
  const failed = useLabs((state) => state.failed);
  const load = useLabs((state) => state.load);
  const refresh = useLabs((state) => state.refresh);
  const go = useApp((state) => state.go);
  const [adding, setAdding] = useState(false);
  // Checks come and go while a lab is open, and by command: what a card says is asked for again whenever the cards are shown.
  const isKnown = useRef(labs !== undefined);
  useEffect(() => {
    if (isKnown.current) void refresh();
  }, [refresh]);
  const running = sortLabs(labs ?? []).filter(isUp);
  const next = chooseNextLab(labs ?? []);
  return (
    <div className="screen">
      <Header crumbs={[]} />
      <main className="page" id="content">
        <div className="page-inner">
          <div className="page-title">
            <div>
              <h1>{t("library.title")}</h1>
              <p>{t("library.lead")}</p>
            </div>
            <Button icon={<GraduationCap size={16} />} onClick={() => go({ screen: "class" })}>
              {ofClass.t("open")}
            </Button>
            <Button icon={<PencilRuler size={16} />} onClick={() => go({ screen: "studio" })}>
              {author("myLabs")}
            </Button>
            <Button icon={<FolderPlus size={16} />} onClick={() => setAdding(true)}>
              {t("library.add")}
            </Button>
          </div>
          {labs === undefined && !failed ? <p className="muted">{t("app.loading")}</p> : null}
          {failed || labs?.length === 0 ? (
            <div className="empty">
              <h2>{failed ? t("library.failed") : t("library.empty")}</h2>
              <p>{t("library.emptyNext")}</p>
              <div className="header-actions">
                <Button icon={<RefreshCw size={15} />} onClick={() => void load()}>
                  {t("common.retry")}
                </Button>
                <Button onClick={() => go({ screen: "setup" })}>{t("nav.setup")}</Button>
              </div>
            </div>
          ) : null}
          {running.length > 0 ? (
            <section className="lab-section" aria-label={t("library.running")}>
              <h2>{t("library.running")}</h2>
              <div className="lab-grid">
                {running.map((lab) => (
                  <LabCard key={lab.id} lab={lab} hasActions emphasis={lab === next} />
                ))}
              </div>
            </section>
          ) : null}
          {next && !isUp(next) ? (
            <section className="lab-section" aria-label={t("library.next")}>
              <h2>{t("library.next")}</h2>
              <div className="lab-grid">
                <LabCard lab={next} hasActions emphasis />
              </div>
            </section>
          ) : null}
          <div className="lab-groups">
            {groupLabs(labs ?? []).map(({ group, labs: members }) => (
              <section key={group} className="lab-section" aria-label={t(`group.${group}`)}>
                <h2>{t(`group.${group}`)}</h2>
                <div className="lab-grid">
                  {members.map((lab) => (
                    <LabCard key={lab.id} lab={lab} />
                  ))}
                </div>
              </section>
            ))}
          </div>
        </div>
      </main>
      {adding ? <AddLabDialog onClose={() => setAdding(false)} /> : null}
    </div>
  );
}
