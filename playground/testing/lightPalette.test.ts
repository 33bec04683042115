import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { lightPalette } from "../picture/lightPalette.ts";
import { colorNames } from "../picture/scene.ts";

it("is the light theme of the window", () => {
  const light = readFileSync(new URL("../../renderer/theme/tokens.css", import.meta.url), "utf8").split('[data-theme="dark"]')[0] ?? "";
  const themed = Object.fromEntries(colorNames.map((name) => [name, new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(light)?.[1]]));
  expect(lightPalette).toEqual(themed);
});
