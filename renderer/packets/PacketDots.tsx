import { useEffect, useRef, useState } from "react";
import type { Packet } from "../../playground/model/packet.ts";
import type { Topology } from "../../playground/model/topology.ts";
import { linePath } from "../../playground/picture/exportSvg.ts";
import type { Layout } from "../../playground/picture/layoutTypes.ts";
import { packetRoute } from "../../playground/picture/packetRoute.ts";
import type { StageView } from "../topology/fittedView.ts";
import { kindOf, kindSigns, type PacketKind } from "./packetKind.ts";

interface Dot {
  readonly key: string;
  readonly path: string;
  readonly kind: PacketKind;
  readonly delay: number;
}

/** Dots on their way at the same time: more is a blur. */
const mostDots = 24;
/** Between two that are told together, so that an answer follows its question. */
const spacing = 110;

interface PacketDotsProps {
  readonly capture: string | undefined;
  readonly packets: readonly Packet[];
  readonly topology: Topology;
  readonly layout: Layout;
  readonly view: StageView;
}

/** The packets of a capture as they pass, each a dot that walks from its source to its destination. */
export function PacketDots({ capture, packets, topology, layout, view }: PacketDotsProps) {
  const [dots, setDots] = useState<readonly Dot[]>([]);
  const drawn = useRef({ capture, number: 0 });
  useEffect(() => {
    if (drawn.current.capture !== capture) drawn.current = { capture, number: 0 };
    const fresh = packets.filter((packet) => packet.number > drawn.current.number);
    const last = fresh.at(-1);
    if (last === undefined) return;
    drawn.current.number = last.number;
    const added = fresh.flatMap((packet): Dot[] => {
      const points = packetRoute(topology, layout, packet.source, packet.destination);
      return points === undefined ? [] : [{ key: `${capture ?? ""} ${packet.number}`, path: linePath(points, 0), kind: kindOf(packet), delay: 0 }];
    }).map((dot, index) => ({ ...dot, delay: index * spacing }));
    setDots((before) => [...before, ...added].slice(-mostDots));
  }, [capture, packets, topology, layout]);
  return (
    <div className="packet-dots" aria-hidden="true" style={{ transform: `translate(${view.pan.x}px, ${view.pan.y}px) scale(${view.zoom})` }}>
      {dots.map((dot) => (
        <span key={dot.key} className={`packet-dot ${dot.kind}`} style={{ offsetPath: `path("${dot.path}")`, animationDelay: `${dot.delay}ms` }} onAnimationEnd={() => setDots((before) => before.filter((one) => one.key !== dot.key))}>{kindSigns[dot.kind]}</span>
      ))}
    </div>
  );
}
