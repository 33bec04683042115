/** A first word that is written small wherever it stands: a command, a file's name, an option. */
const namedThing = /^(rempart|npm|docker)\b/;

/**
 * A text as one sentence: it begins with a capital and ends with a full stop, unless it ends otherwise already. Texts of the
 * engine come as whole sentences or as parts of a line; side by side they have to read as one text. What has several lines
 * is the output of a program and keeps its end.
 */
export function sentence(text: string): string {
  const trimmed = text.trim();
  const word = /^\p{Ll}[\p{L}’'-]*(?=[\s,;:]|$)/u.test(trimmed) && !namedThing.test(trimmed);
  const begun = word ? `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}` : trimmed;
  return begun === "" || begun.includes("\n") || /[.!?…:](\s?["'”’»)])?$/u.test(begun) ? begun : `${begun}.`;
}

/** Several texts as sentences one after the other; those that are missing are left out. */
export function sentences(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).map(sentence).filter((part) => part !== "").join(" ");
}
