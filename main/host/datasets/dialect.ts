/**
 * How a table of text is written: the delimiter, whether cells are quoted and whether the first line holds names. Told
 * from the first part of the file; values are not typed here (profile.ts looks at all rows for that).
 */
export interface Dialect {
  readonly delimiter: string;
  /** Empty where the file does not quote. */
  readonly quote: '"' | "";
  readonly header: boolean;
  /** Cells of the first line. */
  readonly firstLine: readonly string[];
}

const DELIMITERS = [",", "\t", ";", "|"] as const;
const SAMPLE_RECORDS = 200;
/** Characters that are read in about a millisecond. */
const PIECE = 1 << 15;
const NUMBER = /^\s*[+-]?(\d+[.,]?\d*|[.,]\d+|\d{1,3}(\.\d{3})+,\d+)([eE][+-]?\d+)?\s*$/;
const DECIMAL_COMMA = /^\s*[+-]?[\d.]*,\d+([eE][+-]?\d+)?\s*$/;

/**
 * @param text     beginning of the file, line ends "\n"
 * @param whole    whether that is all of it
 * @param expected names of columns that are expected: a first line that has them all is a header
 */
export function sniffDialect(text: string, whole: boolean, expected: readonly string[] = []): Dialect {
  const candidates = DELIMITERS.map((delimiter) => {
    const records = readRecords(text, whole, delimiter, '"');
    return { delimiter, records, ...regularity(records) };
  });
  const regular = candidates
    .filter(({ width }) => width > 1)
    .sort((a, b) => b.share - a.share || Number(commasAreDecimal(b)) - Number(commasAreDecimal(a)) || b.width - a.width);
  const best = regular[0] ?? (candidates[0] as (typeof candidates)[number]);
  const firstLine = best.records[0] ?? [];
  return { delimiter: best.delimiter, quote: '"', firstLine, header: isHeader(best.records, expected) };
}

/** Whether splitting so leaves commas only within numbers: then "1,5;2,5" is two cells and not three. */
function commasAreDecimal({
  delimiter,
  records,
}: {
  readonly delimiter: string;
  readonly records: readonly (readonly string[])[];
}): boolean {
  const withComma = delimiter === "," ? [] : records.flat().filter((cell) => cell.includes(","));
  return withComma.length > 0 && withComma.every((cell) => DECIMAL_COMMA.test(cell));
}

/** Share of the records that have as many cells as most; 0 when the first has another number than most. */
function regularity(records: readonly (readonly string[])[]): { share: number; width: number } {
  const counts = new Map<number, number>();
  for (const { length } of records) counts.set(length, (counts.get(length) ?? 0) + 1);
  let width = 0;
  for (const [length, count] of counts) if (count > (counts.get(width) ?? 0)) width = length;
  const share = (counts.get(width) ?? 0) / Math.max(1, records.length);
  return { width, share: records[0]?.length === width ? share : share / 2 };
}

/** Records of the sample, without the last one when the sample may have cut it. */
export function readRecords(text: string, whole: boolean, delimiter: string, quote: string, most = SAMPLE_RECORDS): string[][] {
  const records: string[][] = [];
  for (const record of recordsOf(text, whole, delimiter, quote)) {
    if (record === null) continue;
    if (records.push(record) >= most) break;
  }
  return records;
}

/** One after the other; null between two pieces of a long one, where whoever reads them may do something else. */
export function* recordsOf(text: string, whole: boolean, delimiter: string, quote: string): Generator<string[] | null, void, void> {
  let record: string[] = [];
  let cell = "";
  let quoted = false;
  let place = 0;
  const endCell = (): void => {
    record.push(cell);
    cell = "";
  };
  for (; place < text.length; place += 1) {
    if (place % PIECE === PIECE - 1) yield null;
    const character = text[place] as string;
    if (quoted) {
      if (character !== quote) cell += character;
      else if (text[place + 1] === quote) {
        cell += quote;
        place += 1;
      } else quoted = false;
    } else if (quote !== "" && character === quote && cell.trim() === "") {
      quoted = true;
      cell = "";
    } else if (character === delimiter) endCell();
    else if (character === "\n") {
      endCell();
      if (record.length > 1 || record[0] !== "") yield record;
      record = [];
    } else cell += character;
  }
  if (whole && (cell !== "" || record.length > 0)) {
    endCell();
    yield record;
  }
}

/**
 * Each column votes: a word above numbers is a name, a number above numbers is a value, a word that comes again below
 * is a value. Undecided: names, when all cells of the first line are different words.
 */
function isHeader(records: readonly (readonly string[])[], expected: readonly string[]): boolean {
  const [first, ...body] = records;
  if (first === undefined) return false;
  const names = first.map((cell) => cell.trim());
  if (expected.length > 0 && expected.every((name) => names.includes(name))) return true;
  let votes = 0;
  names.forEach((name, place) => {
    const below = body.map((record) => record[place]?.trim() ?? "").filter((cell) => cell !== "");
    if (below.length === 0) return;
    const numeric = below.every((cell) => NUMBER.test(cell));
    if (numeric && name !== "") votes += NUMBER.test(name) ? -1 : 1;
    else if (!numeric && below.includes(name)) votes -= 1;
  });
  if (votes !== 0) return votes > 0;
  return names.every((name) => name !== "" && !NUMBER.test(name)) && new Set(names).size === names.length;
}
