export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}
export function countVitest(report: object): Counts;
export function slowestFiles(report: object, count: number): { readonly name: string; readonly milliseconds: number }[];
export interface Failure {
  readonly test: string;
  readonly reason: string;
}
export function failuresOfVitest(report: object): Failure[];
export function failuresOfPlaywright(report: object): Failure[];
export function countPlaywright(report: object): Counts;
export function judge(code: number, reported: Counts | undefined): Counts;
export function sum(all: readonly Counts[]): Counts;
export function closingLine(counts: Counts): string;
