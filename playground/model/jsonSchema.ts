import { z } from "zod";
import { labSchema } from "./lab.ts";
import { networkSchema } from "./network.ts";

/** JSON Schema of what a file may hold, for editors: defaults may be left out. Rules beyond the schema are for `validateLab`. */
function inputSchema(schema: z.ZodType, title: string): Record<string, unknown> {
  return { ...z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }), title };
}

/** JSON Schema (draft 2020-12) of `network.yml`. */
export function networkJsonSchema(): Record<string, unknown> {
  return inputSchema(networkSchema, "network.yml");
}

/** JSON Schema (draft 2020-12) of `lab.yml`. */
export function labJsonSchema(): Record<string, unknown> {
  return inputSchema(labSchema, "lab.yml");
}
