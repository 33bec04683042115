import type { z } from "zod";

/** One method of the contract: the schema of what a caller passes, and that of what it is answered. */
export const method = <Params extends z.ZodType, Result extends z.ZodType>(params: Params, result: Result) => ({ params, result });
