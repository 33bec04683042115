import { Check, CircleAlert, LoaderCircle, X } from "lucide-react";
import { useEffect, useRef, type FormEvent } from "react";
import { reasonText } from "../../playground/model/reasonText.ts";
import type { Topology } from "../../playground/model/topology.ts";
import type { TrafficGroup } from "../../playground/model/trafficGroups.ts";
import { Button } from "../components/Button.tsx";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { describeError } from "../../playground/model/describeError.ts";
import { sentences } from "../../playground/model/sentences.ts";
import { formatDuration } from "../i18n/formatDuration.ts";
import { pathTexts } from "../i18n/pathTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { MeshVerdict } from "./MeshVerdict.tsx";
import { isEnd, PathStepList } from "./PathStepList.tsx";
import type { PathSteps } from "./usePathSteps.ts";
import { questionOf, type PathResult, type PathTool } from "./usePath.ts";

interface PathPanelProps {
  readonly topology: Topology;
  readonly tool: PathTool;
  readonly canProbe: boolean;
  /** Covers addresses in what is said; absent where they are shown. */
  readonly cover?: ((text: string) => string) | undefined;
  /** What the sidecars of the lab's clusters see. */
  readonly groups: readonly TrafficGroup[];
}

/** What was seen of the exchange that is asked about: who calls by the name or the address of its start. */
function meshOf(groups: readonly TrafficGroup[], { question, prediction }: PathResult): readonly TrafficGroup[] {
  const addresses = new Set([question.from, ...prediction.hops.map((hop) => hop.source)]);
  return groups.filter((group) => addresses.has(group.from));
}

/** The question, what the model predicts hop by hop, and beside it what the running system did. */
export function PathPanel({ topology, tool, canProbe, cover = asIs, groups }: PathPanelProps) {
  const { t, language } = useTranslate(canvasTexts);
  const { draft, result } = tool;
  const words = useTranslate(pathTexts);
  const panel = useRef<HTMLElement>(null);
  const { asked } = tool;
  const seen = useRef(asked);
  useEffect(() => {
    if (seen.current === asked) return;
    seen.current = asked;
    panel.current?.focus({ preventScroll: true });
  }, [asked]);
  const failure = tool.failure && describeError(tool.failure, language);
  if (draft === undefined) return null;
  const sources = topology.nodes.filter((node) => node.kind === "instance" || node.kind === "load-balancer" || node.kind === "internet-host" || node.kind === "machine" || node.kind === "cluster-node");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canProbe) tool.probe();
  };
  return (
    <aside
      ref={panel} tabIndex={-1}
      className="inspector scroll path-panel" aria-label={t("path.title")}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        tool.close();
      }}
    >
      <header>
        <h2>{t("path.title")}</h2>
        <Button kind="quiet" size="small" aria-label={t("path.close")} icon={<X size={16} />} onClick={tool.close} />
      </header>
      <form onSubmit={submit}>
        <label className="wide">
          <span>{t("path.from")}</span>
          <select value={draft.from} onChange={(event) => tool.change({ from: event.target.value })}>
            {draft.from === "" ? <option value="">…</option> : null}
            {sources.map((node) => <option key={node.id} value={node.name}>{node.name}</option>)}
          </select>
        </label>
        <label className="wide">
          <span>{t("path.to")}</span>
          <input className="mono" list="path-targets" size={15} spellCheck={false} value={draft.to} placeholder="203.0.113.80" onChange={(event) => tool.change({ to: event.target.value.trim() })} />
          <datalist id="path-targets">
            {sources.filter((node) => node.name !== draft.from && node.address !== undefined).map((node) => <option key={node.id} value={node.name}>{node.address ?? ""}</option>)}
            {topology.nodes.filter((node) => node.kind === "resolver" && node.address !== undefined).map((node) => <option key={node.id} value={node.address}>{node.name}</option>)}
            {topology.nodes.filter((node) => node.publicAddress !== undefined).map((node) => <option key={`${node.id}-public`} value={node.publicAddress}>{node.name}</option>)}
          </datalist>
        </label>
        <label>
          <span>{t("path.protocol")}</span>
          <select value={draft.protocol} onChange={(event) => tool.change({ protocol: event.target.value === "icmp" ? "icmp" : event.target.value === "udp" ? "udp" : "tcp" })}>
            {["tcp", "udp", "icmp"].map((protocol) => <option key={protocol}>{protocol}</option>)}
          </select>
        </label>
        {draft.protocol === "icmp" ? null : (
          <label>
            <span>{t("path.port")}</span>
            <input className="mono" inputMode="numeric" size={5} value={draft.port} onChange={(event) => tool.change({ port: event.target.value.replace(/\D/g, "").slice(0, 5) })} />
          </label>
        )}
        <Button kind="primary" size="small" type="submit" disabled={!canProbe || tool.probing || questionOf(draft) === undefined} icon={tool.probing ? <LoaderCircle size={14} className="spin" /> : undefined}>
          {tool.probing ? t("path.probing") : t("path.probe")}
        </Button>
      </form>
      {draft.from === "" || draft.to === "" ? <p className="muted" role="status">{t(draft.from === "" ? "path.pickFrom" : "path.pickTo")}</p> : null}
      {failure === undefined ? null : <p className="path-failure" role="status">{sentences(failure.message, failure.next)}</p>}
      {canProbe ? null : <p className="muted">{words.t("probe.waits")}</p>}
      {result === undefined ? null : <PathOutcome result={result} steps={tool.steps} cover={cover} mesh={meshOf(groups, result)} />}
    </aside>
  );
}

