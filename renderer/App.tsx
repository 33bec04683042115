import { lazy, Suspense, useEffect } from "react";
import { ClassScreen } from "./class/ClassScreen.tsx";
import { ConnectionBanner } from "./components/ConnectionBanner.tsx";
import { Notices } from "./components/Notices.tsx";
import { HelpDialog } from "./help/HelpDialog.tsx";
import { useGlobalKeys } from "./help/useGlobalKeys.ts";
import { languageFromLocale, LanguageProvider } from "./i18n/translate.tsx";
import { LabScreen } from "./lab/LabScreen.tsx";
import { LibraryScreen } from "./library/LibraryScreen.tsx";
import { ReportScreen } from "./report/ReportScreen.tsx";
import { SettingsScreen } from "./settings/SettingsScreen.tsx";
import { SetupScreen } from "./setup/SetupScreen.tsx";
import { onReturn } from "./state/connection.ts";
import { useApp, useStores } from "./state/stores.tsx";
import { useTheme } from "./theme/useTheme.ts";
import "./components/components.css";
import "./App.css";

// Whoever learns never makes a lab: its forms and editor wait until somebody does.
const StudioListScreen = lazy(() => import("./studio/StudioListScreen.tsx").then((module) => ({ default: module.StudioListScreen })));
const StudioScreen = lazy(() => import("./studio/StudioScreen.tsx").then((module) => ({ default: module.StudioScreen })));

/** The window: one screen at a time, with messages and help above it. */
export function App() {
  const settings = useApp((state) => state.settings);
  const language = settings?.language ?? languageFromLocale(navigator.languages);
  useTheme(settings, language);
  return (
    <LanguageProvider language={language}>
      <Window />
    </LanguageProvider>
  );
}

function Window() {
  const route = useApp((state) => state.route);
  const helpOpen = useApp((state) => state.helpOpen);
  const setHelpOpen = useApp((state) => state.setHelpOpen);
  useFirstLook();
  useGlobalKeys();
  return (
    <div className="window">
      <ConnectionBanner />
      {route.screen === "library" ? <LibraryScreen /> : null}
      {route.screen === "lab" ? <LabScreen key={route.lab} lab={route.lab} /> : null}
      {route.screen === "studio" ? (
        <Suspense fallback={null}>{route.lab === undefined ? <StudioListScreen /> : <StudioScreen key={route.lab} lab={route.lab} />}</Suspense>
      ) : null}
      {route.screen === "report" ? <ReportScreen key={route.lab} lab={route.lab} /> : null}
      {route.screen === "setup" ? <SetupScreen /> : null}
      {route.screen === "settings" ? <SettingsScreen /> : null}
      {route.screen === "class" ? <ClassScreen /> : null}
      <Notices />
      {helpOpen ? <HelpDialog onClose={() => setHelpOpen(false)} /> : null}
    </div>
  );
}

/** Loads what every screen needs, and again after each reconnection. A machine that is not ready opens the set-up, once. */
function useFirstLook(): void {
  const { app, labs, client } = useStores();
  useEffect(() => {
    let isFirst = true;
    const look = async () => {
      const [info] = await Promise.all([app.getState().loadSystem(), labs.getState().load()]);
      if (isFirst && info && !info.ready) app.getState().go({ screen: "setup" });
      isFirst = false;
    };
    void look();
    return onReturn(client, () => void look());
  }, [app, labs, client]);
}
