/**
 * The profile of a table: per column a type guessed from all rows, and the figures people look at. All columns are
 * turned into one long list of (column, value, count), so that a few queries profile any number of columns.
 */
import { DATE_FORMAT_REMARK, DECIMAL_COMMA_REMARK, LISTS_REMARK, THOUSANDS_COMMA_REMARK } from "../../../core/data/propose.ts";
import type { ErrorData } from "../../../core/errors.ts";
import type { ColumnProfile } from "../../../core/protocol/methods.ts";
import {
  BOOLEAN_REMARK,
  DATE_UNCLEAR_REMARK,
  SEGMENTS_REMARK,
  SENTENCES_REMARK,
  TIMES_REMARK,
} from "../../../core/schema/column-remarks.ts";
import { findBooleans } from "./booleans.ts";
import { asNumber, DATE_FORMATS, isMissing, trimmed } from "./cell-types.ts";
import { type Ends, endsOfDates, frequentValues, type NumberFigures, numberFigures } from "./column-figures.ts";
import { type CommaNumbers, MEANT_AS_NUMBERS, readCommaNumbers } from "./comma-numbers.ts";
import { type DateForms, findDateForms } from "./date-forms.ts";
import { columnId, type Database } from "./duckdb.ts";
import { findLists } from "./list-columns.ts";
import { findMonthsAndNumbers, type MonthsAndNumbers } from "./months-and-numbers.ts";
import { findSegmentedSentences, findSentences } from "./sentence-columns.ts";
import { findTimesOfDay, type TimesOfDay, verdictOfTimes } from "./times-of-day.ts";

/** Columns that are turned into the long list at a time, and cells: all of them may be different, and the list is held. */
const BATCH_COLUMNS = 256;
const BATCH_CELLS = 8_000_000;
/** Of a table with more columns than that they are counted together. */
const MOST_APART = 128;
const MOSTLY_MISSING = 0.5;
/** From this share of dates of one form on, a column was most likely meant to be dates; from the other where they have several. */
const MEANT_AS_DATES = 0.9;
const MEANT_AS_DATES_OF_FORMS = 0.5;
/** A category column with more values than this, or more than half as many as rows, is left out of a proposal. */
const MANY_VALUES = 1000;

export interface Profile {
  readonly columns: ColumnProfile[];
  readonly warnings: ErrorData[];
}

/**
 * @param names   of the columns c0, c1 … of `source`, which also numbers its rows (rowid)
 * @param onShare told before every batch of columns, and at the end, how much is done, 0 to 1
 */
export async function profileTable(
  database: Database,
  names: readonly string[],
  rowCount: number,
  onShare?: (share: number) => void,
): Promise<Profile> {
  const columns: ColumnProfile[] = [];
  const warnings: ErrorData[] = [];
  const step = Math.max(1, Math.min(BATCH_COLUMNS, Math.floor(BATCH_CELLS / rowCount)));
  for (let start = 0; start < names.length; start += step) {
    onShare?.(start / names.length);
    const batch = names.slice(start, start + step);
    await countValues(database, start, batch.length, names.length);
    const commas = await readCommaNumbers(database);
    const summaries = await summarise(database);
    const guesses = batch.map((name, place) => guessType(name, rowCount, summaries.get(start + place) ?? EMPTY, commas.get(start + place)));
    for (const [place, values] of await findBooleans(database))
      guesses[place - start]?.remarks.push(`${BOOLEAN_REMARK}${values.join(",")}`);
    await remarkLists(database, guesses, start);
    await remarkSentences(database, guesses, start);
    const figures = await numberFigures(database);
    const frequent = await frequentValues(database);
    const ends = await endsOfDates(database, guesses, start);
    guesses.forEach((guess, place) => {
      columns.push(columnProfile(guess, rowCount, figures.get(start + place), frequent.get(start + place) ?? [], ends.get(start + place)));
      warnings.push(...guess.warnings);
    });
    await database.run("DROP TABLE counts");
  }
  onShare?.(1);
  return { columns, warnings };
}

/** What is known of a column of lists stands instead of what was remarked of its combinations. */
async function remarkLists(database: Database, guesses: readonly Guess[], start: number): Promise<void> {
  const ofWords = (place: number): boolean => guesses[place - start]?.type === "categorical";
  const lists = await findLists(database, guesses.map((_, place) => start + place).filter(ofWords));
  for (const [place, { separator, parts, example }] of lists) {
    const { name, remarks, warnings } = guesses[place - start] as Guess;
    const own = remarks.filter((remark) => remark !== "id" && remark !== "many_values");
    remarks.splice(0, remarks.length, ...own, `${LISTS_REMARK}${separator}`);
    warnings.push({ code: "data.column_lists", params: { column: name, separator, parts, example } });
  }
}

