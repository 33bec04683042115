import { useCallback, useEffect, useMemo, useState } from "react";
import type { NodeState, Topology } from "../../playground/model/topology.ts";
import { useClient, useLab } from "../state/stores.tsx";

export interface TopologyData {
  readonly topology: Topology | undefined;
  readonly error: unknown;
  /** Ids that the last change brought, for a moment: the eye should see what changed. */
  readonly fresh: ReadonlySet<string>;
  readonly states: ReadonlyMap<string, NodeState>;
  reload(): void;
}

const freshMilliseconds = 1600;
const nothing: ReadonlySet<string> = new Set();

/** The picture of a lab, read again whenever the engine says that it changed, with the live state of its nodes. */
export function useTopology(lab: string): TopologyData {
  const client = useClient();
  const version = useLab(lab, (state) => state.topologyVersion);
  const nodes = useLab(lab, (state) => state.status?.nodes);
  const phase = useLab(lab, (state) => state.status?.phase);
  const [topology, setTopology] = useState<Topology>();
  const [error, setError] = useState<unknown>();
  const [fresh, setFresh] = useState<ReadonlySet<string>>(nothing);
  const [attempt, setAttempt] = useState(0);
  const isRunning = phase === "running";
  useEffect(() => {
    let isCurrent = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    client
      .call("topology.get", { lab })
      .then((next) => {
        if (!isCurrent) return;
        setError(undefined);
        setTopology((before) => {
          const known = new Set([...(before?.nodes ?? []), ...(before?.boxes ?? []), ...(before?.edges ?? [])].map((element) => element.id));
          const added = before === undefined ? nothing : new Set([...next.nodes, ...next.boxes].map((element) => element.id).filter((id) => !known.has(id)));
          setFresh(added);
          return next;
        });
        timer = setTimeout(() => setFresh(nothing), freshMilliseconds);
      })
      .catch((reason: unknown) => isCurrent && setError(reason));
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [client, lab, version, attempt, isRunning]);
  const states = useMemo(() => new Map((nodes ?? []).map((node) => [node.name, node.state])), [nodes]);
  const reload = useCallback(() => setAttempt((count) => count + 1), []);
  return { topology, error, fresh, states, reload };
}
