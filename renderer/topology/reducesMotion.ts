/** Whether the reader asked for no movement, in the system or in the settings. */
export function reducesMotion(): boolean {
  return document.documentElement.dataset.reduceMotion === "true" || matchMedia("(prefers-reduced-motion: reduce)").matches;
}