async function remarkSentences(database: Database, guesses: readonly Guess[], start: number): Promise<void> {
  const isPossible = ({ type, remarks }: Guess): boolean =>
    type === "categorical" && !remarks.some((remark) => remark === "constant" || remark.startsWith(LISTS_REMARK));
  const places = (isSought: (summary: Summary) => boolean): number[] =>
    guesses.flatMap((guess, place) => (isPossible(guess) && isSought(guess.summary) ? [start + place] : []));
  const spaced = await findSentences(
    database,
    places((summary) => summary.meanSpaces >= 2 && !isUnspaced(summary)),
  );
  for (const [place, { longest, words }] of spaced) guesses[place - start]?.remarks.push(`${SENTENCES_REMARK}${longest},${words}`);
  for (const place of places((summary) => isUnspaced(summary) && summary.meanUnspaced >= 2 * CHARACTERS_A_WORD)) {
    const found = await findSegmentedSentences(database, place);
    if (found !== null) guesses[place - start]?.remarks.push(`${SENTENCES_REMARK}${found.longest},${found.words}`, SEGMENTS_REMARK);
  }
}

/** Table counts(place, value, n, first_row, number): every different value of a column that is not missing. */
async function countValues(database: Database, start: number, count: number, columnCount: number): Promise<void> {
  const places = Array.from({ length: count }, (_, place) => start + place);
  const ids = places.map(columnId).join(", ");
  const counted = "count(*)::DOUBLE AS n, min(rowid)::DOUBLE AS first_row";
  // Column by column is twice as fast to run; but planning it grows with the square of the columns.
  const cells =
    columnCount <= MOST_APART
      ? places
          .map(
            (place) =>
              `SELECT ${place} AS place, ${columnId(place)} AS cell, ${counted} FROM source WHERE ${columnId(place)} IS NOT NULL GROUP BY cell`,
          )
          .join(" UNION ALL ")
      : `SELECT substr(name, 2)::INTEGER AS place, cell, ${counted} FROM (UNPIVOT (SELECT rowid, ${ids} FROM source) ON ${ids} INTO NAME name VALUE cell) GROUP BY ALL`;
  // In two statements, or DuckDB trims and tests every cell before it counts instead of every different one after.
  await database.run(`CREATE TEMP TABLE cells AS ${cells}`);
  await database.run(
    `CREATE TEMP TABLE counts AS SELECT place, value, n, first_row, CASE WHEN isfinite(${asNumber("value")}) THEN ${asNumber("value")} END AS number FROM (` +
      `SELECT place, ${trimmed("cell")} AS value, sum(n) AS n, min(first_row) AS first_row FROM cells GROUP BY ALL) WHERE NOT ${isMissing("value")}`,
  );
  await database.run("DROP TABLE cells");
}

interface Summary {
  /** Cells that are not missing, and how many of them are numbers. */
  readonly present: number;
  readonly numbers: number;
  readonly distinct: number;
  readonly whole: boolean;
  /** Whole numbers that follow each other without gap. */
  readonly consecutive: boolean;
  readonly meanLength: number;
  readonly meanSpaces: number;
  /** Characters of writing that parts no words by spaces. */
  readonly meanUnspaced: number;
  /** First cell that is no number, and its row from 0. */
  readonly firstWord: string;
  readonly firstWordRow: number;
  readonly dates: DateForms | undefined;
  readonly months: MonthsAndNumbers | undefined;
  readonly times: TimesOfDay | undefined;
}
const EMPTY: Summary = {
  present: 0,
  numbers: 0,
  distinct: 0,
  whole: false,
  consecutive: false,
  meanLength: 0,
  meanSpaces: 0,
  meanUnspaced: 0,
  firstWord: "",
  firstWordRow: 0,
  dates: undefined,
  months: undefined,
  times: undefined,
};

const UNSPACED = String.raw`[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]`;
/** Of such writing: characters of a word, and how many others its characters are as wide as. */
const CHARACTERS_A_WORD = 2;

