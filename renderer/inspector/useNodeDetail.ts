import { useEffect, useState } from "react";
import type { NodeDetail } from "../../playground/contract/contract.ts";
import { useClient, useLab } from "../state/stores.tsx";

/** Detail of a machine as observed; read again when the lab's state or its picture changes. Undefined while unknown. */
export function useNodeDetail(lab: string, node: string | undefined): { detail: NodeDetail | undefined; failed: boolean } {
  const client = useClient();
  const version = useLab(lab, (state) => state.topologyVersion);
  const status = useLab(lab, (state) => state.status?.nodes.find((candidate) => candidate.name === node)?.state);
  const lastApply = useLab(lab, (state) => state.lastApply?.at);
  const file = useLab(lab, (state) => state.file?.revision);
  const [detail, setDetail] = useState<NodeDetail>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (node === undefined) return undefined;
    let isCurrent = true;
    client
      .call("nodes.get", { lab, node })
      .then((next) => {
        if (!isCurrent) return;
        setDetail(next);
        setFailed(false);
      })
      .catch(() => isCurrent && setFailed(true));
    return () => {
      isCurrent = false;
    };
  }, [client, lab, node, version, status, lastApply, file]);
  return { detail, failed };
}
