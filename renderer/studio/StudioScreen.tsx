import { ArrowLeft, Download, Play, Redo2, RefreshCw, TriangleAlert, Undo2 } from "lucide-react";
import { useEffect, useState } from "react";
import { describeError } from "../../playground/model/describeError.ts";
import { Button } from "../components/Button.tsx";
import { Header } from "../components/Header.tsx";
import { authorTexts } from "../i18n/authorTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import "../lab/lab.css";
import { onReturn } from "../state/connection.ts";
import { useApp, useClient, useStores } from "../state/stores.tsx";
import { AboutTab } from "./AboutTab.tsx";
import { ChecksTab } from "./ChecksTab.tsx";
import { FaultsPanel } from "./FaultsPanel.tsx";
import { FilesTab } from "./FilesTab.tsx";
import { readParts } from "./labParts.ts";
import { NetworkTab } from "./NetworkTab.tsx";
import { ProofTab } from "./ProofTab.tsx";
import { saveLabFile } from "./labFileTransfer.ts";
import { StepsTab } from "./StepsTab.tsx";
import { createStudioStore } from "./studioStore.ts";
import { StudioContext, useDraft, useStudio, useText } from "./useStudio.tsx";
import { useStudioKeys } from "./useStudioKeys.ts";
import "./studio.css";

const tabs = ["network", "steps", "checks", "proof", "about", "files"] as const;
type Tab = (typeof tabs)[number];

/** One lab of the user's own, being written. */
export function StudioScreen({ lab }: { lab: string }) {
  const client = useClient();
  const { app } = useStores();
  const [store] = useState(() => createStudioStore(client, lab, (error) => app.getState().notifyError(error)));
  useEffect(() => store.getState().enter(), [store]);
  // What could not be written while the connection was lost.
  useEffect(() => onReturn(client, () => void store.getState().save()), [store, client]);
  return (
    <StudioContext value={{ lab, store }}>
      <Studio />
    </StudioContext>
  );
}

function Studio() {
  const { t, language } = useTranslate(authorTexts);
  const { lab, store } = useStudio();
  const client = useClient();
  const go = useApp((state) => state.go);
  const notifyError = useApp((state) => state.notifyError);
  const { labs } = useStores();
  const isLoaded = useDraft((state) => state.history !== undefined);
  const loadError = useDraft((state) => state.loadError);
  const canUndo = useDraft((state) => (state.history?.past.length ?? 0) > 0);
  const canRedo = useDraft((state) => (state.history?.future.length ?? 0) > 0);
  const isSaved = useDraft((state) => state.isSaved);
  const hasConflict = useDraft((state) => state.hasConflict);
  const faults = useDraft((state) => state.faults.length);
  const title = readParts(useText("lab.yml")).title[language] ?? lab;
  const [tab, setTab] = useState<Tab>("network");
  const [network, setNetwork] = useState("network.yml");
  const [file, setFile] = useState<{ path: string; line: number | undefined }>({ path: "lab.yml", line: undefined });
  useStudioKeys(store);
  const crumbs = [{ text: t("library"), route: { screen: "library" } as const }, { text: t("myLabs"), route: { screen: "studio" } as const }, { text: title }];
  const error = loadError && describeError(loadError, language);
  if (!isLoaded) {
    return (
      <div className="screen">
        <Header crumbs={crumbs} />
        <main className="page" id="content">
          {error ? (
            <div className="empty" role="alert">
              <h2>{error.message}</h2>
              <Button icon={<ArrowLeft size={15} />} onClick={() => go({ screen: "studio" })}>{t("myLabs")}</Button>
            </div>
          ) : <p className="empty">{t("loading")}</p>}
        </main>
      </div>
    );
  }
  return (
    <div className="screen studio">
      <Header crumbs={crumbs}>
        <span className="muted studio-saved" role="status">{isSaved ? t("saved") : t("saving")}</span>
        <Button kind="quiet" icon={<Undo2 size={16} />} aria-label={t("undo")} title={`${t("undo")} (Ctrl Z)`} disabled={!canUndo} onClick={() => store.getState().undo()} />
        <Button kind="quiet" icon={<Redo2 size={16} />} aria-label={t("redo")} title={`${t("redo")} (Ctrl Y)`} disabled={!canRedo} onClick={() => store.getState().redo()} />
        <Button icon={<Download size={15} />} onClick={() => void store.getState().save().then(() => saveLabFile(client, lab)).catch(notifyError)}>{t("export")}</Button>
        <Button
          icon={<Play size={15} />} disabled={faults > 0} title={faults > 0 ? t("trial.faults") : undefined}
          onClick={() => void store.getState().save().then(() => labs.getState().load()).then(() => go({ screen: "lab", lab }))}
        >
          {t("openAsStudent")}
        </Button>
      </Header>
      {hasConflict ? (
        <div className="banner" role="alert">
          <TriangleAlert size={16} aria-hidden />
          <span className="grow">{t("conflict")}</span>
          <Button size="small" icon={<RefreshCw size={14} />} onClick={() => void store.getState().load()}>{t("readAgain")}</Button>
        </div>
      ) : null}
      <div className="tabs">
        <div className="tab-list" role="tablist" aria-label={t("tabs")}>
          {tabs.map((name) => (
            <button key={name} type="button" role="tab" id={`studio-tab-${name}`} data-tab={name} className="tab" aria-selected={tab === name} aria-controls="studio-panel" onClick={() => setTab(name)}>{t(`tab.${name}`)}</button>
          ))}
        </div>
      </div>
      <main className="studio-panel" id="studio-panel" role="tabpanel" aria-labelledby={`studio-tab-${tab}`}>
        {tab === "network" ? <NetworkTab path={network} onPath={setNetwork} /> : null}
        {tab === "steps" ? <StepsTab /> : null}
        {tab === "checks" ? <ChecksTab /> : null}
        {tab === "proof" ? <ProofTab /> : null}
        {tab === "about" ? <AboutTab /> : null}
        {tab === "files" ? <FilesTab path={file.path} line={file.line} onPath={(path) => setFile({ path, line: undefined })} /> : null}
      </main>
      <FaultsPanel
        onOpen={(path, line) => {
          setFile({ path, line });
          setTab("files");
        }}
      />
    </div>
  );
}
