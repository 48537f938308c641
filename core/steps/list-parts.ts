/** Parts of a cell that holds a list (red|blue): blanks around a part and empty parts do not count. A separator of nothing parts nothing. */
export function partsOf(cell: string, separator: string): string[] {
  const parts = separator === "" ? [cell] : cell.split(separator);
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}
