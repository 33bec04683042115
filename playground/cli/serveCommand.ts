import { spawn } from "node:child_process";
import { InvalidArgumentError } from "commander";
import type { RempartClient } from "../contract/contract.ts";
import { createHost } from "../host.ts";
import { connectInProcess, startHostServer } from "../hostServer.ts";
import { findRunningHost, requestWindowUrl } from "../rpc/hostFile.ts";
import type { HostAddress } from "../rpc/hostFile.ts";
import { addCommand, run } from "./commandLine.ts";
import type { CommandDefinition, CommandLine } from "./commandLine.ts";
import { connectToHost } from "./connect.ts";
import { printError } from "./printError.ts";
import { reportProgress } from "./progressReporter.ts";
import { resolveLab } from "./resolveLab.ts";

interface ServeOptions {
  readonly json?: boolean;
  readonly port?: number;
  readonly open?: boolean;
  readonly lab?: string;
}

/** `rempart serve`: the host that stays, with its window for a browser. */
export const addServeCommand: CommandDefinition = (program, commandLine) => {
  const { console } = commandLine;
  addCommand(program, commandLine, "serve", { fr: "servir la fenêtre de Rempart pour un navigateur de cette machine", en: "serve Rempart's window for a browser of this machine" }, ["serve --open", "serve --lab 06-vpc-build", "serve --port 8642"])
    .option("--port <number>", console.text({ fr: "port de 127.0.0.1 (au choix sinon)", en: "port of 127.0.0.1 (any free one otherwise)" }), parsePort)
    .option("--open", console.text({ fr: "ouvrir le navigateur", en: "open the browser" }))
    .option("--lab <lab>", console.text({ fr: "démarrer aussi ce lab", en: "start this lab as well" }))
    .action((options: ServeOptions) =>
      run(commandLine, options.json, async () => {
        const running = await findRunningHost(commandLine.paths.state);
        if (running) await joinHost(commandLine, running, options);
        else await serve(commandLine, options);
        return undefined;
      }),
    );
};

/** A host runs already: a new address of its window, and the lab if one is wanted. */
async function joinHost(commandLine: CommandLine, address: HostAddress, options: ServeOptions): Promise<void> {
  const { console } = commandLine;
  const connection = await connectToHost(address);
  try {
    const lab = options.lab === undefined ? undefined : await resolveLab(connection.client, options.lab);
    const url = await requestWindowUrl(address, lab);
    console.note(console.text({ fr: `Rempart tourne déjà (processus ${address.processId}).`, en: `Rempart runs already (process ${address.processId}).` }));
    announce(commandLine, url, address.port, options);
    if (lab !== undefined) await bringUp(commandLine, connection.client, lab);
  } finally {
    await connection.close();
  }
}

async function serve(commandLine: CommandLine, options: ServeOptions): Promise<void> {
  const { console, paths } = commandLine;
  const host = await createHost({ paths, live: true, onInternalError: (error, method) => console.note(`${method}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`) });
  const server = await startHostServer(host, options.port === undefined ? {} : { port: options.port });
  const client = connectInProcess(host);
  const abort = new AbortController();
  const stopped = untilStopped();
  // The window opens even when the machine is not ready: it shows the list of what is missing, and the work on it.
  const stopProgress = reportProgress(console, client, (task) => task === "setup" || task.startsWith("up:"));
  const lab = options.lab === undefined ? undefined : await resolveLab(client, options.lab).catch((error: unknown) => void printError(console, error, false));
  announce(commandLine, server.createWindowUrl(lab), server.port, options);
  const background = host.prepare(abort.signal).then(() => (lab === undefined ? undefined : bringUp(commandLine, client, lab)));
  await stopped;
  abort.abort();
  stopProgress();
  await sayWhatRuns(commandLine, client);
  client.close();
  await server.close();
  await host.dispose();
  // Work under way is abandoned here; the next `up` completes it.
  void background.catch(() => undefined);
}

function announce({ console }: CommandLine, url: string, port: number, options: ServeOptions): void {
  if (options.json) console.print(JSON.stringify({ url, port }));
  else {
    console.print(console.text({ fr: `Rempart est prêt : ${url}`, en: `Rempart is ready: ${url}` }));
    console.note(console.text({ fr: "L’adresse sert une fois, pour ce navigateur. Ctrl-C arrête la fenêtre, pas les labs.", en: "The address works once, for one browser. Ctrl-C stops the window, not the labs." }));
  }
  if (options.open === true) openBrowser(url);
}

async function bringUp({ console }: CommandLine, client: RempartClient, lab: string): Promise<void> {
  try {
    const status = await client.call("labs.up", { lab });
    console.note(console.text({ fr: `${lab} tourne : ${status.nodes.length} machines.`, en: `${lab} runs: ${status.nodes.length} machines.` }));
  } catch (error) {
    printError(console, error, false);
  }
}

/** Ctrl-C leaves labs running; says which, and how to stop them. */
async function sayWhatRuns({ console }: CommandLine, client: RempartClient): Promise<void> {
  const patience = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 2000).unref());
  const found = await Promise.race([client.call("labs.list", {}).catch(() => undefined), patience]);
  const running = found?.labs.filter((lab) => lab.phase !== "stopped").map((lab) => lab.id) ?? [];
  if (running.length === 0) return;
  console.note(
    console.text({
      fr: `\nTournent encore : ${running.join(", ")}. Pour tout arrêter : npx rempart down --all`,
      en: `\nStill running: ${running.join(", ")}. To stop all: npx rempart down --all`,
    }),
  );
}

/** Until Ctrl-C or the end of the session; a second Ctrl-C ends at once. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const stop = (): void => {
      if (asked) process.exit(130);
      asked = true;
      resolve();
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  });
}

function openBrowser(url: string): void {
  const [program, ...first] = process.platform === "darwin" ? ["open"] : process.platform === "win32" ? ["cmd", "/c", "start", ""] : ["xdg-open"];
  const child = spawn(program ?? "xdg-open", [...first, url], { detached: true, stdio: "ignore" });
  // The address is on screen for who has no such program.
  child.on("error", () => undefined);
  child.unref();
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new InvalidArgumentError("0 … 65535");
  return port;
}
