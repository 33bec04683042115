import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import { z } from "zod";
import { events, methods } from "../contract/contract.ts";
import type { Caller, EventName, Events, Handlers, MethodName } from "../contract/contract.ts";
import { maximumFrameLength, requestFrameSchema } from "../contract/frames.ts";
import type { Transport } from "../contract/frames.ts";
import { RempartError, toErrorData } from "../model/errors.ts";

/** What the dispatcher reports besides answering: faults of our own side, for the log. */
export interface DispatcherOptions {
  onInternalError?(error: unknown, method: string): void;
  /** Calls that one caller may have under way at once. */
  maximumConcurrentCalls?: number;
}

type AnyHandler = (params: unknown, caller: Caller) => Promise<unknown>;

/**
 * Serves one connected window or command line: validates every request and every result with the contract's schemas,
 * answers with errors as data and never throws. Ends when the transport closes; the caller's signal then aborts.
 */
export function serve(transport: Transport, handlers: Handlers, options: DispatcherOptions = {}): Caller {
  const limit = options.maximumConcurrentCalls ?? 256;
  const abort = new AbortController();
  // Every terminal and watch of a window waits for its end: more than ten are no leak.
  setMaxListeners(1000, abort.signal);
  let underWay = 0;

  const send = (frame: unknown): void => {
    if (!abort.signal.aborted) transport.send(JSON.stringify(frame));
  };
  const answerError = (id: number, error: unknown, method: string): void => {
    if (!(error instanceof RempartError)) options.onInternalError?.(error, method);
    send({ id, error: toErrorData(error) });
  };

  const caller: Caller = {
    id: randomUUID(),
    signal: abort.signal,
    emit<Name extends EventName>(event: Name, data: z.input<Events[Name]>) {
      const parsed = events[event].safeParse(data);
      // An event that does not fit is our own fault: the window is spared, the log is told.
      if (parsed.success) send({ event, data: parsed.data });
      else options.onInternalError?.(parsed.error, event);
    },
  };

  const handle = async (id: number, method: string, rawParams: unknown): Promise<void> => {
    try {
      if (!isMethodName(method)) throw new RempartError("input.unknown-method", `There is no method ${method.slice(0, 80)}.`, { kind: "input" });
      if (underWay > limit) throw new RempartError("input.too-many-calls", `More than ${limit} calls are under way.`, { kind: "input", next: "Wait for answers before asking again." });
      const params = methods[method].params.safeParse(rawParams);
      if (!params.success) throw new RempartError("input.bad-parameters", `${method}: ${z.prettifyError(params.error)}`, { kind: "input" });
      // The handler's type matches the schema that has just validated; TypeScript cannot follow that through a union.
      const handler = handlers[method] as unknown as AnyHandler;
      const result = methods[method].result.safeParse(await handler(params.data, caller));
      if (!result.success) throw new Error(`${method} answered what the contract does not allow: ${z.prettifyError(result.error)}`);
      const text = JSON.stringify({ id, result: result.data });
      if (text.length > maximumFrameLength) throw new RempartError("engine.answer-too-large", `${method}: the answer is larger than ${maximumFrameLength} characters.`);
      if (!abort.signal.aborted) transport.send(text);
    } catch (error) {
      answerError(id, error, method);
    }
  };

  transport.onClose(() => abort.abort());
  transport.onFrame((text) => {
    const request = parseRequest(text);
    if (!request) {
      options.onInternalError?.(new Error("a frame that is not a request; connection closed"), "");
      transport.close();
      return;
    }
    underWay += 1;
    void handle(request.id, request.method, request.params).finally(() => {
      underWay -= 1;
    });
  });
  return caller;
}

/** Undefined for what no honest client sends: the connection is then not worth keeping. */
function parseRequest(text: string): z.infer<typeof requestFrameSchema> | undefined {
  if (text.length > maximumFrameLength) return undefined;
  try {
    const parsed = requestFrameSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function isMethodName(name: string): name is MethodName {
  return Object.hasOwn(methods, name);
}
