/** Placeholder until the canvas is there. */
export function TopologyView({ lab }: { lab: string }) {
  return <div data-lab={lab} />;
}
