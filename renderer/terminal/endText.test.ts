import { expect, it } from "vitest";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { createTranslate } from "../i18n/translate.tsx";
import { endText } from "./endText.ts";

const { t } = createTranslate(canvasTexts, "fr");
const say = (reason: string) => t(...endText(reason));

it("says that the machine stopped only where the engine saw that", () => {
  expect(say("node-stopped")).toBe(canvasTexts.fr["terminal.endStopped"]);
  for (const reason of ["exit:137", "exit:0", "exit:1", "exit:143", "disconnected", ""]) expect(say(reason)).not.toMatch(/machine s’est/);
});

it("names the signal behind a code above 128", () => {
  expect(say("exit:137")).toContain("signal 9");
  expect(say("exit:143")).toContain("signal 15");
  expect(say("exit:127")).toContain("127");
  expect(say("exit:255")).toContain("255");
});

it("makes no fuss of an ordinary end", () => {
  for (const reason of ["exit:0", "exit:130", ""]) expect(say(reason)).toBe(canvasTexts.fr["terminal.exit"]);
});
