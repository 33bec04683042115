/** The one channel between window and shell. Its payload is a frame of the contract, or `undefined` when the engine ended. */
export const frameChannel = "rempart:frame";

/** Origin of the window's own pages. */
export const windowScheme = "app";
export const windowOrigin = "app://rempart";

/** What shell and engine process tell each other. */
export type EngineMessage =
  | { readonly kind: "frame"; readonly text: string }
  /** The engine listens: what is sent from now on is heard. */
  | { readonly kind: "ready" }
  /** The window was loaded anew: what belonged to the old page is over. */
  | { readonly kind: "connect" }
  | { readonly kind: "disconnect" }
  /** A page to print as PDF, and what came of it; undefined when it failed. */
  | { readonly kind: "print"; readonly id: number; readonly html: string }
  | { readonly kind: "printed"; readonly id: number; readonly pdf: Uint8Array | undefined }
  | { readonly kind: "quit" };
