import { useCallback, useEffect, useRef, useState } from "react";
import type { DnsTree } from "../../playground/model/dnsView.ts";
import { useClient } from "../state/stores.tsx";

/** The host asks the servers themselves only when something may have changed. */
const pauseMilliseconds = 2500;

export interface DnsTreeData {
  readonly tree: DnsTree | undefined;
  readonly hasFailed: boolean;
  readonly isAsking: boolean;
  again(): void;
}

/** The delegations as the servers answer now, while somebody sees them. */
export function useDnsTree(lab: string): DnsTreeData {
  const client = useClient();
  const [tree, setTree] = useState<DnsTree>();
  const [hasFailed, setFailed] = useState(false);
  const [isAsking, setAsking] = useState(true);
  const look = useRef<(again: boolean) => Promise<void>>(undefined);
  useEffect(() => {
    let isCurrent = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (again: boolean) => {
      clearTimeout(timer);
      if (document.visibilityState === "visible") {
        if (again) setAsking(true);
        const answer = await client.call("dns.tree", { lab, again }).catch(() => undefined);
        if (!isCurrent) return;
        setAsking(false);
        setFailed(answer === undefined);
        if (answer !== undefined) setTree((known) => (JSON.stringify(known) === JSON.stringify(answer) ? known : answer));
      }
      timer = setTimeout(() => void ask(false), pauseMilliseconds);
    };
    look.current = ask;
    const onVisible = () => document.visibilityState === "visible" && void ask(false);
    void ask(false);
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, [client, lab]);
  return { tree, hasFailed, isAsking, again: useCallback(() => void look.current?.(true), []) };
}
