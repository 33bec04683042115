import { describe, expect, it } from "vitest";
import { TerminalRecorder } from "./terminalRecorder.ts";

const prompt = "\u001b]0;ops@web: ~\u0007ops@web:~$ ";

function terminal(columns = 80) {
  const told: [command: string, output: string][] = [];
  const recorder = new TerminalRecorder(columns, (command, output) => told.push([command, output]));
  recorder.printed(prompt);
  /** Types character by character, with the shell's echo after each. */
  const type = (text: string) => {
    for (const key of text) {
      recorder.typed(key);
      recorder.printed(key);
    }
  };
  const enter = (output: string, next = prompt) => {
    recorder.typed("\r");
    recorder.printed("\r\n");
    recorder.printed(output + next);
  };
  return { recorder, told, type, enter };
}

describe("what is written down of a terminal", () => {
  it("is each command with its output, without prompt and colours, once the next begins", () => {
    const { told, type, enter, recorder } = terminal();
    type("ip -br a");
    enter("lo  \u001b[01;32mUP\u001b[0m\r\neth0 UP\r\n");
    expect(told).toEqual([]);
    type("l");
    expect(told).toEqual([["ip -br a", "lo  UP\neth0 UP"]]);
    type("s");
    enter("");
    recorder.end();
    expect(told[1]).toEqual(["ls", ""]);
  });

  it("is the line that ran, whatever was edited, and a pasted one", () => {
    const { told, type, enter, recorder } = terminal();
    type("pign");
    // Two steps back, one deleted, one inserted, as readline writes it.
    for (const [key, echo] of [["\u001b[D", "\b"], ["\u001b[D", "\b"], ["\u007f", "\b\u001b[1P"], ["i", "\u001b[1@i"], ["\u001b[C", "\u001b[C"]] as const) {
      recorder.typed(key);
      recorder.printed(echo);
    }
    enter("");
    recorder.typed("curl -s http://10.0.0.5/\r");
    recorder.printed("curl -s http://10.0.0.5/\r\nHello\r\n");
    recorder.printed(prompt);
    recorder.end();
    expect(told).toEqual([["pign", ""], ["curl -s http://10.0.0.5/", "Hello"]]);
  });

  it("joins a line that wrapped", () => {
    const { told, type, enter, recorder } = terminal(20);
    const command = "echo one two three four five";
    type(command.slice(0, 9));
    type(command.slice(9));
    enter("one two three four five\r\n");
    recorder.end();
    expect(told[0]?.[0]).toBe(command);
    expect(told[0]?.[1]).toBe("one two three four five");
  });

  it("never has a password, and nothing of an editor", () => {
    const { told, type, enter, recorder } = terminal();
    type("sudo -k true");
    enter("[sudo] password for ops: ", "");
    for (const key of "secret") recorder.typed(key);
    recorder.typed("\r");
    recorder.printed(`\r\n${prompt}`);
    type("vi a");
    enter("\u001b[?1049h\u001b[2J secret text ", "");
    recorder.typed(":q\r");
    recorder.printed("\r\n\u001b[?1049l");
    recorder.printed(prompt);
    type("w");
    expect(JSON.stringify(told)).not.toContain("secret");
    expect(told.map(([command]) => command)).toEqual(["sudo -k true", "vi a"]);
  });

  it("keeps 4,000 characters of an output without end, and says how much is missing", () => {
    const { told, type, enter, recorder } = terminal();
    type("yes");
    enter("yyyyyyyyy\r\n".repeat(100_000));
    recorder.end();
    expect(told[0]?.[1].length).toBeLessThan(4_100);
  });

  it("says when the line was entered", () => {
    const entered: string[] = [];
    const recorder = new TerminalRecorder(80, (_command, _output, at) => entered.push(at));
    recorder.printed(prompt);
    const before = new Date().toISOString();
    recorder.typed("ls\r");
    const after = new Date().toISOString();
    recorder.printed(`ls\r\na\r\n${prompt}`);
    recorder.end();
    expect(entered).toHaveLength(1);
    expect([before, ...entered, after].toSorted()).toEqual([before, ...entered, after]);
  });

  it("forgets a line that was given up", () => {
    const { told, type, enter, recorder } = terminal();
    type("rm -rf");
    recorder.typed("\u0003");
    recorder.printed(`^C\r\n${prompt}`);
    type("ls");
    enter("a\r\n");
    recorder.end();
    expect(told).toEqual([["ls", "a"]]);
  });
});
