/**
 * Text from a stranger's file as one harmless line: control characters (so also terminal sequences), direction marks, invisible and
 * half characters are taken out, every white space is one space, and at most `limit` characters are kept.
 */
export function plainLine(text: string, limit = 200): string {
  // Far more than what is kept need not be looked at.
  const line = text.slice(0, limit * 8).replace(/\s+/gu, " ").replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, "").trim();
  const characters = [...line];
  return characters.length > limit ? `${characters.slice(0, limit - 1).join("")}…` : line;
}

/** The same for text of several lines, whose ends and tabs stay. */
export function plainText(text: string, limit = 4096): string {
  return text.slice(0, limit).replace(/\r\n?/g, "\n").replace(/[\p{Cf}\p{Cs}\p{Co}\p{Cn}]|[^\P{Cc}\n\t]/gu, "");
}
