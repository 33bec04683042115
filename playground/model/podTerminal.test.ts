import { expect, it } from "vitest";
import { formatPodTerminal, parsePodTerminal } from "./podTerminal.ts";

it("reads what it writes, with and without a container", () => {
  for (const place of [{ cluster: "lab", namespace: "default", pod: "web-7d9c6b5f4-x2x4z" }, { cluster: "lab", namespace: "default", pod: "web", container: "istio-proxy" }]) expect(parsePodTerminal(formatPodTerminal(place))).toEqual(place);
});

it("takes no machine's name, and nothing that a shell or kubectl could read as something else", () => {
  for (const name of ["laptop", "lab/default", "lab/default/web/app/more", "lab/default/--all", "lab//web", "lab/default/$(id)", "lab/default/web/-it", "lab/../web/x"]) expect(parsePodTerminal(name)).toBeUndefined();
});
