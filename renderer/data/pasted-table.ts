/** A table from the clipboard as text that the import reads: cells of an HTML table as CSV, or the plain text as it is. */

/** Null where neither is a table: more than one line, or a delimiter. */
export function pastedTable(html: string, plain: string): string | null {
  const rows = html === "" ? [] : rowsOfHtml(html);
  // Spreadsheets put both: their HTML keeps line ends within cells apart from those between rows.
  if (rows.length > 1 && (rows[0]?.length ?? 0) > 1) return rows.map((row) => row.map(quoted).join(",")).join("\n");
  const text = plain.replaceAll("\r\n", "\n").trim();
  return /\n/.test(text) && /[\t,;|]/.test(text) ? `${text}\n` : null;
}

/** Cells of the first table; a cell that spans several columns stands in the first, the others are empty. */
function rowsOfHtml(html: string): string[][] {
  const table = new DOMParser().parseFromString(html, "text/html").querySelector("table");
  if (table === null) return [];
  return [...table.rows]
    .map((row) => [...row.cells].flatMap((cell) => [cellText(cell), ...Array.from({ length: Math.min(cell.colSpan, 4096) - 1 }, () => "")]))
    .filter((row) => row.some((cell) => cell !== ""));
}

function cellText(cell: HTMLTableCellElement): string {
  for (const lineBreak of cell.querySelectorAll("br")) lineBreak.replaceWith("\n");
  return (cell.textContent ?? "").replaceAll(/[ \t\u00a0]+/g, " ").trim();
}

const quoted = (cell: string): string => (/[",\n\r;\t|]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
