import type { Point, Rectangle } from "../../playground/picture/layoutTypes.ts";

/** Radius of the light that follows the mouse, in CSS pixels. */
const radius = 150;

interface SpotlightProps {
  readonly width: number;
  readonly height: number;
  /** What stays bright, in CSS pixels on the stage; absent: a circle round the mouse. */
  readonly around: Rectangle | undefined;
  readonly pointer: Point | undefined;
}

/** Darkens the picture but for one thing, or for where the mouse is. */
export function Spotlight({ width, height, around, pointer }: SpotlightProps) {
  const hole = around === undefined ? circle(pointer ?? { x: width / 2, y: height / 2 }) : rounded(around);
  return (
    <svg className="projector-spotlight" width={width} height={height} aria-hidden="true">
      <path fillRule="evenodd" d={`M0 0H${width}V${height}H0Z${hole}`} />
    </svg>
  );
}

const circle = ({ x, y }: Point): string => `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0Z`;

function rounded({ x, y, width, height }: Rectangle): string {
  const corner = Math.min(18, width / 2, height / 2);
  return `M${x + corner} ${y}h${width - 2 * corner}a${corner} ${corner} 0 0 1 ${corner} ${corner}v${height - 2 * corner}a${corner} ${corner} 0 0 1 ${-corner} ${corner}h${2 * corner - width}a${corner} ${corner} 0 0 1 ${-corner} ${-corner}v${2 * corner - height}a${corner} ${corner} 0 0 1 ${corner} ${-corner}Z`;
}