/** Half of its writing parts no words. */
const isUnspaced = ({ meanUnspaced, meanLength }: Summary): boolean => meanUnspaced > 0 && 2 * meanUnspaced >= meanLength;

/** Long texts of several words, hardly any of which comes twice. */
function isText({ present, distinct, meanLength, meanSpaces, meanUnspaced }: Summary): boolean {
  const words = meanSpaces + meanUnspaced / CHARACTERS_A_WORD;
  return words >= 3 && meanLength + meanUnspaced >= 25 && distinct > 0.5 * present && present > 10;
}

async function summarise(database: Database): Promise<Map<number, Summary>> {
  const rows = await database.rows(
    `SELECT place, sum(n), coalesce(sum(n) FILTER (number IS NOT NULL), 0), ` +
      // 1 and 1.0 are one number; long ids may be one only when they are rounded.
      `(CASE WHEN bool_and(number IS NOT NULL AND abs(number) < ${Number.MAX_SAFE_INTEGER}) THEN count(DISTINCT number) ELSE count(*) END)::DOUBLE, ` +
      `coalesce(bool_and(number = trunc(number)), false), ` +
      `coalesce(max(number) - min(number) + 1 = count(DISTINCT number), false), avg(length(value)), avg(length(value) - length(replace(value, ' ', ''))), ` +
      `left(arg_min(value, first_row) FILTER (number IS NULL), 80), min(first_row) FILTER (number IS NULL), ` +
      // Most columns have no such character, and few bytes more than characters: those are not searched.
      `avg(CASE WHEN strlen(value) > length(value) THEN length(value) - length(regexp_replace(value, '${UNSPACED}', '', 'g')) ELSE 0 END) ` +
      `FROM counts GROUP BY place`,
  );
  const dates = await findDateForms(database);
  const months = await findMonthsAndNumbers(database);
  const times = await findTimesOfDay(database);
  return new Map(
    rows.map((row): [number, Summary] => [
      Number(row[0]),
      {
        present: Number(row[1]),
        numbers: Number(row[2]),
        distinct: Number(row[3]),
        whole: row[4] === true,
        consecutive: row[5] === true,
        meanLength: Number(row[6]),
        meanSpaces: Number(row[7]),
        firstWord: String(row[8] ?? ""),
        firstWordRow: Number(row[9] ?? 0),
        meanUnspaced: Number(row[10]),
        dates: dates.get(Number(row[0])),
        months: months.get(Number(row[0])),
        times: times.get(Number(row[0])),
      },
    ]),
  );
}

interface Guess {
  readonly name: string;
  readonly type: ColumnProfile["type"];
  readonly remarks: string[];
  readonly warnings: ErrorData[];
  readonly summary: Summary;
}

