import { methods } from "../contract/contract.ts";
import type { Handlers, MethodName } from "../contract/contract.ts";
import { RempartError } from "../model/errors.ts";

/** For tests: handlers in which every method that is not given refuses with `test.not-implemented`. */
export function createTestHandlers(given: Partial<Handlers>): Handlers {
  const refused = Object.fromEntries(
    (Object.keys(methods) as MethodName[]).map((name) => [name, () => Promise.reject(new RempartError("test.not-implemented", name))]),
  );
  // Every key of `methods` is there; Object.fromEntries forgets the names.
  return { ...(refused as unknown as Handlers), ...given };
}
