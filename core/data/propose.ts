/**
 * The preparation proposed for a data set: what a person would most likely choose from the profile, to be edited. It
 * reads figures only, never the rows.
 */
import { AppError } from "../errors.ts";
import type { ColumnDocument, DataDocument, PixelsDocument, StepDocument } from "../graph/document.ts";
import { isWholeBoolean, KEY_REMARK, SEGMENTS_REMARK, SENTENCES_REMARK, TIMES_REMARK } from "../schema/column-remarks.ts";
import { isTimeFormat } from "../schema/times-of-day.ts";
import { defaultsOf } from "../schema/validate.ts";
import { stepDefinition } from "../steps/definitions.ts";

/** What is needed of a column's profile (`columnProfileSchema`). */
export interface ProfiledColumn {
  readonly name: string;
  readonly type: ColumnDocument["type"];
  readonly remarks: readonly string[];
  readonly missing: number;
  readonly distinct: number;
  readonly pixels?: PixelsDocument | undefined;
}

/** Prefix of the remark that carries how the dates of a column are written: `date_format=%d/%m/%Y`. */
export const DATE_FORMAT_REMARK = "date_format=";

/** Remark of a column that says which part each row was given for: the split reads it. */
export const PART_REMARK = "parts";

/** Prefix of the remark of a column whose cells are lists, with what parts them: `lists=|`. */
export const LISTS_REMARK = "lists=";

/** A feature with one of these remarks is left out of the proposal. */
const LEFT_OUT = ["constant", "id", "empty", "many_values", PART_REMARK, KEY_REMARK];

/** Remark of a column of numbers that are written with a decimal comma. */
export const DECIMAL_COMMA_REMARK = "decimal_comma";
/** The same where commas part thousands. */
export const THOUSANDS_COMMA_REMARK = "thousands_comma";

/** Classes with more values than this are taken to be numbers. */
const MAX_PROPOSED_CLASSES = 20;

/**
 * Numeric features: missing becomes 0, then standardised. Categories: missing becomes a category, then one-hot; lists: multi-hot; yes and no:
 * 0 and 1. Dates:
 * taken apart, with the hour where they have times, times of day into hour and minute, then as numbers. Texts, where there is nothing else, and sentences beside a picture: a
 * bag of words. A target of lists is
 * read as labels, and split at random: hardly two rows have the same. A target of words, or of few whole
 * values, is split stratified, as are several that are words or yes and no; others at random. Quantities to be predicted are standardised:
 * a price in the hundred thousands is out of reach of weights that begin around 0; predictions and figures are in its own units all the same.
 * @param targets names of the target columns; empty for the likeliest
 */
export function proposeData(source: DataDocument["source"], columns: readonly ProfiledColumn[], targets: readonly string[]): DataDocument {
  const chosen = targets.length > 0 ? targets : likelyTarget(columns);
  const byName = new Map(columns.map((column) => [column.name, column]));
  const unknown = chosen.filter((name) => !byName.has(name));
  if (unknown.length > 0) throw new AppError("data.column_missing", { columns: unknown.join(", "), count: unknown.length });
  const besidePicture = columns.some(({ type }) => type === "picture");
  const documents = withTexts(
    columns.map((column) => {
      const isTarget = chosen.includes(column.name);
      return besidePicture && !isTarget && isSentences(column)
        ? { name: column.name, type: "text" as const, role: "feature" as const }
        : propose(column, isTarget, chosen.length === 1);
    }),
  );
  const features = documents.filter(({ role }) => role === "feature");
  const named = (type: ColumnDocument["type"]): string[] => features.filter((column) => column.type === type).map(({ name }) => name);
  const separatorOf = (name: string): string | null => separatorIn(byName.get(name) as ProfiledColumn);
  const listed = (separator: string): string[] => named("categorical").filter((name) => separatorOf(name) === separator);
  const spaced = (parts: boolean): string[] =>
    named("text").filter((name) => byName.get(name)?.remarks.includes(SEGMENTS_REMARK) !== parts);
  const ofDay = new Set(documents.filter(({ date_format }) => isTimeFormat(date_format)).map(({ name }) => name));
  const dated = (times: boolean): string[] =>
    named("date").filter((name) => !ofDay.has(name) && byName.get(name)?.remarks.includes(TIMES_REMARK) === times);
  const separators = [...new Set(named("categorical").flatMap((name) => separatorOf(name) ?? []))];
  const unlisted = named("categorical").filter((name) => separatorOf(name) === null);
  const isTruth = (name: string): boolean => isWholeBoolean(byName.get(name) as ProfiledColumn);
  const [truths, classed] = [unlisted.filter(isTruth), unlisted.filter((name) => !isTruth(name))];
  const targetColumns = chosen.map((name) => byName.get(name) as ProfiledColumn);
  // Of several targets each is a label; numbers among them have no classes that rows could be split by.
  const classes =
    chosen.length > 0 &&
    targetColumns.every((column) => isClasses(column) && (chosen.length === 1 ? separatorIn(column) === null : isLabel(column)));
  return {
    source,
    columns: documents,
    steps: [
      step("date_parts", dated(false)),
      step("date_parts", dated(true), { hour: true }),
      step(
        "date_parts",
        named("date").filter((name) => ofDay.has(name)),
        TIME_PARTS,
      ),
      step("impute", [...named("numeric"), ...named("date")], { strategy: "constant", value: 0 }),
      step("standardise", [...named("numeric"), ...named("date")]),
      step("impute", classed, { strategy: "category" }),
      step("one_hot", classed),
      // None is missing here, but one may be in a row that is predicted.
      step("impute", truths, { strategy: "most_frequent" }),
      step("ordinal", truths),
      ...separators.map((separator) => step("multi_hot", listed(separator), { separator })),
      step("bag_of_words", spaced(true)),
      step("bag_of_words", spaced(false), { tokenizer: "segments" }),
      step("picture", named("picture")),
      step(
        "standardise",
        targetColumns.filter((column) => column.type === "numeric" && !isClasses(column) && !isLabel(column)).map(({ name }) => name),
      ),
    ].filter(({ columns: names }) => names.length > 0),
    split: { method: classes ? "stratified" : "random", validation_fraction: 0.2, seed: null, ...givenParts(columns) },
    feature_count: null,
    class_count: null,
  };
}

