import type { ErrorData, Fault } from "./errors.ts";
import { faultText } from "./faultTexts.ts";
import type { Language } from "./lab.ts";
import { engineErrorsInFrench, windowErrors } from "./errorTexts.ts";
import { sentence } from "./sentences.ts";

export interface ErrorDescription {
  readonly message: string;
  readonly kept: string | undefined;
  readonly next: string | undefined;
  /** The engine's own words with their particulars, where the message is a translation of its code. */
  readonly detail: string | undefined;
  /** The set-up screen is where this is settled. */
  readonly needsSetup: boolean;
}

/** What to say of an error: in the reader's language by its code, with the engine's particulars beneath. Each part is a sentence. */
export function describeError(error: ErrorData, language: Language): ErrorDescription {
  const describe = (message: string, kept: string | undefined, next: string | undefined, detail?: string): ErrorDescription => ({
    message: sentence(message), kept: kept === undefined ? undefined : sentence(kept), next: next === undefined ? undefined : sentence(next), detail,
    needsSetup: error.code.startsWith("machine."),
  });
  const ours = windowErrors[error.code];
  if (ours) return describe(ours.message[language], ours.kept?.[language], ours.next?.[language]);
  const french = language === "fr" ? engineErrorsInFrench[error.code] : undefined;
  // Faults are listed one by one, each in the reader's language: their English summary adds nothing.
  if (french) return describe(french.message, french.kept, french.next, (error.faults ?? []).length > 0 ? undefined : error.message);
  // In English the engine's own words; in French those of a command, which speaks its reader's language by itself.
  return describe(error.message, error.kept, error.next);
}

/** A fault of a file in the reader's language; one that came without values keeps its own words. */
export function describeFault(fault: Fault, language: Language): { message: string; hint: string | undefined } {
  if (language === "en" || fault.values === undefined) return { message: fault.message, hint: fault.hint };
  const translated = faultText(fault, language);
  return translated.message === fault.code ? { message: fault.message, hint: fault.hint } : translated;
}
