import { useCallback, useEffect, useRef, useState } from "react";
import { toErrorData, type ErrorData } from "../../playground/model/errors.ts";
import type { PathObservation, PathPrediction, PathQuestion } from "../../playground/model/path.ts";
import type { TopologyNode } from "../../playground/model/topology.ts";
import { usePathSteps, type PathSteps } from "./usePathSteps.ts";
import { useApp, useClient, useLab } from "../state/stores.tsx";

/** One question with what was predicted and, when it was probed, observed. */
export interface PathResult {
  readonly question: PathQuestion;
  readonly prediction: PathPrediction;
  readonly observation?: PathObservation;
  readonly agrees?: boolean;
}

export interface PathDraft {
  readonly from: string;
  readonly to: string;
  readonly protocol: PathQuestion["protocol"];
  /** As typed; empty for none. */
  readonly port: string;
}

export interface PathTool {
  readonly draft: PathDraft | undefined;
  readonly result: PathResult | undefined;
  readonly probing: boolean;
  /** Why there is no prediction: a name that nobody has, most often one that is still being typed. */
  readonly failure: ErrorData | undefined;
  /** Changes when another part of the window has asked. */
  readonly asked: number;
  /** The packet's way, hop by hop. */
  readonly steps: PathSteps;
  /** Probes of this session, the newest first. */
  readonly probes: readonly PathResult[];
  start(from: string): void;
  ask(question: PathQuestion): void;
  change(patch: Partial<PathDraft>): void;
  probe(): void;
  close(): void;
}

const keptProbes = 20;
const predictDelay = 120;

/** A draft as the contract's question; undefined while something is missing. */
export function questionOf(draft: PathDraft | undefined): PathQuestion | undefined {
  if (draft === undefined || draft.from === "" || draft.to === "") return undefined;
  if (draft.protocol === "icmp") return { from: draft.from, to: draft.to, protocol: "icmp" };
  const port = Number(draft.port);
  if (!Number.isInteger(port) || port < 1 || port > 65535) return undefined;
  return { from: draft.from, to: draft.to, protocol: draft.protocol, port };
}

const draftOf = ({ from, to, protocol, port }: PathQuestion): PathDraft => ({ from, to, protocol, port: port === undefined ? "" : String(port) });

/** The path tool of one lab: predicts while the question is typed, and again when the network changed; probes on demand. */
export function usePath(lab: string): PathTool {
  const client = useClient();
  const onError = useApp((state) => state.notifyError);
  const version = useLab(lab, (state) => state.topologyVersion);
  const [draft, setDraft] = useState<PathDraft>();
  const [answer, setAnswer] = useState<{ key: string; result?: PathResult; failure?: ErrorData }>();
  const [probes, setProbes] = useState<readonly PathResult[]>([]);
  const [probing, setProbing] = useState(false);
  const latest = useRef<string>("");
  const request = useLab(lab, (state) => state.pathRequest);
  const taken = useRef(request?.sequence);
  useEffect(() => {
    if (request === undefined || taken.current === request.sequence) return;
    taken.current = request.sequence;
    setDraft(draftOf(request.question));
  }, [request]);
  const question = questionOf(draft);
  const key = question === undefined ? "" : JSON.stringify(question);

  useEffect(() => {
    latest.current = key;
    if (key === "") return undefined;
    const asked = JSON.parse(key) as PathQuestion;
    const timer = setTimeout(() => {
      client
        .call("path.predict", { lab, question: asked })
        .then((prediction) => latest.current === key && setAnswer({ key, result: { question: asked, prediction } }))
        .catch((error: unknown) => latest.current === key && setAnswer({ key, failure: toErrorData(error) }));
    }, predictDelay);
    return () => clearTimeout(timer);
  }, [client, lab, key, version]);
  const current = answer?.key === key ? answer : undefined;

  const probe = useCallback(() => {
    if (key === "") return;
    const asked = JSON.parse(key) as PathQuestion;
    setProbing(true);
    client
      .call("path.probe", { lab, question: asked })
      .then((answer) => {
        const probed: PathResult = { question: asked, prediction: answer.prediction, observation: answer.observation, ...(answer.agrees === undefined ? {} : { agrees: answer.agrees }) };
        setProbes((before) => [probed, ...before].slice(0, keptProbes));
        if (latest.current === key) setAnswer({ key, result: probed });
      })
      .catch(onError)
      .finally(() => setProbing(false));
  }, [client, lab, key, onError]);

  const steps = usePathSteps(key, current?.result?.prediction.hops.length ?? 0);
  return {
    asked: request?.sequence ?? 0, steps, draft, result: current?.result, failure: current?.failure, probing, probes, probe,
    start: useCallback((from) => setDraft({ from, to: "", protocol: "tcp", port: "80" }), []),
    change: useCallback((patch) => setDraft((before) => (before === undefined ? before : { ...before, ...patch })), []),
    ask: useCallback((asked: PathQuestion) => setDraft(draftOf(asked)), []),
    close: useCallback(() => setDraft(undefined), []),
  };
}

/**
 * Takes a node as an end of the path that is being asked: the first one as its start, the next as its destination.
 * False where the path has both its ends, or is not being asked.
 */
export function takePathEnd(path: Pick<PathTool, "draft" | "change">, node: Pick<TopologyNode, "name" | "services" | "role">): boolean {
  const { draft } = path;
  if (draft === undefined || (draft.from !== "" && draft.to !== "")) return false;
  if (draft.from === "") path.change({ from: node.name });
  else if (node.name !== draft.from) path.change({ to: node.name, ...(draft.protocol === "icmp" ? {} : { port: likelyPort(node.services, node.role) }) });
  return true;
}

/** The port that a target most likely listens on, from its services. */
export function likelyPort(services: readonly string[], role: string): string {
  if (services.includes("app")) return "8080";
  if (services.includes("whoami") || role === "web") return "80";
  if (services.includes("proxy")) return "3128";
  if (services.includes("database")) return "5432";
  if (services.includes("dns") || services.includes("resolver") || role === "resolver") return "53";
  return services.includes("ssh") || role === "bastion" ? "22" : "80";
}