/** Where files were given for the parts, nothing is drawn. */
function givenParts(columns: readonly ProfiledColumn[]): Partial<DataDocument["split"]> {
  const parts = columns.find(({ remarks }) => remarks.includes(PART_REMARK));
  return parts === undefined ? {} : { method: "column", column: parts.name, validation_from_training: true };
}

/** Names that a column has because it is what is asked for. */
const TARGET_NAMES = /^(target|label|labels|class|y|outcome|response|species|diagnosis|survived|churn(ed)?|标签|类别|目标|结果)$/i;
const YES_OR_NO = /^(is|has)_/i;

const NO_ANSWERS: readonly ColumnDocument["type"][] = ["text", "picture", "date"];

/** What parts the lists of a column; null where its cells are none. */
function separatorIn({ remarks }: Pick<ProfiledColumn, "remarks">): string | null {
  return remarks.find((remark) => remark.startsWith(LISTS_REMARK))?.slice(LISTS_REMARK.length) ?? null;
}

/**
 * What a person most likely asks for: what is named so; two values that answer a question; else the last column, as most tables
 * have it. Nobody predicts a sentence by class, a date, or an id.
 */
function likelyTarget(columns: readonly ProfiledColumn[]): string[] {
  const possible = columns.filter(
    (column) =>
      !NO_ANSWERS.includes(column.type) && separatorIn(column) === null && !column.remarks.some((remark) => LEFT_OUT.includes(remark)),
  );
  const found =
    possible.findLast(({ name }) => TARGET_NAMES.test(name.trim())) ??
    possible.find(({ name, distinct }) => distinct === 2 && YES_OR_NO.test(name.trim())) ??
    possible.at(-1) ??
    // Of pictures without a label there is nothing to be told: what they are called is no answer.
    (columns.some(({ type }) => type === "picture") ? undefined : columns.findLast(({ remarks }) => !remarks.includes(PART_REMARK)));
  return found === undefined ? [] : [found.name];
}

/** Texts are left out beside other columns (remarks, names, addresses); where there is nothing else they are what to learn from. */
function withTexts(documents: ColumnDocument[]): ColumnDocument[] {
  if (documents.some(({ role }) => role === "feature")) return documents;
  return documents.map((one) => (one.type === "text" && one.role === "ignored" ? { ...one, role: "feature" as const } : one));
}

/** Questions about pictures, say: what makes a category of each is of no use to an answer. */
const isSentences = ({ type, remarks }: ProfiledColumn): boolean =>
  type === "categorical" &&
  remarks.some((remark) => remark.startsWith(SENTENCES_REMARK)) &&
  !remarks.some((remark) => remark === PART_REMARK || remark === KEY_REMARK);

const isLabel = ({ type, distinct }: ProfiledColumn): boolean => type === "categorical" || distinct <= 2;

/** A target that is words, or numbers with so few distinct values that they are most likely classes. */
export function isClasses(column: ProfiledColumn): boolean {
  return (
    column.type === "categorical" ||
    (column.type === "numeric" && column.distinct <= MAX_PROPOSED_CLASSES && column.remarks.includes("whole_numbers"))
  );
}

function propose(column: ProfiledColumn, isTarget: boolean, isOnly: boolean): ColumnDocument {
  const leftOut = column.type === "text" || column.remarks.some((remark) => LEFT_OUT.includes(remark));
  const format = column.remarks.find((remark) => remark.startsWith(DATE_FORMAT_REMARK));
  // Lists beside other targets cannot be labels of one output.
  const separator = isOnly ? separatorIn(column) : null;
  return {
    name: column.name,
    type: isTarget && column.type === "text" ? "categorical" : column.type,
    role: isTarget ? "target" : leftOut ? "ignored" : "feature",
    ...(format === undefined ? {} : { date_format: format.slice(DATE_FORMAT_REMARK.length) }),
    ...commasOf(column),
    ...(isTarget && separator !== null ? { lists: separator } : {}),
    ...(column.pixels === undefined ? {} : { pixels: column.pixels }),
  };
}

/** What the commas of a column's numbers stand for. */
export function commasOf({ remarks }: Pick<ProfiledColumn, "remarks">): Pick<ColumnDocument, "decimal_comma" | "thousands_comma"> {
  if (remarks.includes(DECIMAL_COMMA_REMARK)) return { decimal_comma: true };
  return remarks.includes(THOUSANDS_COMMA_REMARK) ? { thousands_comma: true } : {};
}

/** What a time of day has of the parts of a date. */
const TIME_PARTS = { year: false, month: false, day: false, weekday: false, hour: true, minute: true } as const;

/** A step with all its options written out. */
function step(type: string, columns: string[], options: Readonly<Record<string, unknown>> = {}): StepDocument {
  return { type, columns, ...defaultsOf(stepDefinition(type).schema), ...options };
}
