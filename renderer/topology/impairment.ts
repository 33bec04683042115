/**
 * What the form asks for, from the texts of its fields: loss in percent and delay in milliseconds, kept within what the
 * engine takes. Without `canDelay` the delay is zero, whatever stands in the field.
 */
export function wantedImpairment(loss: string, delay: string, canDelay: boolean): { lossPercent: number; delayMilliseconds: number } {
  const within = (text: string, most: number): number => Math.min(most, Math.max(0, Number(text) || 0));
  return { lossPercent: within(loss, 100), delayMilliseconds: canDelay ? within(delay, 5000) : 0 };
}
