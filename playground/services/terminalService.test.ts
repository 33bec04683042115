import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Caller } from "../contract/contract.ts";
import { RempartError } from "../model/errors.ts";
import type { PseudoTerminal } from "./pseudoTerminal.ts";
import { TerminalService } from "./terminalService.ts";

function fakeProgram() {
  let onData: (text: string) => void = () => undefined;
  let onExit: (reason: string) => void = () => undefined;
  const program = {
    onData: (listener: (text: string) => void) => void (onData = listener),
    onExit: (listener: (reason: string) => void) => void (onExit = listener),
    write: vi.fn(),
    resize: vi.fn(),
    pause: vi.fn(),
    resume: vi.fn(),
    close: vi.fn(),
  } satisfies PseudoTerminal;
  return { program, print: (text: string) => onData(text), exit: (reason: string) => onExit(reason) };
}

function fakeCaller(id: string) {
  const abort = new AbortController();
  const events: unknown[] = [];
  const caller: Caller = { id, signal: abort.signal, emit: (event, data) => void events.push([event, data]) };
  return { caller, events, leave: () => abort.abort() };
}

let shell: ReturnType<typeof fakeProgram>;
const openNode = vi.fn<(lab: string, node: string) => Promise<PseudoTerminal>>();
const openLocal = vi.fn<(lab: string | undefined) => Promise<PseudoTerminal>>();
let service: TerminalService;
beforeEach(() => {
  shell = fakeProgram();
  openNode.mockReset().mockImplementation(() => Promise.resolve(shell.program));
  openLocal.mockReset().mockImplementation(() => Promise.resolve(shell.program));
  service = new TerminalService({ openNode, openLocal });
});
const size = { columns: 80, rows: 24 };
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10));

