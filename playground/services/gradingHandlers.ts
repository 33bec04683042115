import type { Caller, Handlers } from "../contract/contract.ts";
import { filledTables } from "./comparisons.ts";
import type { GradingService } from "./gradingService.ts";
import type { LabRegistry } from "./labRegistry.ts";
import type { LabService } from "./labService.ts";

type Served = "comparisons.get" | "checks.run" | "checks.watch" | "checks.picture" | "steps.hint" | "steps.answer" | "steps.solve";

/** Checks, steps and the tables that checks fill, behind the contract. A window that goes away stops watching. */
export function gradingHandlers(parts: { registry: LabRegistry; labs: LabService; grading: GradingService }): Pick<Handlers, Served> {
  const { registry, labs, grading } = parts;
  const watching = new Map<string, Set<string>>();

  const watch = async (lab: string, caller: Caller, on: boolean): Promise<void> => {
    const mine = watching.get(caller.id) ?? new Set<string>();
    if (!watching.has(caller.id)) {
      watching.set(caller.id, mine);
      caller.signal.addEventListener("abort", () => {
        watching.delete(caller.id);
        for (const watched of mine) void labs.lab(watched).then((running) => grading.watch(running, false)).catch(() => undefined);
      });
    }
    if (mine.has(lab) === on) return;
    if (on) mine.add(lab);
    else mine.delete(lab);
    await grading.watch(await labs.lab(lab), on);
  };

  return {
    "comparisons.get": async ({ lab }) => ({ tables: await filledTables(await registry.get(lab), await registry.list(), grading) }),
    "checks.run": async ({ lab, ids }, caller) => {
      const running = await labs.lab(lab);
      // Nothing to judge: say so rather than fail every check.
      running.cloud();
      return { checks: await grading.run(running, ids, { signal: caller.signal }) };
    },
    "checks.watch": async ({ lab, on }, caller) => {
      await watch(lab, caller, on);
      return {};
    },
    "checks.picture": async ({ lab, check }) => {
      const { png, digest } = await grading.picture(await registry.get(lab), check);
      return { png: Buffer.from(png).toString("base64"), digest };
    },
    "steps.hint": async ({ lab, step }) => ({ hints: await grading.hint(await registry.get(lab), step) }),
    "steps.answer": async ({ lab, question, answer }) => {
      await grading.answer(await registry.get(lab), question, answer);
      return {};
    },
    "steps.solve": async ({ lab, step }) => {
      await grading.solve(await labs.lab(lab), step);
      return {};
    },
  };
}
