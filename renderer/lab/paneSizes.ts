import { z } from "zod";

const share = z.number().min(0).max(100);
const panesSchema = z.object({
  columns: z.object({ guide: share, work: share }),
  rows: z.object({ topology: share, terminals: share }),
});
/** Shares of the panes in per cent, by the panels' ids. */
export type Panes = { readonly columns: Record<string, number>; readonly rows: Record<string, number> };

const defaults: Panes = { columns: { guide: 28, work: 72 }, rows: { topology: 65, terminals: 35 } };

/** Remembered sizes; anything that is not a pair of shares is replaced by the defaults. */
export function readPanes(stored: unknown): Panes {
  const parsed = panesSchema.safeParse(stored);
  return parsed.success ? parsed.data : defaults;
}
