/**
 * Lines of a table: columns as wide as their widest cell, two spaces between. Colour codes do not count as width.
 */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, visibleLength(cell))));
  return rows.map((row) => row.map((cell, column) => (column === row.length - 1 ? cell : cell + " ".repeat((widths[column] ?? 0) - visibleLength(cell)))).join("  ")).join("\n");
}

function visibleLength(text: string): number {
  // The colours of `console.ts` are the only sequences in a cell.
  return [...text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, "g"), "")].length;
}

/** Bytes as people read them: "1.4 MB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return bytes < 1_000_000_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${(bytes / 1_000_000_000).toFixed(2)} GB`;
}
