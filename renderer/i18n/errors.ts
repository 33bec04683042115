import type { ErrorData, Fault } from "../../playground/model/errors.ts";
import { faultText } from "../../playground/model/faultTexts.ts";
import type { Language } from "../../playground/model/lab.ts";
import { engineErrorsInFrench, windowErrors } from "./errorTexts.ts";

export interface ErrorDescription {
  readonly message: string;
  readonly kept: string | undefined;
  readonly next: string | undefined;
  /** The engine's own words with their particulars, where the message is a translation of its code. */
  readonly detail: string | undefined;
  /** The set-up screen is where this is settled. */
  readonly needsSetup: boolean;
}

/** What to say of an error: in the reader's language by its code, with the engine's particulars beneath. */
export function describeError(error: ErrorData, language: Language): ErrorDescription {
  const needsSetup = error.code.startsWith("machine.");
  const ours = windowErrors[error.code];
  if (ours) return { message: ours.message[language], kept: ours.kept?.[language], next: ours.next?.[language], detail: undefined, needsSetup };
  if (language === "en") return { message: error.message, kept: error.kept, next: error.next, detail: undefined, needsSetup };
  const french = engineErrorsInFrench[error.code];
  if (french) return { message: french.message, kept: french.kept, next: french.next, detail: error.message, needsSetup };
  return { message: "L’action a échoué.", kept: undefined, next: undefined, detail: [error.message, error.next].filter(Boolean).join(" · "), needsSetup };
}

/** A fault of a file in the reader's language; one that came without values keeps its own words. */
export function describeFault(fault: Fault, language: Language): { message: string; hint: string | undefined } {
  if (language === "en" || fault.values === undefined) return { message: fault.message, hint: fault.hint };
  const translated = faultText(fault, language);
  return translated.message === fault.code ? { message: fault.message, hint: fault.hint } : translated;
}
