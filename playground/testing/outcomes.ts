/**
 * Results that some work finds one after the other, while each test waits for its own: so that tests are named and counted one by one
 * where the work behind them is shared, as a lab that runs for many of them.
 */
export class Outcomes<Value> {
  readonly #promises = new Map<string, Promise<Value>>();
  readonly #settle = new Map<string, { resolve: (value: Value) => void; reject: (reason: unknown) => void }>();

  /** Of all keys that the work promises something for. */
  constructor(keys: Iterable<string>) {
    for (const key of keys) {
      const promise = new Promise<Value>((resolve, reject) => this.#settle.set(key, { resolve, reject }));
      // A failure is told by the test that waits for it.
      promise.catch(() => undefined);
      this.#promises.set(key, promise);
    }
  }

  /** What was found under a key, as soon as it is; rejects where the work failed before, and for a key that nobody promised. */
  of(key: string): Promise<Value> {
    return this.#promises.get(key) ?? Promise.reject(new RangeError(`nothing was promised for "${key}"`));
  }

  found(key: string, value: Value): void {
    this.#settle.get(key)?.resolve(value);
  }

  /** The work failed: nothing more is found under these keys. Those that were found stay. */
  failed(keys: Iterable<string>, reason: unknown): void {
    for (const key of keys) this.#settle.get(key)?.reject(reason);
  }
}
