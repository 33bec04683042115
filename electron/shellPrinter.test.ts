import { expect, it } from "vitest";
import type { EngineMessage } from "./ipcChannels.ts";
import { ShellPrinter } from "./shellPrinter.ts";

it("gives each page its own answer, and an error where there is none", async () => {
  const asked: EngineMessage[] = [];
  const printer = new ShellPrinter((message) => asked.push(message));
  const [first, second] = [printer.print("<p>1</p>"), printer.print("<p>2</p>")];
  expect(asked).toEqual([{ kind: "print", id: 1, html: "<p>1</p>" }, { kind: "print", id: 2, html: "<p>2</p>" }]);
  printer.printed({ kind: "printed", id: 2, pdf: new Uint8Array([2]) });
  printer.printed({ kind: "printed", id: 1, pdf: undefined });
  printer.printed({ kind: "printed", id: 7, pdf: undefined });
  await expect(first).rejects.toThrow();
  expect(await second).toEqual(new Uint8Array([2]));
});
