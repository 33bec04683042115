import { useCallback } from "react";
import type { Tunnel } from "../../playground/model/tunnel.ts";
import { useClient } from "../state/stores.tsx";
import { useLookedUp } from "../state/useLookedUp.ts";

const none: readonly Tunnel[] = [];

/** The tunnels of a lab that runs, looked up again and again while the page is visible. */
export function useTunnels(lab: string): readonly Tunnel[] {
  const client = useClient();
  const look = useCallback(async (): Promise<readonly Tunnel[]> => (await client.call("tunnels.get", { lab })).tunnels, [client, lab]);
  return useLookedUp(lab, true, none, look);
}
