import { Pairs } from "./pairs.ts";

export interface Answer {
  readonly question: string;
  readonly text: string;
}

/** Fewer words in common are what a question asks for. */
const fewestWords = 12;
const alikeShare = 0.8;

/** Small letters and single spaces, without marks: what is left when only the look was changed. */
export function normalizedAnswer(text: string): string {
  return text.normalize("NFKC").toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "").join(" ");
}

/** Every three words that follow each other. */
function shinglesOf(text: string): ReadonlySet<string> {
  const words = normalizedAnswer(text).split(" ");
  if (words.length < fewestWords) return new Set();
  return new Set(words.slice(2).map((word, index) => `${words[index] ?? ""} ${words[index + 1] ?? ""} ${word}`));
}

/** Pairs whose answers to the same question are nearly the same, but not the same. Answers like those of more than `most` others are nobody's own. */
export function answersAlike(answers: readonly (readonly Answer[])[], most: number): Pairs {
  const pairs = new Pairs();
  const byQuestion = new Map<string, { index: number; text: string; shingles: ReadonlySet<string> }[]>();
  answers.forEach((own, index) => {
    for (const { question, text } of own) {
      const shingles = shinglesOf(text);
      if (shingles.size > 0) byQuestion.set(question, [...(byQuestion.get(question) ?? []), { index, text: normalizedAnswer(text), shingles }]);
    }
  });
  for (const given of byQuestion.values()) {
    const alike = new Map<number, number[]>();
    given.forEach((one, position) => {
      for (const other of given.slice(position + 1)) {
        if (one.text === other.text || !areAlike(one.shingles, other.shingles)) continue;
        alike.set(one.index, [...(alike.get(one.index) ?? []), other.index]);
        alike.set(other.index, [...(alike.get(other.index) ?? []), one.index]);
      }
    });
    for (const [index, others] of alike) if (others.length < most) for (const other of others) if (index < other && (alike.get(other)?.length ?? 0) < most) pairs.count(index, other);
  }
  return pairs;
}

function areAlike(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const [small, large] = one.size <= other.size ? [one, other] : [other, one];
  if (small.size < large.size * alikeShare) return false;
  let shared = 0;
  for (const shingle of small) if (large.has(shingle)) shared += 1;
  return shared >= alikeShare * (one.size + other.size - shared);
}
