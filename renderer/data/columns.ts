/**
 * Roles and types of columns: what follows when one changes, so that a design never holds a preparation that its column
 * cannot have. Pure functions over the data section; acts that can be undone are in acts.ts.
 */
import type { ColumnDocument, DataDocument } from "../../core/graph/document.ts";
import type { ColumnProfile, DatasetProfile } from "../../core/protocol/methods.ts";
import { DATE_UNCLEAR_REMARK, isWholeBoolean } from "../../core/schema/column-remarks.ts";
import { isTimeFormat } from "../../core/schema/times-of-day.ts";
import { type PreparationChange, TIME_PARTS, withoutPreparation, withPreparation } from "./preparation.ts";
import { withContentStep, withListStep } from "./steps.ts";

export type Role = ColumnDocument["role"];
export type ColumnType = ColumnDocument["type"];
export const ROLES = ["feature", "target", "weight", "ignored"] as const satisfies readonly Role[];
export const TYPES = ["numeric", "categorical", "date", "text", "picture"] as const satisfies readonly ColumnType[];

type Profiles = ReadonlyMap<string, Pick<ColumnProfile, "remarks" | "missing">>;

/** As core/data/propose.ts prepares a feature of each type. */
const USUAL: Readonly<Record<ColumnType, PreparationChange>> = {
  numeric: { missing: "constant", missingValue: 0, scaling: "standardise" },
  categorical: { missing: "category", missingCategory: "missing", encoding: "one_hot" },
  date: { dateParts: ["year", "month", "day", "weekday"], missing: "constant", missingValue: 0, scaling: "standardise" },
  text: {},
  picture: {},
};
const USUAL_TIME: PreparationChange = { ...USUAL.date, dateParts: TIME_PARTS };
const USUAL_BOOLEAN: PreparationChange = { missing: "most_frequent", encoding: "ordinal" };
/** The step that makes numbers of a text or a picture. */
const USUAL_CONTENT = { text: "bag_of_words", picture: "picture" } as const;

/** Numbers of so few values are classes most likely (as core/data/propose.ts takes them). */
const MOST_CLASSES = 20;
const DATE_FORMAT = "date_format=";
const LISTS = "lists=";

/** A target that is one of several classes rather than a number. */
export function looksLikeClasses(column: Pick<ColumnDocument, "type">, profile: ColumnProfile | undefined): boolean {
  if (column.type !== "numeric") return true;
  return profile !== undefined && profile.distinct <= MOST_CLASSES && profile.remarks.includes("whole_numbers");
}

/**
 * A feature that had no preparation gets the usual one; a target loses what targets cannot have, weights all of it; what is
 * ignored keeps its preparation, for the day it is used again. Texts that are to be predicted are taken for categories. Weights of
 * the rows are one numeric column: the first of those named, and what was it before is ignored.
 * @param profiles what is known of the columns: cells that are lists are prepared as such
 */
export function withRole(data: DataDocument, columns: readonly string[], role: Role, profiles: Profiles = new Map()): DataDocument {
  if (role === "weight") return withWeight(data, columns);
  const names = new Set(columns);
  const changed: DataDocument = {
    ...data,
    columns: data.columns.map((column) => {
      if (!names.has(column.name) || column.role === role) return column;
      return { ...column, role, ...(column.type === "text" && role === "target" ? { type: "categorical" as const } : {}) };
    }),
  };
  const before = new Map(data.columns.map((column) => [column.name, column]));
  const moved = changed.columns.filter((column) => names.has(column.name) && before.get(column.name) !== column);
  const movedNames = moved.map(({ name }) => name);
  if (role === "target") return withoutPreparation(changed, movedNames);
  if (role === "ignored") return changed;
  const fromTarget = withoutPreparation(
    changed,
    movedNames.filter((name) => ["target", "weight"].includes(before.get(name)?.role ?? "")),
  );
  const prepared = new Set(fromTarget.steps.flatMap((step) => step.columns));
  return withUsual(
    fromTarget,
    moved.filter(({ name }) => !prepared.has(name)),
    profiles,
  );
}

