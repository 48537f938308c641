/** A cell of a CSV file after RFC 4180: quoted where it holds a comma, a quote or a line break. */
export function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A cell of a table made for people: a text that a spreadsheet would take for a formula (=SUM(…), +1-2, @x) begins with an apostrophe, which
 * the spreadsheet reads as "text". Numbers stay as they are. Not for files that are read back: there the cell must be what it was.
 */
export function sheetCell(text: string): string {
  return csvCell(/^[=+\-@\t\r]./s.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text);
}
