import { useCallback, useEffect, useRef, useState } from "react";
import type { RempartClient, Result } from "../../playground/contract/contract.ts";
import type { ReportIdentity, reportFormats } from "../../playground/contract/reportContract.ts";
import type { Language } from "../../playground/model/lab.ts";
import { useApp, useClient, useLabs } from "../state/stores.tsx";
import { bytesOf, saveFile } from "../files/saveFile.ts";

export type ReportFormat = (typeof reportFormats)[number];
export type ReportState = Result<"reports.state">;

/** Fetches a made report part by part. */
async function fetchReport(client: RempartClient, report: string): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let from: number | undefined = 0; from !== undefined; ) {
    const part: Result<"reports.read"> = await client.call("reports.read", { report, from });
    parts.push(bytesOf(part.data));
    from = part.next;
  }
  return new Blob(parts);
}

/** How long nobody typed before the preview is made anew. */
const previewPauseMilliseconds = 500;

/** What there is to report of a lab, its preview in the making, and what can be done with it. */
export function useReport(lab: string, language: Language) {
  const client = useClient();
  const notifyError = useApp((app) => app.notifyError);
  const notifyDone = useApp((app) => app.notifyDone);
  const loadLibrary = useLabs((labs) => labs.load);
  const [state, setState] = useState<ReportState>();
  /** As remembered, and then as typed. */
  const [identity, setIdentity] = useState<ReportIdentity>();
  const [html, setHtml] = useState<string>();
  const [isPreviewing, setPreviewing] = useState(false);
  const [making, setMaking] = useState<ReportFormat>();
  const latest = useRef(0);
  const isFirst = useRef(true);
  const hasEvents = (state?.events ?? 0) > 0;

  const look = useCallback(
    () =>
      client.call("reports.state", { lab }).then((found) => {
        setState(found);
        setIdentity((known) => known ?? { ...found.identity, date: "" });
      }, notifyError),
    [client, lab, notifyError],
  );
  useEffect(() => {
    void look();
  }, [look]);

  useEffect(() => {
    if (!hasEvents || identity === undefined) return undefined;
    const mine = ++latest.current;
    const timer = setTimeout(() => {
      setPreviewing(true);
      client
        .call("reports.make", { lab, format: "html", identity, language, preview: true })
        .then(({ report }) => fetchReport(client, report))
        .then((blob) => blob.text())
        .then((text) => latest.current === mine && setHtml(text), notifyError)
        .finally(() => latest.current === mine && setPreviewing(false));
    }, isFirst.current ? 0 : previewPauseMilliseconds);
    isFirst.current = false;
    return () => clearTimeout(timer);
  }, [client, lab, identity, language, hasEvents, notifyError]);

  const download = async (format: ReportFormat, done: (name: string) => string): Promise<void> => {
    if (identity === undefined) return;
    setMaking(format);
    try {
      const { report, name, mediaType } = await client.call("reports.make", { lab, format, identity, language });
      saveFile(name, new Blob([await fetchReport(client, report)], { type: mediaType }));
      notifyDone(done(name));
      // The lab's card in the library says that it was handed over.
      await Promise.all([look(), loadLibrary()]);
    } catch (error) {
      notifyError(error);
    } finally {
      setMaking(undefined);
    }
  };
  const setConsent = async (given: boolean): Promise<void> => {
    setState((known) => known && { ...known, consent: given });
    await client.call("reports.consent", { lab, given }).catch(notifyError);
    await look();
  };
  return { state, identity, setIdentity, html, isPreviewing, making, download, setConsent };
}