function withWeight(data: DataDocument, columns: readonly string[]): DataDocument {
  const weight = data.columns.find(({ name, type }) => columns.includes(name) && type === "numeric")?.name;
  if (weight === undefined) return data;
  const roleOf = (column: ColumnDocument): Role => (column.name === weight ? "weight" : column.role === "weight" ? "ignored" : column.role);
  const next = data.columns.map((column) => (roleOf(column) === column.role ? column : { ...column, role: roleOf(column) }));
  return withoutPreparation({ ...data, columns: next }, [weight]);
}

/** Another type needs another preparation: features get the usual one of the new type. */
export function withType(
  data: DataDocument,
  columns: readonly string[],
  type: ColumnType,
  profiles: ReadonlyMap<string, ColumnProfile>,
): DataDocument {
  const names = new Set(columns);
  const changing = data.columns.filter((column) => names.has(column.name) && column.type !== type).map(({ name }) => name);
  if (changing.length === 0) return data;
  const changed = new Set(changing);
  const retyped: DataDocument = {
    ...data,
    columns: data.columns.map((column) => {
      if (!changed.has(column.name)) return column;
      const { date_format: _format, decimal_comma: _decimal, thousands_comma: _thousands, ...rest } = column;
      const profile = profiles.get(column.name);
      const format = type === "date" ? dateFormatOf(profile) : undefined;
      const commas = type === "numeric" && profile !== undefined ? commasOf(profile) : {};
      const role = type !== "numeric" && column.role === "weight" ? "ignored" : column.role;
      return { ...rest, type, role, ...(format === undefined ? {} : { date_format: format }), ...commas };
    }),
  };
  return withUsual(
    withoutPreparation(retyped, changing),
    retyped.columns.filter(({ name, role }) => changed.has(name) && role === "feature"),
    profiles,
  );
}

function withUsual(data: DataDocument, columns: readonly ColumnDocument[], profiles: Profiles): DataDocument {
  const separators = new Map(
    columns.flatMap(({ name, type }) => {
      const separator = type === "categorical" ? separatorOf(profiles.get(name)) : null;
      return separator === null ? [] : [[name, separator] as const];
    }),
  );
  const withLists = [...new Set(separators.values())].reduce((changed, separator) => {
    const names = [...separators].filter(([, own]) => own === separator).map(([name]) => name);
    return withListStep(changed, names, separator);
  }, data);
  return TYPES.reduce((changed, type) => {
    const own = columns.filter((column) => column.type === type && !separators.has(column.name)).map(({ name }) => name);
    const truths = type === "categorical" ? own.filter((name) => isTruth(profiles.get(name))) : [];
    const withTruths = truths.length === 0 ? changed : withPreparation(changed, truths, USUAL_BOOLEAN);
    const names = own.filter((name) => !truths.includes(name));
    if (names.length === 0) return withTruths;
    const ofDay = names.filter((name) => columns.some((column) => column.name === name && isTimeFormat(column.date_format)));
    if (ofDay.length > 0) {
      const dated = names.filter((name) => !ofDay.includes(name));
      return withPreparation(dated.length === 0 ? withTruths : withPreparation(withTruths, dated, USUAL.date), ofDay, USUAL_TIME);
    }
    return type === "text" || type === "picture"
      ? withContentStep(withTruths, names, type, USUAL_CONTENT[type])
      : withPreparation(withTruths, names, USUAL[type]);
  }, withLists);
}

const isTruth = (profile: Pick<ColumnProfile, "remarks" | "missing"> | undefined): boolean =>
  profile !== undefined && isWholeBoolean(profile);

/**
 * Whether each value of the lists in a target is a label of its own; else each combination is a class. Hardly two rows hold the same
 * list: labels are split at random.
 * @param separator what parts the lists; null for classes
 */
export function withLabels(data: DataDocument, name: string, separator: string | null): DataDocument {
  const columns = data.columns.map((column) => {
    if (column.name !== name) return column;
    const { lists: _lists, ...rest } = column;
    return separator === null ? rest : { ...rest, lists: separator };
  });
  const split = separator !== null && data.split.method === "stratified" ? { ...data.split, method: "random" as const } : data.split;
  return { ...withoutPreparation(data, [name]), columns, split };
}

/** As core/data/propose.ts takes the remarks of a column. */
function commasOf({ remarks }: ColumnProfile): Pick<ColumnDocument, "decimal_comma" | "thousands_comma"> {
  if (remarks.includes("decimal_comma")) return { decimal_comma: true };
  return remarks.includes("thousands_comma") ? { thousands_comma: true } : {};
}

