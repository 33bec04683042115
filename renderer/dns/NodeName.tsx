import type { DnsParty } from "../../playground/model/dnsView.ts";
import type { Topology } from "../../playground/model/topology.ts";
import { glyphFor } from "../../playground/picture/glyphs.ts";
import { partyName } from "./questionWords.ts";

/** A machine with its glyph, or an address that no machine of the lab has. */
export function NodeName({ party, topology }: { party: DnsParty; topology: Topology | undefined }) {
  const node = topology?.nodes.find((candidate) => candidate.name === party.node);
  return (
    <span className="dns-node" title={party.address}>
      {node === undefined ? null : <svg width="15" height="15" viewBox="0 0 24 24" aria-hidden="true"><path d={glyphFor(node.kind, node.role)} /></svg>}
      {party.node === undefined ? <code>{party.address}</code> : partyName(party)}
    </span>
  );
}
