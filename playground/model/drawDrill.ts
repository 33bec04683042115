import type { BreakageFault, BreakageOffer } from "./breakage.ts";

/** What a beginner's drill may break: each is seen by walking one path. */
const beginnersFaults: readonly BreakageFault[] = ["drop-route", "close-port", "kill"];

/** How many faults a drill has, by its difficulty. */
const faultsOfDifficulty: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2 };

/**
 * Draws what a drill breaks. The same seed, difficulty and offers always give the same: an instructor who names a seed knows what students meet.
 * Each kind of fault is as likely as another, however many places a lab has for it; two faults are of two kinds. Empty where nothing is offered.
 */
export function drawDrill(offers: readonly BreakageOffer[], seed: string, difficulty: number): BreakageOffer[] {
  const draw = numbersFrom(`${seed}/${difficulty}`);
  const easy = offers.filter(({ fault }) => beginnersFaults.includes(fault));
  let pool = difficulty === 1 && easy.length > 0 ? easy : offers;
  const drawn: BreakageOffer[] = [];
  for (let left = faultsOfDifficulty[difficulty] ?? 1; left > 0 && pool.length > 0; left--) {
    const faults = [...new Set(pool.map(({ fault }) => fault))];
    const fault = faults[Math.floor(draw() * faults.length)];
    const places = pool.filter((offer) => offer.fault === fault);
    const chosen = places[Math.floor(draw() * places.length)];
    if (!chosen) break;
    drawn.push(chosen);
    // What hides behind a machine that is off, or is mended in one go with the first, is no second fault.
    pool = pool.filter((offer) => offer.fault !== fault && offer.target[0] !== chosen.target[0]);
  }
  return drawn;
}

/** Numbers from 0 to 1, drawn from a text (FNV-1a, then mulberry32). */
function numbersFrom(seed: string): () => number {
  let state = 2166136261;
  for (const character of seed) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16777619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
