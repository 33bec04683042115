import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openLocalShell, shellEnvironment, writeShellCommands } from "./localShell.ts";
import { TerminalOutput } from "./terminalOutput.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rempart-shell-"));
});
afterEach(() => rm(folder, { recursive: true }));

const size = { columns: 120, rows: 24 };

function open(sshConfig?: string) {
  const environment = { ...process.env, SHELL: "/bin/sh", PS1: "> ", HOME: folder, PATH: `${join(folder, "system")}:${process.env["PATH"] ?? ""}` };
  return openLocalShell({ folder, lab: "06-vpc-build", commandsFolder: join(folder, "bin"), environment, ...(sshConfig === undefined ? {} : { sshConfig }) }, size);
}

test("the shell starts in the lab's folder and knows the lab; ssh uses the lab's configuration; its exit code is told", async () => {
  const config = join(folder, "ssh_config");
  await writeFile(config, "Host bastion\n");
  await mkdir(join(folder, "system"));
  await writeFile(join(folder, "system", "ssh"), '#!/bin/sh\necho "system ssh: $*"\n', { mode: 0o755 });
  await writeShellCommands(join(folder, "bin"), [process.execPath, "-e", "console.log('rempart', ...process.argv.slice(1))"]);
  const shell = open(config);
  let text = "";
  const ended = new Promise<string>((resolve) => {
    shell.onData((part) => (text += part));
    shell.onExit(resolve);
  });
  shell.write("pwd; echo lab=$REMPART_LAB; rempart it\\'s status; ssh bastion; exit 7\r");
  expect(await ended).toBe("exit:7");
  expect(text).toContain(`${folder}\r`);
  expect(text).toContain("lab=06-vpc-build");
  expect(text).toContain("rempart it's status");
  expect(text).toContain(`system ssh: -F ${config} bastion`);
}, 15_000);

test("what belongs to Rempart's own process is not inherited", () => {
  const environment = shellEnvironment({ folder, commandsFolder: "/b" }, { PATH: "/usr/bin", npm_config_x: "1", ELECTRON_RUN_AS_NODE: "1", NODE_ENV: "test", LANG: "fr_FR.UTF-8" });
  expect(environment).toEqual({ PATH: "/b:/usr/bin", LANG: "fr_FR.UTF-8", TERM: "xterm-256color", COLORTERM: "truecolor" });
});

test("50 MB of output reach a slow window whole and unbroken, without memory growing", async () => {
  const shell = open();
  const output = new TerminalOutput(shell);
  let length = 0;
  let broken = 0;
  let largest = 0;
  let waiting = 0;
  let end = "";
  const before = process.memoryUsage().rss;
  output.attach("w", (text) => {
    length += text.length;
    waiting += text.length;
    end = (end + text).slice(-20);
    if (text.includes("\uFFFD")) broken += 1;
  });
  const pause = vi.spyOn(shell, "pause");
  const resume = vi.spyOn(shell, "resume");
  // A window that draws only when the program waits for it: slower than any program, on any machine.
  const draw = setInterval(() => {
    largest = Math.max(largest, process.memoryUsage().rss - before);
    if (pause.mock.calls.length === resume.mock.calls.length) return;
    const drawn = waiting;
    waiting = 0;
    output.acknowledge("w", drawn);
  }, 2);
  const ended = new Promise<string>((resolve) => shell.onExit(resolve));
  shell.onData((text) => output.push(text));
  // 25 million two-byte characters.
  shell.write("stty -echo; yes éééééééééé | head -c 52500000; echo DO''NE\r");
  await vi.waitFor(() => expect(end).toContain("DONE"), { timeout: 50_000 });
  shell.write("exit\r");
  expect(await ended).toBe("exit:0");
  output.flush();
  clearInterval(draw);
  expect(broken).toBe(0);
  expect(length).toBeGreaterThanOrEqual(30_000_000);
  expect(pause.mock.calls.length).toBeGreaterThan(10);
  expect(largest).toBeLessThan(120_000_000);
}, 60_000);
