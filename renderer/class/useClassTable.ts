import { useCallback, useEffect, useState } from "react";
import type { ClassTable } from "../../playground/contract/classTable.ts";
import { useApp, useClient } from "../state/stores.tsx";

export interface ClassTableState {
  readonly table: ClassTable | undefined;
  readonly isLoading: boolean;
  readonly isGrading: boolean;
  readonly progress: { readonly done: number; readonly total: number } | undefined;
  grade(folder: string, hidden: readonly string[]): void;
}

/** The class table: the one that was graded last, and how a new one comes about. */
export function useClassTable(): ClassTableState {
  const client = useClient();
  const notifyError = useApp((state) => state.notifyError);
  const [table, setTable] = useState<ClassTable>();
  const [isLoading, setLoading] = useState(true);
  const [isGrading, setGrading] = useState(false);
  const [progress, setProgress] = useState<{ done: number; total: number }>();

  useEffect(() => {
    let isHere = true;
    client
      .call("class.last", {})
      .then((last) => isHere && setTable((known) => known ?? last.table))
      .catch((error: unknown) => isHere && notifyError(error))
      .finally(() => isHere && setLoading(false));
    const stop = client.on("progress", ({ task, done, total }) => {
      if (task === "class") setProgress({ done, total });
    });
    return () => {
      isHere = false;
      stop();
    };
  }, [client, notifyError]);

  const grade = useCallback(
    (folder: string, hidden: readonly string[]) => {
      setGrading(true);
      setProgress(undefined);
      client
        .call("class.grade", { folder, hidden: [...hidden] })
        .then(setTable)
        .catch(notifyError)
        .finally(() => setGrading(false));
    },
    [client, notifyError],
  );
  return { table, isLoading, isGrading, progress, grade };
}
