import type { ContainerEngine } from "../engine/containerEngine.ts";
import { FabricSession } from "../fabric/session.ts";

const limitMilliseconds = 5000;
/** A shell that nobody has used for so long is closed. */
const idleMilliseconds = 10_000;

/** A shell in a container for looks that come again and again: it stays open while somebody looks, and only then. */
export class LookShell {
  readonly #engine: () => Promise<ContainerEngine>;
  readonly #container: () => string;
  #session: FabricSession | undefined;
  #idle: NodeJS.Timeout | undefined;

  constructor(engine: () => Promise<ContainerEngine>, container: () => string) {
    this.#engine = engine;
    this.#container = container;
  }

  /** Throws what the engine and {@link FabricSession.run} throw. */
  async run(script: string): Promise<string> {
    clearTimeout(this.#idle);
    if (this.#session?.isOpen !== true) this.#session = await FabricSession.open(await this.#engine(), this.#container(), "looks");
    try {
      return await this.#session.run(script, limitMilliseconds);
    } finally {
      clearTimeout(this.#idle);
      this.#idle = setTimeout(() => this.close(), idleMilliseconds);
      this.#idle.unref();
    }
  }

  close(): void {
    clearTimeout(this.#idle);
    this.#session?.close();
    this.#session = undefined;
  }
}
