import { useCallback, useEffect, useState } from "react";
import type { CaptureEnd } from "../../playground/contract/packetContract.ts";
import type { Packet } from "../../playground/model/packet.ts";
import { useApp, useClient } from "../state/stores.tsx";
import { bytesOf, saveFile } from "../files/saveFile.ts";

/** A capture as the window follows it. */
export interface WatchedCapture {
  readonly node: string;
  /** Absent while it begins. */
  readonly id: string | undefined;
  /** The newest that were shown, the newest last. */
  readonly packets: readonly Packet[];
  readonly total: number;
  /** How many of them were shown. */
  readonly shown: number;
  readonly seconds: number;
  readonly ended: CaptureEnd | undefined;
}

export interface PacketTool {
  readonly capture: WatchedCapture | undefined;
  /** Captures at a machine, a VPC, a NAT gateway, or `internet`. */
  start(node: string): void;
  stop(): void;
  close(): void;
  /** Opens it in Wireshark, or saves it where there is none. */
  open(): void;
  /** What was said of the file last. */
  readonly told: { readonly opened: boolean; readonly file: string } | undefined;
}

/** Rows that a list keeps: more is what Wireshark is for. */
const keptRows = 150;

/** The live packets of one lab: one capture at a time, which ends when the window looks away. */
export function usePackets(lab: string): PacketTool {
  const client = useClient();
  const onError = useApp((state) => state.notifyError);
  const [capture, setCapture] = useState<WatchedCapture>();
  const [told, setTold] = useState<PacketTool["told"]>();
  const id = capture?.id;
  const isOver = capture === undefined || capture.ended !== undefined;
  useEffect(() => client.on("packets.seen", (seen) => {
    if (seen.lab !== lab) return;
    setCapture((before) => {
      // The first packets may come before the answer that names the capture.
      if (before === undefined || before.ended !== undefined || (before.id !== undefined && before.id !== seen.capture)) return before;
      return { ...before, id: seen.capture, packets: [...before.packets, ...seen.packets].slice(-keptRows), total: seen.total, shown: before.shown + seen.packets.length, ended: seen.ended };
    });
  }), [client, lab]);
  useEffect(() => () => {
    if (id !== undefined) void client.call("packets.stop", { capture: id }).catch(() => undefined);
  }, [client, id]);

  return {
    capture, told,
    start: useCallback((node) => {
      setTold(undefined);
      setCapture({ node, id: undefined, packets: [], total: 0, shown: 0, seconds: 0, ended: undefined });
      client
        .call("packets.start", { lab, node })
        .then((begun) => setCapture((before) => (before === undefined || before.node !== node ? before : { ...before, id: begun.capture, seconds: begun.seconds })))
        .catch((error: unknown) => {
          setCapture(undefined);
          onError(error);
        });
    }, [client, lab, onError]),
    stop: useCallback(() => {
      if (id !== undefined && !isOver) void client.call("packets.stop", { capture: id }).catch(onError);
    }, [client, id, isOver, onError]),
    close: useCallback(() => setCapture(undefined), []),
    open: useCallback(() => {
      if (id === undefined) return;
      client
        .call("packets.open", { capture: id })
        .then(async ({ opened, file }) => {
          setTold({ opened, file });
          if (opened) return;
          const saved = await client.call("packets.file", { capture: id });
          saveFile(saved.name, new Blob([bytesOf(saved.pcap)], { type: "application/vnd.tcpdump.pcap" }));
        })
        .catch(onError);
    }, [client, id, onError]),
  };
}
