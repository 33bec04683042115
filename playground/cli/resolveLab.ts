import { existsSync, realpathSync } from "node:fs";
import { resolve } from "node:path";
import type { RempartClient } from "../contract/contract.ts";
import { RempartError } from "../model/errors.ts";

/** Is it a folder that the user names, rather than a lab's id? */
export function isFolder(argument: string): boolean {
  return argument.startsWith(".") || argument.includes("/") || argument.includes("\\");
}

/** The id of a lab; a folder is made known first. Throws `input.no-lab-folder` and what `labs.add` throws. */
export async function resolveLab(client: RempartClient, argument: string): Promise<string> {
  if (!isFolder(argument)) return argument;
  const folder = resolve(argument);
  if (!existsSync(folder)) throw new RempartError("input.no-lab-folder", `There is no folder ${folder}.`, { kind: "input" });
  return (await client.call("labs.add", { folder: realpathSync(folder) })).id;
}
