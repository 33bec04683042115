import { z } from "zod";
import { RempartError, fromErrorData } from "../model/errors.ts";
import { events, methods } from "./contract.ts";
import type { EventData, EventName, MethodName, Params, RempartClient, Result } from "./contract.ts";
import { eventFrameSchema, maximumFrameLength, responseFrameSchema } from "./frames.ts";
import type { Transport } from "./frames.ts";

interface PendingCall {
  readonly method: MethodName;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

type Listener = (data: unknown) => void;

/** What a client can be told at creation. */
export interface ClientOptions {
  /** Called for a frame or event that does not fit the contract; the connection goes on. */
  onProtocolFault?(message: string): void;
  /** Called once when the other end is gone. */
  onDisconnect?(): void;
}

/**
 * Makes a client over a transport. Calls reject with RempartError: `input.bad-parameters` before anything is sent,
 * `client.bad-result` when the answer does not fit the contract, `client.disconnected` when the transport closes, else
 * the error of the engine's side.
 */
export function createClient(transport: Transport, options: ClientOptions = {}): RempartClient {
  return new FrameClient(transport, options);
}

class FrameClient implements RempartClient {
  readonly #transport: Transport;
  readonly #options: ClientOptions;
  readonly #pending = new Map<number, PendingCall>();
  readonly #listeners = new Map<string, Set<Listener>>();
  #nextId = 1;
  #closed = false;

  constructor(transport: Transport, options: ClientOptions) {
    this.#transport = transport;
    this.#options = options;
    transport.onFrame((frame) => this.#receive(frame));
    transport.onClose(() => this.#disconnected());
  }

  async call<Name extends MethodName>(method: Name, params: Params<Name>): Promise<Result<Name>> {
    if (this.#closed) throw disconnected();
    const parsed = methods[method].params.safeParse(params);
    if (!parsed.success) throw new RempartError("input.bad-parameters", `${method}: ${z.prettifyError(parsed.error)}`, { kind: "input" });
    const id = this.#nextId++;
    const frame = JSON.stringify({ id, method, params: parsed.data });
    if (frame.length > maximumFrameLength) throw new RempartError("input.too-large", `${method}: the request is larger than ${maximumFrameLength} characters.`, { kind: "input" });
    return await new Promise<Result<Name>>((resolve, reject) => {
      // The method's own result schema has validated what is passed to resolve.
      this.#pending.set(id, { method, resolve: (result) => resolve(result as Result<Name>), reject });
      this.#transport.send(frame);
    });
  }

  on<Name extends EventName>(event: Name, listener: (data: EventData<Name>) => void): () => void {
    const listeners = this.#listeners.get(event) ?? new Set<Listener>();
    this.#listeners.set(event, listeners);
    const untyped: Listener = (data) => listener(data as EventData<Name>);
    listeners.add(untyped);
    return () => {
      listeners.delete(untyped);
    };
  }

  close(): void {
    if (this.#closed) return;
    this.#transport.close();
    this.#disconnected();
  }

  #receive(text: string): void {
    let frame: unknown;
    try {
      if (text.length > maximumFrameLength) throw new Error("frame too large");
      frame = JSON.parse(text);
    } catch {
      this.#fault("a frame that is not JSON, or too large");
      return;
    }
    const event = eventFrameSchema.safeParse(frame);
    if (event.success) {
      this.#receiveEvent(event.data.event, event.data.data);
      return;
    }
    const response = responseFrameSchema.safeParse(frame);
    if (!response.success) {
      this.#fault("a frame that is neither an answer nor an event");
      return;
    }
    this.#receiveResponse(response.data);
  }

  #receiveResponse(response: z.infer<typeof responseFrameSchema>): void {
    const call = this.#pending.get(response.id);
    if (!call) {
      this.#fault(`an answer to an unknown call ${response.id}`);
      return;
    }
    this.#pending.delete(response.id);
    if (response.error) {
      call.reject(fromErrorData(response.error));
      return;
    }
    const result = methods[call.method].result.safeParse(response.result);
    if (result.success) call.resolve(result.data);
    else call.reject(new RempartError("client.bad-result", `${call.method}: the engine's answer does not fit the contract: ${z.prettifyError(result.error)}`, { next: "Restart Rempart: window and engine may be of different versions." }));
  }

  #receiveEvent(name: string, data: unknown): void {
    if (!isEventName(name)) {
      this.#fault(`an unknown event ${name}`);
      return;
    }
    const parsed = events[name].safeParse(data);
    if (!parsed.success) {
      this.#fault(`event ${name}: ${z.prettifyError(parsed.error)}`);
      return;
    }
    for (const listener of [...(this.#listeners.get(name) ?? [])]) listener(parsed.data);
  }

  #disconnected(): void {
    if (this.#closed) return;
    this.#closed = true;
    const calls = [...this.#pending.values()];
    this.#pending.clear();
    for (const call of calls) call.reject(disconnected());
    this.#options.onDisconnect?.();
  }

  #fault(message: string): void {
    this.#options.onProtocolFault?.(message);
  }
}

function isEventName(name: string): name is EventName {
  return Object.hasOwn(events, name);
}

function disconnected(): RempartError {
  return new RempartError("client.disconnected", "The connection to Rempart's engine is closed.", {
    kept: "Labs that run go on running.",
    next: "Reload the window, or start Rempart again.",
  });
}
