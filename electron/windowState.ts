import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";

/** Where the window stood; in device-independent pixels. */
const windowStateSchema = z.object({ x: z.number().int().optional(), y: z.number().int().optional(), width: z.number().int().min(640), height: z.number().int().min(480), maximized: z.boolean() });
export type WindowState = z.infer<typeof windowStateSchema>;

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const defaultState: WindowState = { width: 1440, height: 900, maximized: false };

/** The remembered state; the default when there is none or it is unreadable. */
export function readWindowState(path: string): WindowState {
  try {
    return windowStateSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return defaultState;
  }
}

/** Remembers the state. It is called while the application quits, hence synchronous. */
export function writeWindowState(path: string, state: WindowState): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.tmp`, JSON.stringify(state));
  renameSync(`${path}.tmp`, path);
}

/** Forgets the position when no screen shows it any more: the projector was unplugged. */
export function fitToScreens(state: WindowState, screens: readonly Area[]): WindowState {
  const { x, y } = state;
  if (x === undefined || y === undefined) return state;
  const visible = screens.some((screen) => x + 100 < screen.x + screen.width && x + state.width - 100 > screen.x && y >= screen.y && y + 50 < screen.y + screen.height);
  return visible ? state : { width: state.width, height: state.height, maximized: state.maximized };
}
