import { createStore, type StoreApi } from "zustand/vanilla";
import type { EventData, EventName, MethodName, Params, RempartClient, Result } from "../../playground/contract/contract.ts";
import type { Transport } from "../../playground/contract/frames.ts";
import { RempartError } from "../../playground/model/errors.ts";

/** `lost`: there was a connection, or a first attempt failed; the next attempt is under way. */
export type ConnectionState = "connecting" | "connected" | "lost";

/** Opens a transport; rejects when the engine does not answer. */
export type OpenTransport = () => Promise<Transport>;

type AnyListener = (data: never) => void;
const firstDelay = 300;
const longestDelay = 4000;

/**
 * A client that outlives its transport: it connects again by itself, keeps every subscription, and lets calls wait for the
 * connection that is being made. Calls under way when a connection drops are rejected by the inner client.
 */
export class ReconnectingClient implements RempartClient {
  readonly state: StoreApi<{ connection: ConnectionState; attempt: number }>;
  private inner: RempartClient | undefined;
  private readonly listeners = new Map<EventName, Set<AnyListener>>();
  private waiting: { resolve: (client: RempartClient) => void; reject: (error: Error) => void }[] = [];
  private closed = false;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly openTransport: OpenTransport;
  private readonly createClient: (transport: Transport) => RempartClient;

  constructor(openTransport: OpenTransport, createClient: (transport: Transport) => RempartClient) {
    this.openTransport = openTransport;
    this.createClient = createClient;
    this.state = createStore(() => ({ connection: "connecting" as ConnectionState, attempt: 0 }));
    void this.connect();
  }

  /** @throws RempartError `connection.lost` when the connection does not come back within ten seconds. */
  async call<Name extends MethodName>(method: Name, params: Params<Name>): Promise<Result<Name>> {
    const client = this.inner ?? (await this.nextConnection());
    return client.call(method, params);
  }

  on<Name extends EventName>(event: Name, listener: (data: EventData<Name>) => void): () => void {
    const known = this.listeners.get(event);
    if (known) known.add(listener);
    else {
      this.listeners.set(event, new Set<AnyListener>([listener]));
      this.forward(event);
    }
    return () => this.listeners.get(event)?.delete(listener);
  }

  /** Tries at once instead of waiting for the next attempt. */
  retry(): void {
    if (this.inner || this.closed || this.retryTimer === undefined) return;
    clearTimeout(this.retryTimer);
    void this.connect();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.retryTimer);
    this.inner?.close();
  }

  private forward<Name extends EventName>(event: Name): void {
    this.inner?.on(event, (data) => {
      for (const listener of this.listeners.get(event) ?? []) (listener as (data: EventData<Name>) => void)(data);
    });
  }

  private nextConnection(): Promise<RempartClient> {
    return new Promise((resolve, reject) => {
      const waiter = { resolve, reject };
      this.waiting.push(waiter);
      setTimeout(() => {
        this.waiting = this.waiting.filter((other) => other !== waiter);
        reject(new RempartError("connection.lost", "Rempart's engine does not answer"));
      }, 10_000);
    });
  }

  private async connect(): Promise<void> {
    this.retryTimer = undefined;
    let transport: Transport;
    try {
      transport = await this.openTransport();
    } catch {
      this.scheduleRetry();
      return;
    }
    if (this.closed) {
      transport.close();
      return;
    }
    const client = this.createClient(transport);
    this.inner = client;
    transport.onClose(() => {
      if (this.inner !== client) return;
      this.inner = undefined;
      this.scheduleRetry();
    });
    for (const event of this.listeners.keys()) this.forward(event);
    const waiting = this.waiting;
    this.waiting = [];
    for (const waiter of waiting) waiter.resolve(client);
    this.state.setState({ connection: "connected", attempt: 0 });
  }

  private scheduleRetry(): void {
    if (this.closed) return;
    const attempt = this.state.getState().attempt + 1;
    this.state.setState({ connection: "lost", attempt });
    this.retryTimer = setTimeout(() => void this.connect(), Math.min(firstDelay * 2 ** (attempt - 1), longestDelay));
  }
}

/** Calls whenever the connection is back after it was lost; returns how to end that. A client that cannot lose it never calls. */
export function onReturn(client: RempartClient, listener: () => void): () => void {
  if (!(client instanceof ReconnectingClient)) return () => undefined;
  return client.state.subscribe((now, before) => {
    if (now.connection === "connected" && before.connection === "lost") listener();
  });
}
