/** Numbers of a schema in words: the range beside the label, what is wrong with a number, how far an arrow key steps. */
import type { FloatField, IntField } from "../../core/schema/fields.ts";
import { formatCount } from "../ui/format.ts";
import type { Translate } from "../ui/texts.ts";

type NumberField = IntField | FloatField;

/** Bounds as large as this are there to keep files sane and say nothing to a person. */
const UNBOUNDED = 1e9;

function show(value: number): string {
  return Number.isInteger(value) && Math.abs(value) >= 10_000 ? formatCount(value) : String(value);
}

/** "1 – 65,536", "above 0", "0 – below 1"; empty where any number will do. */
export function rangeText(field: NumberField, t: Translate): string {
  const openBelow = field.kind === "float" && field.exclusiveMin === true;
  const openAbove = field.kind === "float" && field.exclusiveMax === true;
  const low = field.min <= -UNBOUNDED ? "" : openBelow ? t("inspector.above", { min: show(field.min) }) : show(field.min);
  const high = field.max >= UNBOUNDED ? "" : openAbove ? t("inspector.below", { max: show(field.max) }) : show(field.max);
  if (low === "" && high === "") return "";
  if (high === "") return openBelow ? low : `≥ ${low}`;
  if (low === "") return openAbove ? high : `≤ ${high}`;
  return `${low} – ${high}`;
}

/** @returns what is wrong in words, or null */
export function checkNumber(field: NumberField, value: number | null, old: string, t: Translate): string | null {
  if (value === null) return field.nullable ? null : t("inspector.required", { old });
  const received = String(value);
  if (field.kind === "int" && !Number.isInteger(value)) return t("inspector.whole", { value: received, old });
  const tooLow = value < field.min || (field.kind === "float" && field.exclusiveMin === true && value === field.min);
  const tooHigh = value > field.max || (field.kind === "float" && field.exclusiveMax === true && value === field.max);
  if (!tooLow && !tooHigh && Number.isFinite(value)) return null;
  const range = rangeText(field, t) || `${show(field.min)} – ${show(field.max)}`;
  return t("inspector.out_of_range", { range, value: received, old });
}

/** Whole numbers step by one; others by a tenth of their size, along the ladder where there is one. */
export function nextStep(field: NumberField, value: number, up: boolean): number {
  if (field.kind === "int") return 1;
  if (field.ladder !== undefined) {
    const next = up ? field.ladder.find((rung) => rung > value * 1.0001) : field.ladder.findLast((rung) => rung < value * 0.9999);
    if (next !== undefined) return Math.abs(next - value);
  }
  if (value === 0) return field.max <= 1 ? 0.01 : 0.1;
  const size = Math.abs(value);
  const decade = 10 ** Math.floor(Math.log10(!up && Number.isInteger(Math.log10(size)) ? size / 10 : size));
  return field.max <= 1 && size >= 0.05 ? 0.05 : decade;
}
