import type { Writable } from "node:stream";
import type { Language, Localized } from "../model/lab.ts";

/** Where a command writes, in which language, and what its reader can see. */
export interface Console {
  readonly language: Language;
  readonly colors: boolean;
  /** Standard error is a terminal: progress may overwrite its own line. */
  readonly interactive: boolean;
  /** Result, on standard output. Ends the line. */
  print(text: string): void;
  /** One JSON document on standard output. */
  printJson(value: unknown): void;
  /** Progress, remarks and errors, on standard error. Ends the line. */
  note(text: string): void;
  /** Text without an end of line on standard error, for progress on a terminal. */
  noteInPlace(text: string): void;
  text(texts: Localized): string;
  paint(color: Color, text: string): string;
}

const codes = { bold: "1", dim: "2", red: "31", green: "32", yellow: "33", blue: "34", cyan: "36" } as const;
export type Color = keyof typeof codes;

export interface ConsoleOptions {
  readonly language: Language;
  readonly environment: NodeJS.ProcessEnv;
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable & { readonly isTTY?: boolean };
}

/** NO_COLOR and FORCE_COLOR are respected, else colours go to terminals only. */
export function createConsole({ language, environment, stdout, stderr }: ConsoleOptions): Console {
  const wished = environment["FORCE_COLOR"] !== undefined && environment["FORCE_COLOR"] !== "0";
  const colors = !environment["NO_COLOR"] && environment["TERM"] !== "dumb" && (wished || stdout.isTTY === true);
  return {
    language,
    colors,
    interactive: stderr.isTTY === true && environment["TERM"] !== "dumb",
    print: (text) => void stdout.write(`${text}\n`),
    printJson: (value) => void stdout.write(`${JSON.stringify(value, null, 2)}\n`),
    note: (text) => void stderr.write(`${text}\n`),
    noteInPlace: (text) => void stderr.write(text),
    text: (texts) => texts[language],
    paint: (color, text) => (colors ? `\u001b[${codes[color]}m${text}\u001b[0m` : text),
  };
}

/** The language of the texts: `--language`, REMPART_LANGUAGE, then the locale; English where it is neither. */
export function chooseLanguage(argumentsGiven: readonly string[], environment: NodeJS.ProcessEnv): Language {
  const position = argumentsGiven.indexOf("--language");
  const asked = position >= 0 ? argumentsGiven[position + 1] : argumentsGiven.find((argument) => argument.startsWith("--language="))?.slice("--language=".length);
  const found = asked ?? environment["REMPART_LANGUAGE"] ?? (environment["LC_ALL"] || environment["LC_MESSAGES"] || environment["LANG"] || "");
  return found.toLowerCase().startsWith("fr") ? "fr" : "en";
}
