import { formatPrefix, parseLoosePrefix, parsePrefix, prefixesOverlap } from "../../model/ip.ts";
import type { DiagnosticCheck } from "../diagnosticCheck.ts";

/** Ranges of private addresses that labs use. */
const labRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

export const addressOverlap: DiagnosticCheck = {
  id: "address-overlap",
  title: { fr: "Adresses de votre réseau et des labs", en: "Addresses of your network and of the labs" },
  applicable: () => true,
  async check({ machine }) {
    const ranges = labRanges.flatMap((text) => parsePrefix(text) ?? []);
    const shared = machine.networks().flatMap(({ interface: name, cidr }) => {
      const prefix = parseLoosePrefix(cidr);
      return prefix !== undefined && ranges.some((range) => prefixesOverlap(range, prefix)) ? [`${formatPrefix(prefix)} (${name})`] : [];
    });
    if (shared.length === 0) return { state: "ok", detail: { fr: "Aucune adresse commune.", en: "No address in common." } };
    const list = shared.join(", ");
    // Said so that nobody looks for a fault there; it is none, because no route leads from a lab to this machine.
    return {
      state: "ok",
      detail: {
        fr: `${list} : des labs utilisent les mêmes adresses. Sans effet : aucune route ne relie un lab à cette machine.`,
        en: `${list}: labs use the same addresses. No effect: no route joins a lab and this machine.`,
      },
    };
  },
};
