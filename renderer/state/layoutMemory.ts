import type { RempartClient } from "../../playground/contract/contract.ts";
import type { LabState } from "./labState.ts";

type Layout = Readonly<Record<string, unknown>>;

/** The engine is told half a second after the last change: dragging a pane is one change. */
const delay = 500;

interface MemoryParts {
  readonly client: RempartClient;
  readonly lab: string;
  readonly layout: () => LabState["layout"];
  readonly show: (layout: Layout) => void;
  readonly onError: (error: unknown) => void;
}

/**
 * How a lab's view was left, in the window and in the engine. The layout is read anew whenever the connection comes back; what was changed in the window
 * meanwhile, or could not be written, is newer than what is read, and neither may take the other's place.
 */
export function layoutMemory({ client, lab, layout, show, onError }: MemoryParts) {
  /** Keys that the engine may not have yet. */
  let unsaved: Layout = {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  let reading = 0;

  const save = async () => {
    const written = unsaved;
    // Not read yet: what is written now would be all that there is. Reading it leads here again.
    const whole = layout();
    if (whole === undefined) return;
    try {
      await client.call("layout.set", { lab, layout: whole });
      // An answer that is under way may be older than this.
      if (reading === 0) unsaved = Object.fromEntries(Object.entries(unsaved).filter(([key, value]) => written[key] !== value));
    } catch (error) {
      onError(error);
    }
  };
  const saveSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void save(), delay);
  };

  return {
    /** Merges keys into the layout, at once in the window. */
    remember(patch: Layout): void {
      unsaved = { ...unsaved, ...patch };
      const whole = layout();
      if (whole !== undefined) show({ ...whole, ...patch });
      saveSoon();
    },
    /** The layout as the engine has it, with what this window changed until now, once `beside` is there, too. Throws what the calls throw. */
    async readBeside<Value>(beside: Promise<Value>): Promise<{ layout: Layout; beside: Value }> {
      reading += 1;
      try {
        const [kept, value] = await Promise.all([client.call("layout.get", { lab }), beside]);
        if (Object.keys(unsaved).length > 0) saveSoon();
        return { layout: { ...kept, ...unsaved }, beside: value };
      } finally {
        reading -= 1;
      }
    },
  };
}
