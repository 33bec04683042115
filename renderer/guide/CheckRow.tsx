import { Check, CircleDashed, CirclePause, LoaderCircle, X } from "lucide-react";
import { Fragment } from "react";
import type { CheckObservation, LabDetail } from "../../playground/contract/contract.ts";
import { formatDuration } from "../i18n/formatDuration.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { CheckPicture } from "./CheckPicture.tsx";
import { WhyNotButton } from "./WhyNotButton.tsx";

const icons = { passed: Check, failed: X, unknown: CircleDashed, running: LoaderCircle, blocked: CirclePause } as const;
type StepCheck = LabDetail["steps"][number]["checks"][number];

/** One check: an icon and a word, what was observed, the picture it took, and the command with its answer on demand. */
export function CheckRow({ lab, check, observation }: { lab: string; check: StepCheck; observation: CheckObservation | undefined }) {
  const { t, localized, number, language } = useTranslate();
  const state = observation?.state ?? "unknown";
  const Icon = icons[state];
  const time = observation?.at ? new Date(observation.at) : undefined;
  const took = observation && observation.milliseconds > 0 ? formatDuration(observation.milliseconds, { t, number }) : undefined;
  return (
    <li className={`check ${state}`} data-check={check.id} data-state={state}>
      <Icon size={16} aria-hidden className={state === "running" ? "spin" : undefined} />
      <div className="check-body">
        <span className="check-title">{localized(check.title)}</span>
        <span className="check-state">{t(`guide.check.${state}`)}</span>
        {observation?.summary ? <span className="check-seen">{localized(observation.summary)}</span> : null}
        {state === "blocked" && !observation?.summary ? <span className="check-seen">{t("guide.check.blockedWhy")}</span> : null}
        {state === "failed" && check.why ? (
          <span className="check-why">
            <strong>{t("guide.check.why")}</strong> {localized(check.why)}
          </span>
        ) : null}
        {state === "failed" ? <WhyNotButton lab={lab} from={check.from} command={observation?.command ?? ""} /> : null}
        {observation?.picture ? <CheckPicture lab={lab} check={check.id} picture={observation.picture} at={time} /> : null}
        {observation && (observation.command !== "" || observation.output !== "") ? (
          <details>
            <summary>
              {/* Each part whole on one line: in a narrow guide they wrap between parts. */}
              {[t("guide.check.output"), check.from ? t("guide.check.from", { node: check.from }) : undefined, took, time?.toLocaleTimeString(language === "fr" ? "fr-FR" : "en-GB")].map((part, index) => (part === undefined ? null : <Fragment key={index}><span className="check-part">{part}</span> </Fragment>))}
            </summary>
            <pre className="scroll" tabIndex={0}>
              {observation.command ? <span className="check-command">$ {observation.command}</span> : null}
              {observation.output.trim() === "" ? t("guide.check.noOutput") : observation.output}
            </pre>
          </details>
        ) : null}
      </div>
    </li>
  );
}
