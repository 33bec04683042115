import type { LabState, StageState } from "./labState.ts";

/** The part of a lab's store that says what its topology is asked to be. */
export function stageState(set: (change: (state: LabState) => Partial<LabState>) => void): StageState {
  return {
    isProjecting: false,
    pathRequest: undefined,
    project: (isProjecting) => set(() => ({ isProjecting })),
    askPath: (question) =>
      set((state) => ({
        pathRequest: { question, sequence: (state.pathRequest?.sequence ?? 0) + 1 },
        ...(state.maximised === undefined || state.maximised === "topology" ? {} : { maximised: undefined }),
      })),
  };
}