describe("terminals", () => {
  test("output goes to the window that opened it, input and size to the program", async () => {
    const window = fakeCaller("w");
    const { terminal } = await service.handlers()["terminals.open"]({ lab: "l", node: "laptop", ...size }, window.caller);
    expect(openNode).toHaveBeenCalledWith("l", "laptop", size);
    shell.print("$ ");
    await settle();
    expect(window.events).toEqual([["terminal.data", { terminal, data: "$ ", replay: false }]]);
    await service.handlers()["terminals.write"]({ terminal, data: "ls\r" }, window.caller);
    await service.handlers()["terminals.resize"]({ terminal, columns: 100, rows: 30 }, window.caller);
    expect(shell.program.write).toHaveBeenCalledWith("ls\r");
    expect(shell.program.resize).toHaveBeenCalledWith({ columns: 100, rows: 30 });
  });

  test("Enter in a lab's terminal is told, other keys are not, nor a terminal of no lab", async () => {
    const onEntered = vi.fn();
    const handlers = new TerminalService({ openNode, openLocal, onEntered }).handlers();
    const { caller } = fakeCaller("w");
    const { terminal } = await handlers["terminals.open"]({ lab: "l", node: "laptop", ...size }, caller);
    const { terminal: outside } = await handlers["terminals.open"](size, caller);
    await handlers["terminals.write"]({ terminal, data: "ls" }, caller);
    await handlers["terminals.write"]({ terminal: outside, data: "ls\r" }, caller);
    expect(onEntered).not.toHaveBeenCalled();
    await handlers["terminals.write"]({ terminal, data: "\r" }, caller);
    expect(onEntered.mock.calls).toEqual([["l"]]);
  });

  test("without a node it is a local shell", async () => {
    await service.handlers()["terminals.open"]({ lab: "l", ...size }, fakeCaller("w").caller);
    expect(openLocal).toHaveBeenCalledWith("l", size);
  });

  test("a refusal of the lab reaches the window, and nothing is left open", async () => {
    openNode.mockRejectedValue(new RempartError("lab.no-terminal", "no terminal in db"));
    await expect(service.handlers()["terminals.open"]({ lab: "l", node: "db", ...size }, fakeCaller("w").caller)).rejects.toMatchObject({ code: "lab.no-terminal" });
    expect(await service.handlers()["terminals.list"]({}, fakeCaller("w").caller)).toEqual({ terminals: [] });
  });

  test("a window that left while the shell started leaves no shell behind", async () => {
    const window = fakeCaller("w");
    const opening = service.handlers()["terminals.open"]({ lab: "l", node: "laptop", ...size }, window.caller);
    window.leave();
    await expect(opening).rejects.toMatchObject({ code: "client.disconnected" });
    expect(shell.program.close).toHaveBeenCalledOnce();
  });

  test("a reloaded window takes its terminal up again with a replay, and the old one hears no more", async () => {
    const before = fakeCaller("before");
    const { terminal } = await service.handlers()["terminals.open"]({ lab: "l", node: "laptop", ...size }, before.caller);
    shell.print("hello");
    await settle();
    before.leave();
    shell.print(" world");
    const after = fakeCaller("after");
    expect(await service.handlers()["terminals.attach"]({ terminal }, after.caller)).toEqual({ alive: true });
    shell.print("!");
    await settle();
    expect(after.events).toEqual([
      ["terminal.data", { terminal, data: "hello world", replay: true }],
      ["terminal.data", { terminal, data: "!", replay: false }],
    ]);
    expect(before.events).toHaveLength(1);
  });

  test("the end is told after the last output, and to a window that attaches later", async () => {
    const window = fakeCaller("w");
    const { terminal } = await service.handlers()["terminals.open"]({ lab: "l", node: "laptop", ...size }, window.caller);
    shell.print("logout");
    shell.exit("node-stopped");
    expect(window.events).toEqual([
      ["terminal.data", { terminal, data: "logout", replay: false }],
      ["terminal.exit", { terminal, reason: "node-stopped" }],
    ]);
    const late = fakeCaller("late");
    expect(await service.handlers()["terminals.attach"]({ terminal }, late.caller)).toEqual({ alive: false });
    expect(late.events).toHaveLength(2);
    await service.handlers()["terminals.write"]({ terminal, data: "x" }, late.caller);
    expect(shell.program.write).not.toHaveBeenCalled();
  });

  test("acknowledging lets a paused program go on", async () => {
    const window = fakeCaller("w");
    const { terminal } = await service.handlers()["terminals.open"]({ lab: "l", node: "laptop", ...size }, window.caller);
    shell.print("x".repeat(150_000));
    expect(shell.program.pause).toHaveBeenCalledOnce();
    await settle();
    await service.handlers()["terminals.acknowledge"]({ terminal, characters: 150_000 }, window.caller);
    expect(shell.program.resume).toHaveBeenCalledOnce();
  });

  test("closing ends the program once; afterwards the terminal is unknown", async () => {
    const window = fakeCaller("w");
    const { terminal } = await service.handlers()["terminals.open"]({ lab: "l", node: "laptop", ...size }, window.caller);
    await service.handlers()["terminals.close"]({ terminal }, window.caller);
    await service.handlers()["terminals.close"]({ terminal }, window.caller);
    expect(shell.program.close).toHaveBeenCalledOnce();
    await expect(service.handlers()["terminals.write"]({ terminal, data: "x" }, window.caller)).rejects.toMatchObject({ code: "input.unknown-terminal" });
    expect(await service.handlers()["terminals.attach"]({ terminal }, window.caller)).toEqual({ alive: false });
  });

  test("a lab that goes down takes its terminals along, and no others", async () => {
    const window = fakeCaller("w");
    const first = shell;
    await service.handlers()["terminals.open"]({ lab: "a", node: "laptop", ...size }, window.caller);
    shell = fakeProgram();
    await service.handlers()["terminals.open"]({ lab: "b", node: "laptop", ...size }, window.caller);
    service.closeAll("a");
    expect(first.program.close).toHaveBeenCalledOnce();
    expect(shell.program.close).not.toHaveBeenCalled();
  });
});
