/** A column in words: its figures, its remarks, what is done to it. */
import type { ColumnDocument } from "../../core/graph/document.ts";
import type { ColumnProfile } from "../../core/protocol/methods.ts";
import { DATE_UNCLEAR_REMARK, isBoolean } from "../../core/schema/column-remarks.ts";
import { isTimeFormat, momentWords } from "../../core/schema/times-of-day.ts";
import type { Language } from "../../resources/translations/translate.ts";
import { formatFigure } from "../ui/format.ts";
import type { TextKey, Translate } from "../ui/texts.ts";
import { dateFormatOf } from "./columns.ts";
import type { Preparation } from "./preparation.ts";
import { knownStep } from "./steps.ts";

export function percent(share: number): string {
  if (share === 0) return "0 %";
  if (share < 0.001) return "< 0.1 %";
  if (share > 0.999 && share < 1) return "> 99.9 %";
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
}

/** "104 ± 50.5", or "City Hotel 66 %, Resort Hotel 34 %". */
export function figureWords(profile: ColumnProfile, rowCount: number): string {
  if (profile.mean !== null && profile.deviation !== null)
    return `${formatFigure(profile.mean, 3)} ± ${formatFigure(profile.deviation, 3)}`;
  if (profile.min !== null && profile.max !== null) return `${momentWords(profile.min)} – ${momentWords(profile.max)}`;
  return profile.histogram
    .slice(0, 3)
    .map(({ label, count }) => `${label} ${percent(count / rowCount)}`)
    .join(", ");
}

const REMARKS: Readonly<Record<string, TextKey>> = {
  constant: "data.remark.constant",
  empty: "data.remark.empty",
  id: "data.remark.id",
  mostly_missing: "data.remark.mostly_missing",
  mixed: "data.remark.mixed",
  decimal_comma: "data.remark.decimal_comma",
  thousands_comma: "data.remark.thousands_comma",
  decimal_unclear: "data.remark.decimal_unclear",
  many_values: "data.remark.many_values",
  parts: "data.remark.parts",
  joined_by: "data.remark.joined_by",
};

/** Words of yes and no are categories to a design, and booleans to people. */
export function typeWords(type: ColumnDocument["type"], profiles: readonly (ColumnProfile | undefined)[], t: Translate): string {
  const [first] = profiles;
  if (type === "date" && first !== undefined && profiles.every((profile) => isTimeFormat(dateFormatOf(profile))))
    return t("data.type.time");
  const truth = type === "categorical" && profiles.length > 0 && profiles.every((profile) => profile !== undefined && isBoolean(profile));
  return t(truth ? "data.type.boolean" : `data.type.${type}`);
}

/** Remarks that people should see; the others are for the proposal. */
export function remarkKeys(profile: ColumnProfile): readonly TextKey[] {
  const begins = (prefix: string): boolean => profile.remarks.some((remark) => remark.startsWith(prefix));
  const lists: TextKey[] = begins("lists=") ? ["data.remark.lists"] : [];
  const unclear: TextKey = isTimeFormat(dateFormatOf(profile)) ? "data.remark.time_unclear" : "data.remark.date_unclear";
  const dates: TextKey[] = begins(DATE_UNCLEAR_REMARK) ? [unclear] : [];
  return [...lists, ...dates, ...profile.remarks.flatMap((remark) => (Object.hasOwn(REMARKS, remark) ? [REMARKS[remark] as TextKey] : []))];
}

/**
 * "standardise · missing → 0".
 * @param hasMissing false leaves out what happens to missing values: there are none
 */
export function preparationWords(
  preparation: Preparation,
  column: Pick<ColumnDocument, "type">,
  hasMissing: boolean,
  t: Translate,
  language: Language,
): string {
  const { missing, dateParts, log1p, scaling, encoding, others } = preparation;
  const words: string[] = [];
  if (dateParts !== null)
    words.push(column.type === "date" ? t("data.summary.parts", { count: dateParts.length }) : t("data.summary.months"));
  if (log1p) words.push(t("data.summary.log1p"));
  if (scaling !== "none") words.push(t(`data.prep.scaling.${scaling}`));
  if (encoding !== "none") words.push(t(`data.prep.encoding.${encoding}`));
  for (const type of others) words.push(knownStep(type)?.texts[language].label ?? type);
  if (hasMissing && missing !== "none") words.push(t("data.summary.missing", { value: missingWords(preparation, t) }));
  return words.join(" · ");
}

function missingWords({ missing, missingValue, missingCategory }: Preparation, t: Translate): string {
  if (missing === "constant") return String(missingValue);
  return missing === "category" ? `“${missingCategory}”` : t(`data.prep.missing.${missing}`);
}

const MONTHS = /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?$|^(1[0-2]|[1-9])月$/i;

/** Words that name months: they can become numbers. */
export function looksLikeMonths(profile: ColumnProfile | undefined): boolean {
  return profile !== undefined && profile.histogram.length > 0 && profile.histogram.every(({ label }) => MONTHS.test(label));
}
