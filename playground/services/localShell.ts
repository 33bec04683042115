import { existsSync } from "node:fs";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { spawn } from "node-pty";
import type { TerminalSize } from "../engine/containerEngine.ts";
import { RempartError } from "../model/errors.ts";
import type { PseudoTerminal } from "./pseudoTerminal.ts";

/** What a shell on this machine is told about the lab at hand. */
export interface LocalShellOptions {
  /** Where the shell starts: the lab's folder, else the labs' folder. */
  readonly folder: string;
  readonly lab?: string;
  /** The lab's `ssh_config`; `ssh`, `scp` and `sftp` then know the lab's machines by name. */
  readonly sshConfig?: string;
  /** The lab's kubeconfig, where it has clusters: kubectl then knows those, and not the user's own. */
  readonly kubeconfig?: string;
  /** Folder with the commands made by {@link writeShellCommands}; first in PATH. */
  readonly commandsFolder: string;
  readonly environment?: NodeJS.ProcessEnv;
}

/** The user's own shell on a pseudo-terminal of this machine. Throws `machine.no-local-shell`. */
export function openLocalShell(options: LocalShellOptions, size: TerminalSize): PseudoTerminal {
  const inherited = options.environment ?? process.env;
  const shell = process.platform === "win32" ? "powershell.exe" : (inherited["SHELL"] ?? (existsSync("/bin/bash") ? "/bin/bash" : "/bin/sh"));
  try {
    const pty = spawn(shell, [], { name: "xterm-256color", cols: size.columns, rows: size.rows, cwd: options.folder, env: shellEnvironment(options, inherited), encoding: "utf8" });
    let ended = false;
    return {
      onData: (listener) => void pty.onData(listener),
      onExit: (listener) =>
        void pty.onExit(({ exitCode }) => {
          ended = true;
          listener(`exit:${exitCode}`);
        }),
      write: (text) => pty.write(text),
      resize(next) {
        if (!ended) pty.resize(next.columns, next.rows);
      },
      pause: () => pty.pause(),
      resume: () => pty.resume(),
      close() {
        if (!ended) pty.kill();
      },
    };
  } catch (error) {
    throw new RempartError("machine.no-local-shell", `The shell ${shell} could not be started: ${error instanceof Error ? error.message : String(error)}`, {
      kind: "machine",
      next: "Run `npm rebuild node-pty`, or use the terminals of the lab's machines.",
      cause: error,
    });
  }
}

/** The inherited environment without what belongs to Rempart's own process, with what the shell should know. */
export function shellEnvironment(options: LocalShellOptions, inherited: NodeJS.ProcessEnv): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(inherited)) {
    if (value !== undefined && !/^(npm_|ELECTRON_|NODE_OPTIONS$|NODE_ENV$|NODE_CHANNEL_FD$)/.test(name)) environment[name] = value;
  }
  environment["PATH"] = [options.commandsFolder, inherited["PATH"] ?? ""].filter((part) => part !== "").join(delimiter);
  environment["TERM"] = "xterm-256color";
  environment["COLORTERM"] = "truecolor";
  if (options.lab !== undefined) environment["REMPART_LAB"] = options.lab;
  if (options.sshConfig !== undefined) environment["REMPART_SSH_CONFIG"] = options.sshConfig;
  if (options.kubeconfig !== undefined) environment["KUBECONFIG"] = options.kubeconfig;
  return environment;
}

/**
 * Writes the commands that a local shell finds first: `rempart` itself, and `ssh`, `scp` and `sftp`, which use the lab's
 * configuration when REMPART_SSH_CONFIG names one that exists. No file of the user's is changed.
 * @param rempart the program and first arguments that start Rempart's command line
 */
export async function writeShellCommands(folder: string, rempart: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  if (process.platform === "win32") {
    await writeFile(join(folder, "rempart.cmd"), `@echo off\r\n${rempart.map((part) => `"${part}"`).join(" ")} %*\r\n`);
    return;
  }
  const scripts: Record<string, string> = { rempart: `exec ${rempart.map(quote).join(" ")} "$@"` };
  for (const name of ["ssh", "scp", "sftp"]) {
    scripts[name] = `PATH=$(printf %s "$PATH" | sed "s|^${folder}:||")
if [ -f "$REMPART_SSH_CONFIG" ]; then exec ${name} -F "$REMPART_SSH_CONFIG" "$@"; fi
exec ${name} "$@"`;
  }
  for (const [name, text] of Object.entries(scripts)) {
    await writeFile(join(folder, name), `#!/bin/sh\n${text}\n`);
    await chmod(join(folder, name), 0o755);
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
