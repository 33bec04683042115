import type { ErrorData } from "../../playground/model/errors.ts";
import type { Language, Localized } from "../../playground/model/lab.ts";

interface ErrorText {
  readonly message: Localized;
  readonly kept?: Localized;
  readonly next?: Localized;
}

/** Errors that the window itself meets, and the engine's most frequent ones, said in the reader's language. */
const known: Readonly<Record<string, ErrorText>> = {
  "connection.lost": {
    message: { fr: "Le moteur de Rempart ne répond pas.", en: "Rempart's engine does not answer." },
    kept: { fr: "les labs en marche continuent, vos fichiers ne changent pas", en: "running labs go on, your files do not change" },
    next: { fr: "attendez la reconnexion, ou relancez npm start", en: "wait for the reconnection, or run npm start again" },
  },
  "client.disconnected": {
    message: { fr: "La connexion au moteur s’est coupée pendant l’action.", en: "The connection to the engine was lost during the action." },
    kept: { fr: "les labs en marche continuent", en: "running labs go on" },
    next: { fr: "attendez la reconnexion, puis recommencez", en: "wait for the reconnection, then try again" },
  },
  "input.changed-on-disk": {
    message: { fr: "network.yml a changé sur le disque.", en: "network.yml changed on disk." },
    kept: { fr: "les deux versions", en: "both versions" },
    next: { fr: "choisissez laquelle garder", en: "choose which one to keep" },
  },
};

/** What to show for an error: ours by code where we know it, else the engine's own words. */
export function describeError(error: ErrorData, language: Language): { message: string; kept: string | undefined; next: string | undefined } {
  const text = known[error.code];
  return {
    message: text ? text.message[language] : error.message,
    kept: text?.kept?.[language] ?? error.kept,
    next: text?.next?.[language] ?? error.next,
  };
}
