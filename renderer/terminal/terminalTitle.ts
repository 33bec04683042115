import { parsePodTerminal } from "../../playground/model/podTerminal.ts";

/** What a terminal's tab is called: the machine, or the pod and, where it was asked for, the container in it. */
export function terminalTitle(node: string): string {
  const place = parsePodTerminal(node);
  return place === undefined ? node : place.container === undefined ? place.pod : `${place.pod} · ${place.container}`;
}
