import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { config } from "zod";
import "@fontsource-variable/inter/index.css";
import "@fontsource-variable/jetbrains-mono/index.css";
import "./theme/base.css";
import type { RempartClient } from "../playground/contract/contract.ts";
import { createClient } from "../playground/contract/client.ts";
import { App } from "./App.tsx";
import { CrashBoundary } from "./components/CrashBoundary.tsx";
import { ReconnectingClient } from "./state/connection.ts";
import { createStores, StoresProvider } from "./state/stores.tsx";
import { chooseTransport } from "./transports.ts";

// The content security policy forbids code made from strings, which Zod would otherwise try.
config({ jitless: true });

async function chooseClient(): Promise<RempartClient> {
  // The whole branch, with its import, is dropped from production builds.
  if (import.meta.env.DEV && new URLSearchParams(location.search).has("fake")) {
    const { createFakeClient } = await import("./dev/fakeHost.ts");
    return createFakeClient();
  }
  return new ReconnectingClient(chooseTransport(window), createClient);
}

const client = await chooseClient();
const stores = createStores(client, {
  get: () => location.hash,
  set: (hash) => {
    if (location.hash !== hash) location.hash = hash;
  },
});
window.addEventListener("hashchange", () => stores.app.getState().followAddress());

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <CrashBoundary>
        <StoresProvider stores={stores}>
          <App />
        </StoresProvider>
      </CrashBoundary>
    </StrictMode>,
  );
}
