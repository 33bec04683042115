import { spawn } from "node:child_process";
import { root } from "./checkout.mjs";

/**
 * Runs a program in the checkout to its end, its output line by line into `onLine`. Rejects, with the output's end, when
 * it fails.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {(line: string) => void} onLine
 * @param {Record<string, string>} environment
 */
export async function run(program, args, onLine = () => undefined, environment = {}) {
  const result = await attempt(program, args, onLine, environment);
  if (result.code !== 0) throw new Error(`${[program, ...args].join(" ")}: ${result.output.trim().split("\n").slice(-25).join("\n")}`);
  return result.output;
}

/**
 * Like {@link run}, but a failure is a result: its exit code (127 when the program is not there) and its output.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {(line: string) => void} onLine
 * @param {Record<string, string>} environment
 * @returns {Promise<{ code: number, output: string }>}
 */
export function attempt(program, args, onLine = () => undefined, environment = {}) {
  return new Promise((resolve) => {
    const windows = process.platform === "win32" && program === "npm";
    const child = spawn(windows ? "npm.cmd" : program, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...environment }, shell: windows });
    let output = "";
    let rest = "";
    const receive = (data) => {
      output += data;
      const lines = (rest + data).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) if (line.trim() !== "") onLine(line);
    };
    child.stdout.setEncoding("utf8").on("data", receive);
    child.stderr.setEncoding("utf8").on("data", receive);
    child.on("error", (error) => resolve({ code: 127, output: error.message }));
    child.on("close", (code) => {
      if (rest.trim() !== "") onLine(rest);
      resolve({ code: code ?? 1, output });
    });
  });
}
