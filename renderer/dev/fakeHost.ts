import { methods, type EventData, type EventName, type Handlers, type MethodName, type Params, type RempartClient, type Result } from "../../playground/contract/contract.ts";
import { RempartError } from "../../playground/model/errors.ts";
import { createFakeHandlers } from "./fakeHandlers.ts";

export type Emit = <Name extends EventName>(event: Name, data: EventData<Name>) => void;
type AnyListener = (data: never) => void;
type AnyHandler = (params: unknown) => Promise<unknown>;

export interface FakeOptions {
  /** Milliseconds between two steps of long work; 0 in unit tests. */
  readonly pace?: number;
  /** Replaces single handlers, for a test that needs a fault. */
  readonly overrides?: Partial<Handlers>;
}

/**
 * An engine that exists in memory alone: lab 07 in the middle of its third step, as in the mock. For unit tests, and for work
 * on the window with `npx vite` and `/?fake`. Answers go through the contract's schemas like real ones.
 */
export function createFakeClient(options: FakeOptions = {}): RempartClient {
  const listeners = new Map<EventName, Set<AnyListener>>();
  const emit: Emit = (event, data) => {
    for (const listener of listeners.get(event) ?? []) (listener as (data: EventData<typeof event>) => void)(data);
  };
  const handlers = { ...createFakeHandlers(emit, options.pace ?? 350), ...options.overrides };
  return {
    async call<Name extends MethodName>(method: Name, params: Params<Name>): Promise<Result<Name>> {
      const handler = handlers[method] as AnyHandler | undefined;
      if (!handler) throw new RempartError("input.unknown-method", `the fake host has no ${method}`);
      await new Promise((resolve) => setTimeout(resolve, options.pace === 0 ? 0 : 20));
      return methods[method].result.parse(await handler(methods[method].params.parse(params))) as Result<Name>;
    },
    on(event, listener) {
      const known = listeners.get(event) ?? new Set<AnyListener>();
      listeners.set(event, known.add(listener));
      return () => known.delete(listener);
    },
    close: () => listeners.clear(),
  };
}
