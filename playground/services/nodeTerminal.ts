import { StringDecoder } from "node:string_decoder";
import type { ContainerEngine, TerminalSize } from "../engine/containerEngine.ts";
import type { PseudoTerminal } from "./pseudoTerminal.ts";

const environment = { TERM: "xterm-256color", COLORTERM: "truecolor", LANG: "C.UTF-8" };

/** How long after the death of a shell the engine may still call a machine running that died with it. */
const deathMilliseconds = 500;

/** The login shell of the user `ops` in a node's container. Throws what the engine throws. */
export function openNodeTerminal(engine: ContainerEngine, container: string, size: TerminalSize): Promise<PseudoTerminal> {
  return openTerminal(engine, container, ["bash", "-l"], { user: "ops", workingDirectory: "/home/ops" }, size);
}

/** A shell of the administrator in a cluster's node, which has no other user; kubectl works in a control plane. Throws what the engine throws. */
export function openClusterNodeTerminal(engine: ContainerEngine, container: string, size: TerminalSize): Promise<PseudoTerminal> {
  return openTerminal(engine, container, ["bash", "-l"], { user: "root", workingDirectory: "/root" }, size);
}

/** A command on a terminal of its own in a container. Throws what the engine throws. */
export async function openTerminal(engine: ContainerEngine, container: string, command: readonly string[], options: { readonly user: string; readonly workingDirectory?: string }, size: TerminalSize): Promise<PseudoTerminal> {
  const runOf = async (): Promise<string | undefined> => {
    const state = await engine.inspectContainer(container).catch(() => undefined);
    return state?.state === "running" ? state.startedAt : undefined;
  };
  const [terminal, run] = await Promise.all([engine.execTerminal(container, command, { ...options, environment, ...size }), runOf()]);
  const { stream } = terminal;
  // A read may end in the middle of a character; its rest comes with the next.
  const decoder = new StringDecoder("utf8");

  /** Why it ended: a shell that was left, or a node that stopped; one that runs again already has started anew since. */
  const reasonOf = async (exitCode: number): Promise<string> => {
    let runNow = await runOf();
    // Whatever kills a machine kills its shells first: a moment later it shows whether the shell alone was meant.
    if (exitCode > 128 && runNow !== undefined) {
      await new Promise((resolve) => setTimeout(resolve, deathMilliseconds));
      runNow = await runOf();
    }
    if (runNow === undefined || (run !== undefined && run !== runNow)) return "node-stopped";
    return exitCode < 0 ? "disconnected" : `exit:${exitCode}`;
  };

  return {
    onData(listener) {
      stream.on("data", (chunk: Buffer) => {
        const text = decoder.write(chunk);
        if (text !== "") listener(text);
      });
    },
    onExit(listener) {
      void terminal.ended.then(reasonOf, () => "disconnected").then(listener);
    },
    write(text) {
      if (stream.writable) stream.write(text);
    },
    resize(next) {
      // Fails only when the shell is over, which is reported by itself.
      terminal.resize(next).catch(() => undefined);
    },
    pause: () => void stream.pause(),
    resume: () => void stream.resume(),
    close: () => terminal.close(),
  };
}
