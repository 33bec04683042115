/** What a report is made of, before it is HTML or Markdown. Texts are plain: each writer escapes them. */

/** One cell or fact; `mono` for addresses, ids and commands. */
export interface Piece {
  readonly text: string;
  readonly mono?: boolean;
  readonly tone?: Tone;
}
export type Tone = "good" | "bad" | "muted";

export type Block =
  | { readonly kind: "heading"; readonly level: 2 | 3 | 4; readonly text: string; readonly newPage?: boolean }
  | { readonly kind: "paragraph"; readonly text: string; readonly tone?: Tone }
  /** What belongs together stays on one page. */
  | { readonly kind: "group"; readonly blocks: readonly Block[] }
  | { readonly kind: "list"; readonly label: string; readonly items: readonly string[]; readonly tone: Tone }
  | { readonly kind: "facts"; readonly facts: readonly (readonly [name: string, value: Piece])[] }
  | { readonly kind: "figures"; readonly facts: readonly (readonly [name: string, value: string])[] }
  | { readonly kind: "table"; readonly head: readonly string[]; readonly rows: readonly (readonly Piece[])[]; readonly narrow?: readonly number[] }
  | { readonly kind: "check"; readonly check: CheckBlock }
  | { readonly kind: "code"; readonly label: string; readonly text: string }
  | { readonly kind: "drawing"; readonly svg: string; readonly mermaid: string; readonly caption: string }
  | { readonly kind: "answer"; readonly question: string; readonly answer: string; readonly isEmpty: boolean };

/** A check with what was run and seen. */
export interface CheckBlock {
  readonly title: string;
  readonly state: string;
  readonly tone: Tone;
  /** Where from, when, how often it failed before. */
  readonly facts: readonly string[];
  readonly summary: string;
  readonly command: string;
  readonly output: string;
  /** What it showed when it last failed before it passed. */
  readonly failure?: { readonly label: string; readonly summary: string };
  readonly picture?: { readonly png: string; readonly caption: string; readonly width: number };
}

export interface ReportDocument {
  readonly language: "fr" | "en";
  readonly kicker: string;
  readonly title: string;
  readonly subtitle: string;
  readonly front: readonly (readonly [name: string, value: string])[];
  readonly blocks: readonly Block[];
}
