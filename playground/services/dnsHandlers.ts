import type { Handlers } from "../contract/contract.ts";
import { namesSeen } from "./dnsNames.ts";
import type { DnsTreeWatch } from "./dnsTreeWatch.ts";
import type { DnsWatch } from "./dnsWatch.ts";
import type { LabService } from "./labService.ts";

/** What happens in a lab's DNS, for whoever looks. */
export function dnsHandlers({ labs, questions, tree }: { labs: LabService; questions: DnsWatch; tree: DnsTreeWatch }): Pick<Handlers, "dns.questions" | "dns.tree" | "dns.names"> {
  return {
    "dns.questions": async ({ lab, epoch, sequence }) => {
      const seen = await questions.questions(await labs.lab(lab), { epoch, sequence });
      return { ...seen, questions: [...seen.questions], servers: [...seen.servers] };
    },
    "dns.tree": async ({ lab, again }) => tree.tree(await labs.lab(lab), again),
    "dns.names": async ({ lab, node, names }) => namesSeen(await labs.lab(lab), node, names),
  };
}
