import type { pathFr } from "./path.fr.ts";

/** English texts of the path explorer. */
export const pathEn: Readonly<Record<keyof typeof pathFr, string>> = {
  whyNot: "Why can’t I?",
  whyNotTitle: "Follow the packet from {from} to {to}, {what}, in the topology",
  whyNotTerminal: "Follow in the topology the last connection tried in this terminal",
  whyNotNothing: "No connection in this terminal: first type, for instance, “curl -m 3 http://203.0.113.80”.",
  "steps.back": "Previous step",
  "steps.forward": "Next step",
  "steps.play": "Let the packet walk",
  "steps.pause": "Stop the packet",
  "steps.whole": "Whole path",
  "steps.position": "Step {index} of {total}",
  "steps.all": "{total} {total|step|steps}",
  "steps.addresses": "From {source} to {destination}",
  "probe.details": "The probe and its answer",
  "probe.waits": "The lab must run for a real packet to be sent.",
  "probe.noOutput": "no answer",
  "mesh.title": "Seen in the mesh",
  "mesh.nothing": "No sidecar has seen this lately: send a request, then look here.",
  "mesh.refused": "Refused {count} {count|time|times} by {policy}.",
  "mesh.refusedUnknown": "Refused {count} {count|time|times}; no rule is named.",
  "mesh.passed": "{count} {count|request|requests} passed.",
  "mesh.errors": "{count} {count|error|errors}.",
  "mesh.from": "Rule: {policy}",
};
