/** What one click can do about data that cannot be prepared: changes of the data section that answer an error. */
import type { ErrorData } from "../../core/errors.ts";
import { type DataDocument, MISSING_TOKENS } from "../../core/graph/document.ts";
import { withLeftOut } from "../../core/graph/left-out-columns.ts";
import { isTimeFormat } from "../../core/schema/times-of-day.ts";
import type { TextKey } from "../ui/texts.ts";
import { withMissingTokens, withRole, withType } from "./columns.ts";
import { TIME_PARTS, withoutPreparation, withPreparation } from "./preparation.ts";

export interface Fix {
  readonly label: TextKey;
  readonly params: Readonly<Record<string, string>>;
  readonly change: (data: DataDocument) => DataDocument;
}

export function fixesFor(error: ErrorData, data: DataDocument): readonly Fix[] {
  const name = String(error.params["column"] ?? "");
  // The parts of a date are named after their column: `day.year`.
  const column =
    data.columns.find((candidate) => candidate.name === name) ??
    data.columns.find((candidate) => candidate.type === "date" && name.startsWith(`${candidate.name}.`));
  if (error.code === "data.stratified_needs_classes") return [splitAtRandom];
  if (error.code === "data.input_size_mismatch")
    return pixelsLeftOut(Number(error.params["expected"]), Number(error.params["received"]), data);
  if (column === undefined) return [];
  const params = { column: column.name };
  const fix = (label: TextKey, change: Fix["change"]): Fix => ({ label, params, change });
  const ignore = fix("data.ignore_named", (now) => withRole(now, [column.name], "ignored"));
  switch (error.code) {
    case "data.feature_not_encoded":
      return [fix("data.fix_one_hot", (now) => withPreparation(now, column.name, { missing: "category", encoding: "one_hot" })), ignore];
    case "data.date_not_encoded":
      return [
        fix("data.fix_dates", (now) =>
          withPreparation(now, column.name, {
            dateParts: isTimeFormat(column.date_format) ? TIME_PARTS : ["year", "month", "day", "weekday"],
          }),
        ),
        ignore,
      ];
    case "data.values_missing":
      return [fix("data.fix_fill_mean", (now) => withPreparation(now, column.name, { missing: "mean" })), ignore];
    case "data.not_a_number":
    case "data.not_a_date":
    case "data.not_a_time":
      return [
        {
          label: "data.fix_count_missing",
          params: { value: String(error.params["value"]) },
          change: (now) =>
            withMissingTokens(now, [column.name], [...(column.missing_tokens ?? MISSING_TOKENS), String(error.params["value"])]),
        },
        fix("data.fix_categorical", (now) => withType(now, [column.name], "categorical", new Map())),
        ...(column.role === "feature" ? [ignore] : []),
      ];
    case "data.step_not_for_targets":
    case "data.step_wrong_column":
    case "data.target_step_on_classes":
      return [fix("data.fix_no_preparation", (now) => withoutPreparation(now, [column.name]))];
    default:
      return column.role === "feature" ? [ignore] : [];
  }
}

function pixelsLeftOut(expected: number, received: number, data: DataDocument): Fix[] {
  const used = withLeftOut(data, expected, received);
  if (used === null) return [];
  const params = { count: String(used.columns.length), column: used.columns[0] ?? "" };
  return [{ label: "data.fix_use_left_out", params, change: (now) => withLeftOut(now, expected, received)?.data ?? now }];
}

export const splitAtRandom: Fix = {
  label: "data.fix_random",
  params: {},
  change: (data) => ({ ...data, split: { ...data.split, method: "random" } }),
};
