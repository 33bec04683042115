import { ExternalLink, RotateCcw, Square, X } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Packet } from "../../playground/model/packet.ts";
import type { Topology } from "../../playground/model/topology.ts";
import { nodeAt } from "../../playground/picture/packetRoute.ts";
import { Button } from "../components/Button.tsx";
import { packetTexts } from "../i18n/packetTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { kindOf, kindSigns } from "./packetKind.ts";
import type { PacketTool } from "./usePackets.ts";
import "./packets.css";

/** So close to its end a list counts as scrolled there, in CSS pixels. */
const nearEnd = 40;

interface PacketPanelProps {
  readonly tool: PacketTool;
  readonly topology: Topology;
  /** Covers addresses; absent where they are shown. */
  readonly cover?: ((text: string) => string) | undefined;
}

/** The capture in words: how it stands, and one line for each packet of the sample. */
export function PacketPanel({ tool, topology, cover = asIs }: PacketPanelProps) {
  const { t, number } = useTranslate(packetTexts);
  const list = useRef<HTMLOListElement>(null);
  /** The newest is shown, unless the reader has scrolled up. */
  const follows = useRef(true);
  const { capture, told } = tool;
  const id = capture?.id;
  useEffect(() => {
    follows.current = true;
  }, [id]);
  const last = capture?.packets.at(-1)?.number;
  useEffect(() => {
    if (follows.current && list.current !== null) list.current.scrollTop = list.current.scrollHeight;
  }, [last, told]);
  if (capture === undefined) return null;
  const isOver = capture.ended !== undefined;
  return (
    <aside
      className="inspector packet-panel" aria-label={t("packets.title")}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        tool.close();
      }}
    >
      <header>
        <h2>{t("packets.at", { node: capture.node })}</h2>
        <Button kind="quiet" size="small" aria-label={t("packets.close")} icon={<X size={16} />} onClick={tool.close} />
      </header>
      <p role="status">
        {t("packets.count", { total: number(capture.total), shown: number(capture.shown) })}{" "}
        <span className="muted">{isOver ? t(`ended.${capture.ended ?? "stopped"}`) : t("packets.running", { seconds: capture.seconds })}</span>
      </p>
      <div className="packet-actions">
        {isOver ? <Button size="small" icon={<RotateCcw size={14} />} onClick={() => tool.start(capture.node)}>{t("packets.again")}</Button> : <Button size="small" icon={<Square size={12} />} onClick={tool.stop}>{t("packets.stop")}</Button>}
        <Button size="small" icon={<ExternalLink size={14} />} disabled={capture.id === undefined || capture.total === 0} onClick={tool.open}>{t("packets.wireshark")}</Button>
      </div>
      {told === undefined ? null : <p className="packet-told">{t(told.opened ? "packets.opened" : "packets.saved", { file: told.file })}</p>}
      {capture.packets.length === 0 ? <p className="muted">{t("packets.none")}</p> : (
        <ol ref={list} className="packet-list scroll" tabIndex={0} aria-label={t("packets.list")} onScroll={({ currentTarget: box }) => (follows.current = box.scrollHeight - box.scrollTop - box.clientHeight < nearEnd)}>
          {capture.packets.map((packet) => <PacketRow key={packet.number} packet={packet} topology={topology} cover={cover} />)}
        </ol>
      )}
    </aside>
  );
}

const asIs = (text: string): string => text;

function PacketRow({ packet, topology, cover }: { packet: Packet; topology: Topology; cover: (text: string) => string }) {
  const { number } = useTranslate(packetTexts);
  const kind = kindOf(packet);
  const end = (address: string, port: number | undefined): string => `${nodeAt(topology, address)?.name ?? cover(address)}${port === undefined || port >= 32768 ? "" : `:${port}`}`;
  return (
    <li className={`packet ${kind}`} title={cover(`${packet.source} → ${packet.destination}, ${packet.bytes} B`)}>
      <span className="packet-sign" aria-hidden="true">{kindSigns[kind]}</span>
      <span className="packet-time">{number(packet.at / 1000, 3)} s</span>
      <span className="packet-ends">{end(packet.source, packet.sourcePort)} → {end(packet.destination, packet.destinationPort)}</span>
      <span className="packet-info"><b>{packet.protocol}</b> {cover(packet.info)}</span>
    </li>
  );
}
