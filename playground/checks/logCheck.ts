import { setTimeout as sleep } from "node:timers/promises";
import { type CheckProbe, firstLine } from "./checkKind.ts";
import { execInNode, shellInNode } from "./execInNode.ts";

const readingPeriod = 250;

/**
 * Judges a log file of the node. With a trigger, only what was written after it counts: an old line proves nothing about now.
 */
export const logCheck: CheckProbe<"log"> = async (check, runtime) => {
  const { trigger, file } = check;
  const read = async (fromByte: number): Promise<string> => {
    const result = await execInNode(runtime, check.from, ["tail", "-c", `+${fromByte + 1}`, file], check.timeout_seconds);
    return result.exitCode === 0 ? result.stdout : "";
  };
  let start = 0;
  if (trigger) {
    const size = await execInNode(runtime, check.from, ["stat", "-c", "%s", file], check.timeout_seconds);
    start = size.exitCode === 0 ? Number(size.stdout.trim()) : 0;
    await shellInNode(runtime, trigger.from, runtime.interpolate(trigger.run), check.timeout_seconds);
  }
  const matches = check.expect.matches === undefined ? undefined : new RegExp(runtime.interpolate(check.expect.matches), "m");
  const lacks = check.expect.lacks === undefined ? undefined : new RegExp(runtime.interpolate(check.expect.lacks), "m");

  // What a service writes after its answer takes a moment; without a trigger there is nothing to wait for.
  const end = Date.now() + (trigger ? Math.min(check.timeout_seconds, 2) * 1000 : 0);
  let text = await read(start);
  while (Date.now() < end && matches !== undefined && !matches.test(text)) {
    await sleep(readingPeriod);
    text = await read(start);
  }
  const unwanted = lacks === undefined ? undefined : text.split("\n").find((line) => lacks.test(line));
  const found = matches === undefined ? undefined : text.split("\n").find((line) => matches.test(line));
  const passed = unwanted === undefined && (matches === undefined || matches.test(text));
  const shown = firstLine(unwanted ?? found ?? text.trimEnd().split("\n").at(-1) ?? "");
  const command = trigger ? `${runtime.interpolate(trigger.run)}   # ${trigger.from}\ntail ${file}   # ${check.from}` : `sudo tail ${file}`;
  const summary = shown ? { fr: `journal : « ${shown} »`, en: `log: "${shown}"` } : { fr: "rien de nouveau dans le journal", en: "nothing new in the log" };
  return { passed, command, output: text.split("\n").slice(-20).join("\n"), summary };
};
