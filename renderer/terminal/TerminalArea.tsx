/** Placeholder until the terminals are there. */
export function TerminalArea({ lab }: { lab: string }) {
  return <div data-lab={lab} />;
}
