import { ArrowLeft, RefreshCw } from "lucide-react";
import { useEffect } from "react";
import { DrillStrip } from "../breakages/DrillStrip.tsx";
import { Button } from "../components/Button.tsx";
import { Header } from "../components/Header.tsx";
import { describeError } from "../../playground/model/describeError.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { onReturn } from "../state/connection.ts";
import { useApp, useClient, useLab, useStores } from "../state/stores.tsx";
import { ProjectorView } from "../projector/ProjectorView.tsx";
import { LabHeader } from "./LabHeader.tsx";
import { LabPanes } from "./LabPanes.tsx";
import { LabStrip } from "./LabStrip.tsx";
import { useAppliedNotice } from "./useAppliedNotice.ts";
import { useFreshMemory } from "./useFreshMemory.ts";
import { useLabKeys } from "./useLabKeys.ts";
import "./lab.css";

/** One lab: header, guide, topology, terminals. */
export function LabScreen({ lab }: { lab: string }) {
  const { t, language } = useTranslate();
  const client = useClient();
  const store = useStores().lab(lab);
  const go = useApp((state) => state.go);
  const isLoaded = useLab(lab, (state) => state.detail !== undefined && state.status !== undefined && state.layout !== undefined);
  const isProjecting = useLab(lab, (state) => state.isProjecting);
  const loadError = useLab(lab, (state) => state.loadError);
  useLabKeys(lab);
  useAppliedNotice(lab);
  useFreshMemory(lab);
  useEffect(() => {
    void store.getState().load();
    const stop = onReturn(client, () => void store.getState().load());
    // Whoever comes back from another editor sees what they wrote there.
    const onFocus = () => void store.getState().lookAgain();
    window.addEventListener("focus", onFocus);
    return () => {
      window.removeEventListener("focus", onFocus);
      stop();
      store.getState().leave();
    };
  }, [store, client]);

  if (!isLoaded) {
    const error = loadError && describeError(loadError, language);
    return (
      <div className="screen">
        <Header crumbs={[{ text: t("nav.library"), route: { screen: "library" } }, { text: lab }]} />
        <main className="page" id="content">
          {error ? (
            <div className="empty" role="alert">
              <h2>{t("lab.notFound")}</h2>
              <p>{error.message}</p>
              {error.next ? <p>{error.next}</p> : null}
              <div className="header-actions">
                <Button icon={<ArrowLeft size={15} />} onClick={() => go({ screen: "library" })}>
                  {t("lab.back")}
                </Button>
                <Button icon={<RefreshCw size={15} />} onClick={() => void store.getState().load()}>
                  {t("common.retry")}
                </Button>
              </div>
            </div>
          ) : (
            <p className="empty">{t("app.loading")}</p>
          )}
        </main>
      </div>
    );
  }
  return (
    <>
      <div className="screen" inert={isProjecting}>
        <LabHeader lab={lab} />
        <LabStrip lab={lab} />
        <DrillStrip lab={lab} />
        <LabPanes lab={lab} />
      </div>
      {isProjecting ? <ProjectorView lab={lab} /> : null}
    </>
  );
}
