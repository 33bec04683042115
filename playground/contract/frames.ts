import { z } from "zod";
import { errorDataSchema } from "../model/errors.ts";

/** What travels on a transport: one JSON text per frame. */
export const requestFrameSchema = z.object({ id: z.number().int(), method: z.string(), params: z.unknown() });
export const responseFrameSchema = z.object({ id: z.number().int(), result: z.unknown().optional(), error: errorDataSchema.optional() });
export const eventFrameSchema = z.object({ event: z.string(), data: z.unknown() });
export type RequestFrame = z.infer<typeof requestFrameSchema>;
export type ResponseFrame = z.infer<typeof responseFrameSchema>;
export type EventFrame = z.infer<typeof eventFrameSchema>;

/** Largest frame that either end accepts, in characters. */
export const maximumFrameLength = 4_000_000;

/** A two-way pipe of frames: in memory, Electron IPC, or a WebSocket. */
export interface Transport {
  send(frame: string): void;
  onFrame(listener: (frame: string) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}
