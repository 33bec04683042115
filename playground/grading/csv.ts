/** A cell of ours, or text of a stranger's. */
export type Cell = string | number;

/**
 * Text that a spreadsheet would take for a formula gets an apostrophe in front, as the OWASP page "CSV Injection" advises: also behind
 * spaces, and with the wide signs of East Asian keyboards.
 */
export function guardCell(text: string): string {
  return /^\s*[=+\-@\t\r\n|%＝＋－＠]/u.test(text) ? `'${text}` : text;
}

/**
 * CSV as RFC 4180 has it, with a mark of UTF-8 in front, without which spreadsheets take accents for something else. French ones
 * separate by semicolons, for their decimals have a comma.
 */
export function formatCsv(rows: readonly (readonly Cell[])[], language: "fr" | "en"): string {
  const separator = language === "fr" ? ";" : ",";
  const write = (cell: Cell): string => {
    if (typeof cell === "number") return language === "fr" ? String(cell).replace(".", ",") : String(cell);
    const text = guardCell(cell);
    return /[";,\r\n]/.test(text) || text !== cell ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `\uFEFF${rows.map((row) => row.map(write).join(separator)).join("\r\n")}\r\n`;
}
