const space = "\u00a0";

/**
 * Keeps French punctuation on the line of its word: the spaces inside « » and before ; : ? ! do not break. Texts in other
 * languages have no such spaces and stay as they are.
 */
export function bindPunctuation(text: string): string {
  return text.replace(/«[ \n]/g, `«${space}`).replace(/[ \n]([»;?!]|:(?=\s|$))/g, `${space}$1`);
}
