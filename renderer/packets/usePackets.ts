import { useCallback, useEffect, useRef, useState } from "react";
import { useApp, useClient } from "../state/stores.tsx";
import { bytesOf, saveFile } from "../files/saveFile.ts";
import { beginCapture, withName, withSeen, type WatchedCapture } from "./watchedCapture.ts";

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

/** The live packets of one lab: one capture at a time, which ends when the window looks away. */
export function usePackets(lab: string): PacketTool {
  const client = useClient();
  const onError = useApp((state) => state.notifyError);
  const [capture, setCapture] = useState<WatchedCapture>();
  const [told, setTold] = useState<PacketTool["told"]>();
  const id = capture?.id;
  /** The start whose answer is still wanted: the window may look away, or elsewhere, before it comes. */
  const wanted = useRef<object>(undefined);
  const isOver = capture === undefined || capture.ended !== undefined;
  useEffect(() => client.on("packets.seen", (seen) => {
    if (seen.lab === lab) setCapture((before) => before && withSeen(before, seen));
  }), [client, lab]);
  useEffect(() => () => {
    wanted.current = undefined;
  }, []);
  useEffect(() => () => {
    if (id !== undefined) void client.call("packets.stop", { capture: id }).catch(() => undefined);
  }, [client, id]);

  return {
    capture, told,
    start: useCallback((node) => {
      const started = {};
      wanted.current = started;
      setTold(undefined);
      setCapture(beginCapture(node));
      client.call("packets.start", { lab, node }).then(
        (begun) => {
          if (wanted.current === started) setCapture((now) => now && withName(now, begun));
          else void client.call("packets.stop", { capture: begun.capture }).catch(() => undefined);
        },
        (error: unknown) => {
          if (wanted.current === started) setCapture(undefined);
          onError(error);
        },
      );
    }, [client, lab, onError]),
    stop: useCallback(() => {
      if (id !== undefined && !isOver) void client.call("packets.stop", { capture: id }).catch(onError);
    }, [client, id, isOver, onError]),
    close: useCallback(() => {
      wanted.current = undefined;
      setCapture(undefined);
    }, []),
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
