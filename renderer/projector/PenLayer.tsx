import { useRef, type PointerEvent } from "react";
import type { Point } from "../../playground/picture/layoutTypes.ts";
import type { StageView } from "../topology/fittedView.ts";

/** A line of the pen, in units of the picture: it stays where it was drawn when the picture is moved. */
export type Stroke = readonly Point[];

/** Points closer than this, in CSS pixels, are one. */
const leastDistance = 3;

interface PenLayerProps {
  readonly view: StageView;
  readonly strokes: readonly Stroke[];
  /** The pen is in the hand: the mouse draws. */
  readonly isOn: boolean;
  onChange(strokes: readonly Stroke[]): void;
}

/** What was drawn by hand over the picture. */
export function PenLayer({ view, strokes, isOn, onChange }: PenLayerProps) {
  const isDown = useRef(false);
  const { pan, zoom } = view;
  const pointOf = (event: PointerEvent<SVGSVGElement>): Point => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return { x: (event.clientX - left - pan.x) / zoom, y: (event.clientY - top - pan.y) / zoom };
  };
  const lift = () => (isDown.current = false);
  return (
    <svg
      className={`projector-pen${isOn ? " on" : ""}`} aria-hidden="true"
      onPointerDown={(event) => {
        if (!isOn || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        isDown.current = true;
        onChange([...strokes, [pointOf(event)]]);
      }}
      onPointerMove={(event) => {
        const stroke = strokes.at(-1);
        const last = stroke?.at(-1);
        if (!isDown.current || stroke === undefined || last === undefined) return;
        const point = pointOf(event);
        if (Math.hypot(point.x - last.x, point.y - last.y) * zoom >= leastDistance) onChange([...strokes.slice(0, -1), [...stroke, point]]);
      }}
      onPointerUp={lift}
      onPointerCancel={lift}
    >
      <g transform={`translate(${pan.x} ${pan.y}) scale(${zoom})`}>
        {strokes.map((stroke, index) => <path key={index} d={strokePath(stroke)} />)}
      </g>
    </svg>
  );
}

/** A dot where the pen was only set down. */
const strokePath = (stroke: Stroke): string => `M${stroke.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}${stroke.length === 1 ? "h0.1" : ""}`;

/** A ring round something, as the keyboard draws it. */
export function ringAround({ x, y, width, height }: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }): Stroke {
  const points = 48;
  return Array.from({ length: points + 1 }, (_, index) => {
    const angle = (index / points) * 2 * Math.PI - Math.PI / 2;
    return { x: x + width / 2 + (width / 2 + 8) * Math.cos(angle), y: y + height / 2 + (height / 2 + 8) * Math.sin(angle) };
  });
}
