import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fitToScreens, readWindowState, writeWindowState } from "./windowState.ts";

test("what was written is read again; nothing or nonsense gives the default", () => {
  const folder = mkdtempSync(join(tmpdir(), "rempart-window-"));
  const path = join(folder, "new", "window.json");
  expect(readWindowState(path)).toEqual({ width: 1440, height: 900, maximized: false });
  writeWindowState(path, { x: 10, y: 20, width: 1000, height: 700, maximized: true });
  expect(readWindowState(path)).toEqual({ x: 10, y: 20, width: 1000, height: 700, maximized: true });
  writeFileSync(path, '{"width":1,"height":"x"}');
  expect(readWindowState(path)).toMatchObject({ width: 1440 });
  rmSync(folder, { recursive: true });
});

test("a position on a screen that is gone is forgotten, one on a second screen is kept", () => {
  const laptop = { x: 0, y: 0, width: 1920, height: 1080 };
  const projector = { x: 1920, y: 0, width: 1280, height: 720 };
  const state = { x: 2000, y: 10, width: 1000, height: 600, maximized: false };
  expect(fitToScreens(state, [laptop, projector])).toEqual(state);
  expect(fitToScreens(state, [laptop])).toEqual({ width: 1000, height: 600, maximized: false });
});
