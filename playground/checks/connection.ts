import type { Localized } from "../model/lab.ts";

/** How an attempt to connect ended. Silence and refusal are different facts: a filter drops, a closed port refuses. */
export type ConnectionFate = "open" | "refused" | "timeout" | "unreachable" | "unknown-name" | "other";

/** From curl's exit code (7 could not connect, 28 time is up, 6 name not resolved) and what it printed. */
export function fateOfCurl(exitCode: number, errorText: string): ConnectionFate {
  switch (exitCode) {
    case 0:
      return "open";
    case 5:
    case 6:
      return "unknown-name";
    case 7:
      return /refused/i.test(errorText) ? "refused" : /timed out/i.test(errorText) ? "timeout" : /no route|unreachable/i.test(errorText) ? "unreachable" : "refused";
    case 28:
      return "timeout";
    default:
      return "other";
  }
}

/** From ncat's exit code and what it printed. */
export function fateOfNcat(exitCode: number, errorText: string): ConnectionFate {
  if (exitCode === 0) return "open";
  if (/refused/i.test(errorText)) return "refused";
  if (/timeout|timed out/i.test(errorText)) return "timeout";
  if (/no route|unreachable/i.test(errorText)) return "unreachable";
  if (/could not resolve|name or service/i.test(errorText)) return "unknown-name";
  return "other";
}

const words: Readonly<Record<ConnectionFate, (seconds: number) => Localized>> = {
  open: () => ({ fr: "connexion établie", en: "connected" }),
  refused: () => ({ fr: "refusé aussitôt : la machine répond, mais rien n’écoute sur ce port", en: "refused at once: the machine answers, but nothing listens on that port" }),
  timeout: (seconds) => ({ fr: `silence pendant ${seconds} s : paquet jeté, ou chemin sans issue`, en: `silence for ${seconds} s: packet dropped, or no way there` }),
  unreachable: () => ({ fr: "aucun chemin vers cette adresse", en: "no route to that address" }),
  "unknown-name": () => ({ fr: "nom inconnu", en: "unknown name" }),
  other: () => ({ fr: "connexion interrompue", en: "connection broken" }),
};

/** The fate in words. */
export function describeFate(fate: ConnectionFate, seconds: number): Localized {
  return words[fate](seconds);
}
