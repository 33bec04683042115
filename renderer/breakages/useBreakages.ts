import { useCallback, useEffect, useState } from "react";
import type { BreakageState } from "../../playground/contract/breakagesContract.ts";
import { useApp, useClient, useLab } from "../state/stores.tsx";

export interface Breakages {
  /** Undefined until it is known. */
  readonly state: BreakageState | undefined;
  /** Something is being broken or mended. */
  readonly isBusy: boolean;
  /** Runs a change; a failure becomes a notice. The state is read again after it. */
  act(work: () => Promise<unknown>): Promise<void>;
}

/** What is broken on purpose in a lab, followed while somebody looks. */
export function useBreakages(lab: string): Breakages {
  const client = useClient();
  const notifyError = useApp((state) => state.notifyError);
  const phase = useLab(lab, (state) => state.status?.phase);
  const version = useLab(lab, (state) => state.topologyVersion);
  const [state, setState] = useState<BreakageState>();
  const [isBusy, setBusy] = useState(false);
  // What cannot be known now is asked for at the next change; the window tells of a lost engine by itself.
  const read = useCallback(() => client.call("breakages.get", { lab }).then(setState, () => undefined), [client, lab]);
  useEffect(() => void read(), [read, phase, version]);
  useEffect(() => client.on("breakages.changed", (event) => void (event.lab === lab && read())), [client, lab, read]);
  const act = useCallback(
    async (work: () => Promise<unknown>) => {
      setBusy(true);
      try {
        await work();
      } catch (error) {
        notifyError(error);
      }
      await read();
      setBusy(false);
    },
    [notifyError, read],
  );
  return { state, isBusy, act };
}
