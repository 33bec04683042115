import { WifiOff } from "lucide-react";
import { useStore } from "zustand";
import { useTranslate } from "../i18n/translate.tsx";
import { ReconnectingClient } from "../state/connection.ts";
import { useClient } from "../state/stores.tsx";
import { Button } from "./Button.tsx";

/** Shown while the engine is out of reach; it goes by itself when the connection is back. */
export function ConnectionBanner() {
  const client = useClient();
  return client instanceof ReconnectingClient ? <Banner client={client} /> : null;
}

function Banner({ client }: { client: ReconnectingClient }) {
  const { t } = useTranslate();
  const { connection, attempt } = useStore(client.state);
  if (connection !== "lost") return null;
  return (
    <div className="banner" role="alert">
      <WifiOff size={16} aria-hidden />
      <span className="grow">
        <strong>{t("connection.lost")}</strong> {t("connection.kept", { attempt })}
      </span>
      <Button size="small" onClick={() => client.retry()}>
        {t("connection.retry")}
      </Button>
    </div>
  );
}
