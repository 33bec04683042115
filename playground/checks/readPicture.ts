import type { LabRuntime } from "../services/labRuntime.ts";
import { execInNode } from "./execInNode.ts";
import { parsePicture, pictureLimit, type Picture } from "./pngPicture.ts";

const seconds = 5;

/** The picture that a command left in a node; undefined when there is none, or when it is none that may be shown. */
export async function readPicture(runtime: LabRuntime, node: string, file: string): Promise<Picture | undefined> {
  // One byte more than the limit, so that a file that is too large is seen to be.
  const line = `head -c ${pictureLimit + 1} -- "$1" | base64 -w 0`;
  const result = await execInNode(runtime, node, ["bash", "-c", `test -f "$1" && ${line}`, "picture", file], seconds);
  return result.exitCode === 0 ? parsePicture(Buffer.from(result.stdout, "base64")) : undefined;
}
