/** The step's card in the guide; null where there is none. */
export function stepElement(guide: HTMLElement | null, id: string | undefined): HTMLElement | null {
  return id === undefined ? null : (guide?.querySelector<HTMLElement>(`[data-step="${id}"]`) ?? null);
}

/** Brings a step to the top of the guide, once what is above it has folded. */
export function scrollToStep(guide: HTMLElement | null, id: string | undefined): void {
  const isStill = document.documentElement.dataset.reduceMotion === "true" || window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  requestAnimationFrame(() => {
    const step = stepElement(guide, id);
    // Not scrollIntoView: that would also scroll the panes around the guide, and take their tabs out of sight.
    if (guide && step) guide.scrollTo({ top: guide.scrollTop + step.getBoundingClientRect().top - guide.getBoundingClientRect().top - 12, behavior: isStill ? "auto" : "smooth" });
  });
}