function guessType(name: string, rowCount: number, summary: Summary, commas: CommaNumbers | undefined): Guess {
  const { present, numbers, distinct } = summary;
  const remarks: string[] = [];
  const warnings: ErrorData[] = [];
  const guess = (type: ColumnProfile["type"]): Guess => ({ name, type, remarks, warnings, summary });
  if (present === 0) {
    remarks.push("empty");
    return guess("categorical");
  }
  if (distinct === 1) remarks.push("constant");
  if (present < (1 - MOSTLY_MISSING) * rowCount) remarks.push("mostly_missing");
  const allDifferent = distinct === present && present > 10;
  if (commas?.verdict === "mixed") {
    remarks.push("mixed");
    const { commas: withComma, points, example, other, row, otherRow } = commas;
    warnings.push({
      code: "data.decimal_mixed",
      params: { column: name, commas: withComma, points, example, row: row + 1, other, otherRow: otherRow + 1 },
    });
  }
  if (commas?.verdict === "unclear") {
    remarks.push("decimal_unclear");
    warnings.push({ code: "data.decimal_unclear", params: { column: name, example: commas.example, row: commas.row + 1 } });
  }
  if (commas?.verdict === "decimal") remarks.push(DECIMAL_COMMA_REMARK);
  if (commas?.verdict === "thousands") remarks.push(THOUSANDS_COMMA_REMARK);
  if (numbers === present) {
    if (summary.whole) remarks.push("whole_numbers");
    if (
      allDifferent &&
      summary.whole &&
      (summary.consecutive || /(^|[\s_-])(id|no|nr|index|编号|序号)$|^unnamed/i.test(name) || /[a-z]I[dD]$/.test(name))
    )
      remarks.push("id");
    return guess("numeric");
  }
  const { dates } = summary;
  const formats = dates?.counts.flatMap((count, place) => (count === present ? [place] : [])) ?? [];
  if (formats.length > 0) {
    const format = DATE_FORMATS[(formats[0] as number) - 1];
    if (format !== undefined) remarks.push(`${DATE_FORMAT_REMARK}${format}`);
    if (dates?.timed) remarks.push(TIMES_REMARK);
    const other = formats[1] === undefined ? undefined : DATE_FORMATS[formats[1] - 1];
    // May is a month's short name and its long one: both forms are the same date.
    if (format !== undefined && other !== undefined && other.replace("%B", "%b") !== format)
      warnings.push({
        code: "data.date_ambiguous",
        // Nothing here is a number: the first word is the first date.
        params: { column: name, format, other, value: summary.firstWord, row: summary.firstWordRow + 1 },
      });
    return guess("date");
  }
  const { months } = summary;
  if (months?.verdict === "years") {
    remarks.push(`${DATE_FORMAT_REMARK}${months.format}`);
    return guess("date");
  }
  if (months !== undefined) {
    if (months.verdict === "either") remarks.push(`${DATE_UNCLEAR_REMARK}${months.format}`);
    const code = months.verdict === "either" ? "data.date_year_or_day" : "data.date_without_year";
    warnings.push({ code, params: { column: name, value: months.example, row: months.row + 1 } });
  }
  const { times } = summary;
  const verdict = times === undefined ? null : verdictOfTimes(name, times);
  if (times !== undefined && verdict === "times") {
    remarks.push(`${DATE_FORMAT_REMARK}${times.format}`);
    return guess("date");
  }
  if (times !== undefined && verdict === "either") {
    remarks.push(`${DATE_UNCLEAR_REMARK}${times.format}`);
    warnings.push({ code: "data.time_or_duration", params: { column: name, value: times.example, row: times.row + 1 } });
  }
  const otherForm = dates?.firsts.find(({ mostFrequent }) => !mostFrequent);
  if (dates !== undefined && otherForm !== undefined) {
    const most = Math.max(...dates.counts);
    if (dates.dates >= (most === dates.dates ? MEANT_AS_DATES : MEANT_AS_DATES_OF_FORMS) * present) {
      remarks.push("mixed");
      const form = DATE_FORMATS[dates.counts.indexOf(most) - 1] ?? "ISO 8601";
      const examples = dates.firsts.map(({ value, row }) => `'${value}' (${row + 1})`).join(", ");
      warnings.push({ code: "data.dates_mixed", params: { column: name, form, other: otherForm.value, row: otherForm.row + 1, examples } });
    }
  }
  if (numbers >= MEANT_AS_NUMBERS * present && commas?.verdict !== "mixed") {
    remarks.push("mixed");
    warnings.push({
      code: "data.column_mixed",
      params: { column: name, numbers, words: present - numbers, value: summary.firstWord, row: summary.firstWordRow + 1 },
    });
  }
  if (isText(summary)) {
    if (isUnspaced(summary)) remarks.push(SEGMENTS_REMARK);
    return guess("text");
  }
  if (allDifferent) remarks.push("id");
  else if (distinct > MANY_VALUES || (distinct > 0.5 * present && present > 50)) remarks.push("many_values");
  return guess("categorical");
}

function columnProfile(
  { name, type, remarks, summary }: Guess,
  rowCount: number,
  figures: NumberFigures | undefined,
  frequent: { label: string; count: number }[],
  ends: Ends = { min: null, max: null },
): ColumnProfile {
  const base = { name, type, remarks, missing: rowCount - summary.present, distinct: summary.distinct };
  if (type !== "numeric" || figures === undefined)
    return { ...base, mean: null, deviation: null, ...ends, quantiles: null, histogram: frequent };
  const { mean, deviation, min, max, quantiles, bins } = figures;
  const width = (max - min) / bins.length;
  const histogram = bins.map((count, bin) => {
    const from = min + bin * width;
    const to = bin === bins.length - 1 ? max : min + (bin + 1) * width;
    return { label: bins.length === 1 ? shown(min) : `${shown(from)} – ${shown(to)}`, from, to, count };
  });
  return { ...base, mean, deviation, min, max, quantiles, histogram };
}

/** Four figures are enough for a label. */
function shown(value: number): string {
  return String(Number(value.toPrecision(4)));
}
