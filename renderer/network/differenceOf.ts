/**
 * The one change that makes the editor's text into another: only what differs, so that cursor and scrolling stay where they are.
 * The editor ends every line with a line feed, whatever a file has; undefined where there is no other difference.
 */
export function differenceOf(inEditor: string, text: string): { from: number; to: number; insert: string } | undefined {
  const wanted = text.replace(/\r\n?/g, "\n");
  if (wanted === inEditor) return undefined;
  const shorter = Math.min(inEditor.length, wanted.length);
  let from = 0;
  while (from < shorter && inEditor[from] === wanted[from]) from++;
  let after = 0;
  while (after < shorter - from && inEditor[inEditor.length - 1 - after] === wanted[wanted.length - 1 - after]) after++;
  return { from, to: inEditor.length - after, insert: wanted.slice(from, wanted.length - after) };
}
