import { useCallback, useEffect, useState } from "react";
import { toErrorData } from "../../playground/model/errors.ts";
import type { Exposure } from "../../playground/model/exposure.ts";
import type { TopologyNode } from "../../playground/model/topology.ts";
import { useApp, useClient, useLab } from "../state/stores.tsx";

/** A scan that is under way, whoever asked for it. */
export interface ScanProgress {
  readonly from: string;
  /** 0 to 100. */
  readonly percent: number;
}

export interface ExposureTool {
  /** The last measurement of the lab that runs. */
  readonly exposure: Exposure | undefined;
  readonly scanning: ScanProgress | undefined;
  scan(from: string): void;
  /** Measures again from the same machine. */
  again(): void;
  cancel(): void;
  clear(): void;
}

/** A machine, in which nmap can run; gateways run nothing. */
export const canScan = (node: Pick<TopologyNode, "kind">): boolean => node.kind === "instance" || node.kind === "internet-host" || node.kind === "machine";

/** What the last scan of a lab found, read again whenever the engine says that it or the network changed. */
export function useExposure(lab: string): ExposureTool {
  const client = useClient();
  const onError = useApp((state) => state.notifyError);
  const version = useLab(lab, (state) => state.topologyVersion);
  const isRunning = useLab(lab, (state) => state.status?.phase === "running");
  const [exposure, setExposure] = useState<Exposure>();
  const [scanning, setScanning] = useState<ScanProgress>();
  const [reads, setReads] = useState(0);

  useEffect(() => {
    const stops = [
      client.on("lab.exposure", (event) => event.lab === lab && setReads((count) => count + 1)),
      client.on("progress", (progress) => {
        if (progress.task !== `exposure:${lab}`) return;
        const from = progress.detail ?? "";
        setScanning(progress.state === "running" ? { from, percent: Math.round((progress.done / Math.max(1, progress.total)) * 100) } : undefined);
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }, [client, lab]);

  useEffect(() => {
    let isCurrent = true;
    // Without an engine there is nothing to see, and the lab's own state says so.
    client.call("exposure.get", { lab }).then((answer) => isCurrent && setExposure(answer.exposure), () => undefined);
    return () => {
      isCurrent = false;
    };
  }, [client, lab, version, reads, isRunning]);

  const scan = useCallback((from: string) => {
    client.call("exposure.scan", { lab, from }).then(setExposure, (error: unknown) => {
      // What the student cancelled is no fault.
      if (!/(^|\.)cancelled$/.test(toErrorData(error).code)) onError(error);
    });
  }, [client, lab, onError]);
  const before = exposure?.from;
  return {
    exposure: isRunning ? exposure : undefined,
    scanning,
    scan,
    again: useCallback(() => before !== undefined && scan(before), [scan, before]),
    cancel: useCallback(() => void client.call("system.cancel", { task: `exposure:${lab}` }).catch(onError), [client, lab, onError]),
    clear: useCallback(() => void client.call("exposure.clear", { lab }).then(() => setExposure(undefined), onError), [client, lab, onError]),
  };
}
