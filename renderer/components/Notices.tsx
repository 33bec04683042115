import { CircleAlert, CircleCheck, X } from "lucide-react";
import { describeError } from "../../playground/model/describeError.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useApp } from "../state/stores.tsx";
import { Button } from "./Button.tsx";

/** Messages in the corner. An error says what happened, what was kept, what to do; it stays until dismissed. */
export function Notices() {
  const { t, language } = useTranslate();
  const notices = useApp((state) => state.notices);
  const dismiss = useApp((state) => state.dismiss);
  const go = useApp((state) => state.go);
  const screen = useApp((state) => state.route.screen);
  return (
    <section className="notices" aria-label={t("common.notices")} aria-live="polite">
      {notices.map((notice) => {
        const error = notice.error && describeError(notice.error, language);
        return (
          <div key={notice.id} className={`notice ${notice.kind}`} role={notice.kind === "error" ? "alert" : "status"} data-code={notice.error?.code}>
            {notice.kind === "error" ? <CircleAlert size={18} aria-hidden /> : <CircleCheck size={18} aria-hidden />}
            <div>
              <p>{error ? error.message : notice.text}</p>
              {error?.detail ? <p className="notice-detail">{error.detail}</p> : null}
              {error && (error.kept || error.next) ? (
                <dl>
                  {error.kept ? (
                    <div>
                      <dt>{t("error.kept")}</dt>
                      <dd>{error.kept}</dd>
                    </div>
                  ) : null}
                  {error.next ? (
                    <div>
                      <dt>{t("error.next")}</dt>
                      <dd>{error.next}</dd>
                    </div>
                  ) : null}
                </dl>
              ) : null}
              {error?.needsSetup && screen !== "setup" ? (
                <Button
                  size="small"
                  onClick={() => {
                    dismiss(notice.id);
                    go({ screen: "setup" });
                  }}
                >
                  {t("error.openSetup")}
                </Button>
              ) : null}
            </div>
            <Button kind="quiet" icon={<X size={16} />} aria-label={t("error.dismiss")} onClick={() => dismiss(notice.id)} />
          </div>
        );
      })}
    </section>
  );
}
