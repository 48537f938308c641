/** What a slice is called: a value, a range of numbers or dates, what is missing, what is left over. */
import type { MethodOutput } from "../../../core/protocol/methods.ts";
import { momentWords } from "../../../core/schema/times-of-day.ts";
import { formatCount, formatFigure } from "../../ui/format.ts";
import type { Translate } from "../../ui/texts.ts";

export type SliceKey = MethodOutput<"runs.slices">["slices"][number]["key"];

export const columnNumber = (value: number, dates: boolean): string => (dates ? momentWords(value) : formatFigure(value));

/** @param acrossDates whether the second of two columns holds dates */
export function sliceName(key: SliceKey, dates: boolean, t: Translate, acrossDates = false): string {
  switch (key.kind) {
    case "both":
      return `${sliceName(key.first, dates, t)} · ${sliceName(key.second, acrossDates, t)}`;
    case "value":
      return typeof key.value === "number" ? columnNumber(key.value, dates) : key.value;
    case "range":
      return t("slices.range", { from: columnNumber(key.from, dates), to: columnNumber(key.to, dates) });
    case "missing":
      return t("slices.missing");
    case "others":
      return t("slices.others", { count: formatCount(key.values) });
    default:
      return key satisfies never;
  }
}