interface PathOutcomeProps {
  readonly result: PathResult;
  readonly steps: PathSteps;
  readonly cover: (text: string) => string;
  readonly mesh: readonly TrafficGroup[];
}

function PathOutcome({ result, steps, cover, mesh }: PathOutcomeProps) {
  const { t } = useTranslate(pathTexts);
  const { prediction, observation } = result;
  // From there on the cluster decides, and what its sidecars saw is all that is known.
  const entersCluster = prediction.hops.some((hop) => hop.reason === "cluster-decides");
  return (
    <div className="path-outcome" aria-live="polite">
      <PathVerdict result={result} cover={cover} />
      {observation === undefined ? null : (
        <details className="path-probe">
          <summary>{t("probe.details")}</summary>
          <pre className="scroll" tabIndex={0}>$ {cover(observation.command)}{"\n"}{observation.output.trim() === "" ? t("probe.noOutput") : cover(observation.output)}</pre>
        </details>
      )}
      {entersCluster || mesh.some((group) => group.refusals > 0) ? <MeshVerdict groups={mesh} /> : null}
      {prediction.hops.length === 0 ? null : <PathStepList hops={prediction.hops} steps={steps} cover={cover} />}
    </div>
  );
}

const asIs = (text: string): string => text;

/** Prediction beside observation, and whether they agree. */
export function PathVerdict({ result, cover = asIs }: { result: PathResult; cover?: (text: string) => string }) {
  const { t, language } = useTranslate(canvasTexts);
  const windowText = useTranslate();
  const { prediction, observation, agrees, question } = result;
  const lost = prediction.hops.find(isEnd);
  const kind = agrees === false ? "differ" : (observation ?? prediction).verdict === "open" ? "ok" : "bad";
  return (
    <div className={`path-verdict ${kind}`}>
      {agrees === false ? <CircleAlert size={15} aria-hidden="true" /> : kind === "ok" ? <Check size={15} aria-hidden="true" /> : <X size={15} aria-hidden="true" />}
      <div>
        <div>{question.from} → {cover(question.to)}, <span className="together">{question.protocol}{question.port === undefined ? "" : ` ${question.port}`}</span></div>
        <div className="muted">{t("path.predicted", { verdict: t(`path.${prediction.verdict}`) })} {lost === undefined ? null : cover(reasonText(lost, language))}</div>
        {observation === undefined ? null : <div className="muted">{t("path.observed", { verdict: t(`path.${observation.verdict}`), duration: formatDuration(Math.round(observation.milliseconds), windowText) })}</div>}
        {agrees === undefined ? null : <div className={agrees ? "muted" : "finding"}>{t(agrees ? "path.agree" : "path.differ")}</div>}
      </div>
    </div>
  );
}
