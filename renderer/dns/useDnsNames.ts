import { useEffect, useState } from "react";
import type { DnsNames } from "../../playground/model/dnsView.ts";
import { useClient } from "../state/stores.tsx";

export interface DnsNamesData {
  readonly names: DnsNames | undefined;
  readonly hasFailed: boolean;
  readonly isAsking: boolean;
}

/** What names lead to for a machine, asked once for each machine, further name and wish to ask again; nobody is asked for the empty name. */
export function useDnsNames(lab: string, node: string, further: readonly string[], turn: number): DnsNamesData {
  const client = useClient();
  const key = `${node} ${turn} ${further.join(" ")}`;
  const [answer, setAnswer] = useState<{ key: string; node: string; names?: DnsNames }>();
  useEffect(() => {
    if (node === "") return undefined;
    let isCurrent = true;
    client
      .call("dns.names", { lab, node, names: further.slice() })
      .then((names) => isCurrent && setAnswer({ key, node, names }))
      .catch(() => isCurrent && setAnswer({ key, node }));
    return () => {
      isCurrent = false;
    };
  }, [client, lab, node, further, key]);
  const shown = answer?.node === node ? answer : undefined;
  return { names: node === "" ? undefined : shown?.names, hasFailed: shown !== undefined && shown.names === undefined, isAsking: node !== "" && answer?.key !== key };
}
