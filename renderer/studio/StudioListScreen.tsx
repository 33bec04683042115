import { Download, FilePlus2, Pencil, Trash2, Upload } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import type { OwnLab } from "../../playground/contract/authorContract.ts";
import type { Result } from "../../playground/contract/contract.ts";
import { Button } from "../components/Button.tsx";
import { ConfirmDialog } from "../components/Dialog.tsx";
import { Header } from "../components/Header.tsx";
import { authorTexts } from "../i18n/authorTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useApp, useClient, useStores } from "../state/stores.tsx";
import { saveLabFile, takeLabFile } from "./labFileTransfer.ts";
import { NewLabDialog } from "./NewLabDialog.tsx";
import "./studio.css";

/** The labs of the user's own: to write, to hand on, and to take from a file. */
export function StudioListScreen() {
  const { t, localized } = useTranslate(authorTexts);
  const client = useClient();
  const { labs } = useStores();
  const go = useApp((state) => state.go);
  const notifyError = useApp((state) => state.notifyError);
  const notifyDone = useApp((state) => state.notifyDone);
  const [found, setFound] = useState<Result<"studio.list">>();
  const [isMaking, setMaking] = useState(false);
  const [removed, setRemoved] = useState<OwnLab>();
  const input = useRef<HTMLInputElement>(null);
  const load = useCallback(() => client.call("studio.list", {}).then(setFound, notifyError), [client, notifyError]);
  useEffect(() => void load(), [load]);
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    try {
      const taken = await takeLabFile(client, file);
      notifyDone(t("taken", { title: localized(taken.title) }));
      await Promise.all([load(), labs.getState().load()]);
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <div className="screen">
      <Header crumbs={[{ text: t("library"), route: { screen: "library" } }, { text: t("myLabs") }]} />
      <main className="page" id="content">
        <div className="page-inner">
          <div className="page-title">
            <div>
              <h1>{t("myLabs")}</h1>
              <p>{t("myLabsLead")}</p>
            </div>
            <input ref={input} type="file" accept=".tgz,.gz" hidden data-testid="lab-file" onChange={(event) => void take(event.target.files?.[0]).finally(() => input.current && (input.current.value = ""))} />
            <Button icon={<Upload size={16} />} onClick={() => input.current?.click()}>{t("import")}</Button>
            <Button kind="primary" icon={<FilePlus2 size={16} />} disabled={found === undefined} onClick={() => setMaking(true)}>{t("newLab")}</Button>
          </div>
          {found?.labs.length === 0 ? <div className="empty"><h2>{t("noLabs")}</h2><p>{t("noLabsNext")}</p></div> : null}
          <ul className="own-labs">
            {found?.labs.map((own) => (
              <li key={own.lab} className="own-lab" data-lab={own.lab}>
                <div className="grow">
                  <h2>{localized(own.title)}</h2>
                  <p className="mono muted">{own.lab}</p>
                </div>
                <span className={`pill ${own.faults > 0 ? "bad" : "ok"}`}>{own.faults > 0 ? t("faults.count", { count: own.faults }) : t("faults.none")}</span>
                <Button icon={<Pencil size={14} />} aria-label={`${t("write")} – ${localized(own.title)}`} onClick={() => go({ screen: "studio", lab: own.lab })}>{t("write")}</Button>
                <Button kind="quiet" icon={<Download size={15} />} aria-label={`${t("export")} – ${localized(own.title)}`} onClick={() => void saveLabFile(client, own.lab).catch(notifyError)} />
                <Button kind="quiet" icon={<Trash2 size={15} />} aria-label={`${t("remove")} – ${localized(own.title)}`} onClick={() => setRemoved(own)} />
              </li>
            ))}
          </ul>
        </div>
      </main>
      {isMaking && found ? <NewLabDialog templates={found.templates} onClose={() => setMaking(false)} /> : null}
      {removed ? (
        <ConfirmDialog
          title={t("removeTitle", { title: localized(removed.title) })} text={t("removeText")} action={t("remove")} onClose={() => setRemoved(undefined)}
          onConfirm={() => void client.call("studio.remove", { lab: removed.lab }).then(() => Promise.all([load(), labs.getState().load()])).catch(notifyError)}
        />
      ) : null}
    </div>
  );
}
