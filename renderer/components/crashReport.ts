/** What is known of a crash, as far as it helps whoever mends it. */
export interface Crash {
  readonly error: Error;
  /** React's list of the components that were being drawn; undefined before it is known. */
  readonly components: string | undefined;
  /** Place in the window: the part of the address from `#` on. */
  readonly place: string;
  readonly browser: string;
  readonly at: Date;
}

const longest = 20_000;

/** The text that goes into an error report. In English alone, for it is read by whoever mends Rempart. */
export function crashReport({ error, components, place, browser, at }: Crash): string {
  const stack = error.stack ?? "";
  // Chromium's stack begins with the error itself, other engines' do not.
  const told = stack.includes(error.message) ? stack : `${error.name}: ${error.message}\n${stack}`;
  const parts = [`Rempart's window stopped at ${at.toISOString()}, at ${place === "" ? "#/" : place}`, browser, told.trim(), ...(components === undefined ? [] : [`Components:\n${components.trim()}`])];
  return parts.join("\n\n").slice(0, longest);
}