/** What parts the lists of a column; null where its cells are none. */
export function separatorOf(profile: Pick<ColumnProfile, "remarks"> | undefined): string | null {
  return profile?.remarks.find((remark) => remark.startsWith(LISTS))?.slice(LISTS.length) ?? null;
}

/** Where a number may be a year or a day, or a time a duration, a person who says that they are dates means years, and times of day. */
export function dateFormatOf(profile: ColumnProfile | undefined): string | undefined {
  const textAfter = (prefix: string): string | undefined =>
    profile?.remarks.find((remark) => remark.startsWith(prefix))?.slice(prefix.length);
  return textAfter(DATE_FORMAT) ?? textAfter(DATE_UNCLEAR_REMARK);
}

/** These are the features and no others; targets stay targets. */
export function withOnly(data: DataDocument, columns: readonly string[], profiles: Profiles = new Map()): DataDocument {
  const names = new Set(columns);
  const others = data.columns.filter(({ name, role }) => role === "feature" && !names.has(name)).map(({ name }) => name);
  const chosen = data.columns.filter(({ name, role }) => role === "ignored" && names.has(name)).map(({ name }) => name);
  return withRole(withRole(data, others, "ignored", profiles), chosen, "feature", profiles);
}

export function withMissingTokens(data: DataDocument, columns: readonly string[], tokens: readonly string[] | null): DataDocument {
  const names = new Set(columns);
  return {
    ...data,
    columns: data.columns.map((column) => {
      if (!names.has(column.name)) return column;
      const { missing_tokens: _tokens, ...rest } = column;
      return tokens === null ? rest : { ...rest, missing_tokens: [...tokens] };
    }),
  };
}

/** What commas in the numbers of these columns stand for; null where they have none that a number may have. */
export function withCommas(
  data: DataDocument,
  columns: readonly string[],
  meaning: "decimal_comma" | "thousands_comma" | null,
): DataDocument {
  const names = new Set(columns);
  return {
    ...data,
    columns: data.columns.map((column) => {
      if (!names.has(column.name)) return column;
      const { decimal_comma: _decimal, thousands_comma: _thousands, ...rest } = column;
      return meaning === null ? rest : { ...rest, [meaning]: true };
    }),
  };
}

/** True when a data set has every column that the design uses: its preparation then goes on being used. */
export function fits(data: DataDocument, profile: DatasetProfile): boolean {
  const there = new Set(profile.columns.map(({ name }) => name));
  const used = data.columns.filter(({ role }) => role !== "ignored");
  return used.length > 0 && used.every(({ name }) => there.has(name));
}

/** The column by which a design splits its rows, where the data have none of that name. */
export function missingSplitColumn({ split }: DataDocument, { columns }: DataDocument): string | null {
  const column = split.method === "time" ? split.order_by : split.column;
  return column == null || columns.some(({ name }) => name === column) ? null : column;
}

/** The design's own preparation over another data set with the same columns; columns that are new are ignored. */
export function carriedOver(data: DataDocument, proposed: DataDocument): DataDocument {
  const known = new Map(data.columns.map((column) => [column.name, column]));
  const columns = proposed.columns.map((column) => known.get(column.name) ?? { ...column, role: "ignored" as const });
  // The order of columns is the order of features: that of the design stays.
  const place = new Map(data.columns.map(({ name }, index) => [name, index]));
  const there = new Set(columns.map(({ name }) => name));
  columns.sort((a, b) => (place.get(a.name) ?? data.columns.length) - (place.get(b.name) ?? data.columns.length));
  return {
    ...data,
    // A split by a column that is not there would hold nothing out.
    split: missingSplitColumn(data, proposed) === null ? data.split : proposed.split,
    source: proposed.source,
    columns,
    steps: data.steps.map((step) => ({ ...step, columns: step.columns.filter((name) => there.has(name)) })),
  };
}

/** Names of what is wrong with a target for a split by class: numbers of many values. */
export function manyValuedTarget(data: DataDocument, profiles: ReadonlyMap<string, ColumnProfile>): string | null {
  const found = data.columns.find((column) => {
    const profile = profiles.get(column.name);
    return column.role === "target" && profile !== undefined && !looksLikeClasses(column, profile) && profile.distinct > MOST_CLASSES;
  });
  return found?.name ?? null;
}
