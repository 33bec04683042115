import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { root } from "./checkout.mjs";
import { french, say } from "./texts.mjs";

/**
 * Prepares Docker and the images, step by step on the terminal. Resolves with whether labs can run here; what is missing is
 * then printed, and is shown in the window as well.
 * @param {import("./steps.mjs").Steps} steps
 * @returns {Promise<boolean>}
 */
export async function prepareMachine(steps) {
  const child = spawn(process.execPath, ["--import", "tsx", join(root, "playground", "setup", "prepare.ts")], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.once("close", resolve));
  /** @type {{ id: string, detail: (line: string) => void, finish: (ok: boolean) => void, work: Promise<void> } | undefined} */
  let current;
  let diagnostics = [];
  const language = french ? "fr" : "en";
  for await (const line of createInterface({ input: child.stdout })) {
    const message = JSON.parse(line);
    if (message.diagnostics) {
      diagnostics = message.diagnostics;
      continue;
    }
    if (message.state === "running" && current?.id !== message.step) {
      let finish = () => undefined;
      let report = () => undefined;
      const work = steps
        .run(message.label[language], (detail) => {
          report = detail;
          return new Promise((resolve, reject) => (finish = (ok) => (ok ? resolve() : reject(new Error("failed")))));
        })
        .catch(() => undefined);
      current = { id: message.step, detail: (text) => report(text), finish: (ok) => finish(ok), work };
    }
    if (message.state === "running") {
      if (message.detail) current?.detail(message.detail);
      continue;
    }
    if (current?.id === message.step) {
      current.finish(message.state === "done");
      await current.work;
      current = undefined;
    }
    if (message.state === "failed" && message.detail) steps.note(`  ${message.detail.replaceAll("\n", "\n  ")}`);
  }
  await ended;
  const missing = diagnostics.filter((one) => one.needed && one.state !== "ok");
  if (missing.length > 0) steps.note(say("Il manque encore, pour lancer un lab :", "Still missing before a lab can run:"));
  for (const one of missing) {
    const advice = one.advice ? `\n    → ${one.advice[language]}` : "";
    steps.note(`  ✗ ${one.title[language]} : ${one.detail[language]}${advice}`);
  }
  return diagnostics.length > 0 && missing.length === 0;
}
