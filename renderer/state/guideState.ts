import type { CheckObservation, RempartClient } from "../../playground/contract/contract.ts";
import type { Localized } from "../../playground/model/lab.ts";
import type { LabState } from "./labState.ts";

interface GuideParts {
  readonly client: RempartClient;
  readonly lab: string;
  readonly set: (change: (state: LabState) => Partial<LabState>) => void;
  readonly onError: (error: unknown) => void;
  readonly keepChecks: (checks: readonly CheckObservation[]) => void;
}

/** What a student does in a lab's guide: checks, hints, answers. */
export function guideState({ client, lab, set, onError, keepChecks }: GuideParts): Pick<LabState, "runChecks" | "openHint" | "answer"> {
  return {
    async runChecks(ids) {
      try {
        keepChecks((await client.call("checks.run", { lab, ...(ids ? { ids } : {}) })).checks);
      } catch (error) {
        onError(error);
      }
    },
    async openHint(step) {
      try {
        const { hints } = await client.call("steps.hint", { lab, step });
        set((state) => ({ detail: state.detail && { ...state.detail, steps: state.detail.steps.map((one) => (one.id === step ? { ...one, hints } : one)) } }));
      } catch (error) {
        onError(error);
      }
    },
    async answer(question, text) {
      try {
        await client.call("steps.answer", { lab, question, answer: text });
        const withAnswer = (questions: { id: string; text: Localized; answer: string }[]) => questions.map((one) => (one.id === question ? { ...one, answer: text } : one));
        set((state) => ({ detail: state.detail && { ...state.detail, steps: state.detail.steps.map((step) => ({ ...step, questions: withAnswer(step.questions) })) } }));
      } catch (error) {
        onError(error);
      }
    },
  };
}
