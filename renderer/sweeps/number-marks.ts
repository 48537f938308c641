/** The marks of an axis of numbers: round values, written with as many decimals as each other, and the ends that they reach to. Pure. */
import { type Domain, linearTicks } from "../training/axes.ts";
import { formatMark } from "../training/chart-words.ts";

export interface NumberMarks {
  /** The least and the largest mark: all values lie between them. */
  readonly domain: Domain;
  readonly ticks: readonly { readonly value: number; readonly text: string }[];
}

/** More would stand over each other on an axis of 200 pixels. */
const MOST_LOG_TICKS = 9;
const LINEAR_TICKS = 6;
const FACTORS: readonly (readonly number[])[] = [[1, 2, 5], [1, 3], [1]];
/** Numbers below are written with an exponent, and then all of an axis are. */
const SMALL = 1e-3;

/** @param log whether the axis goes by the logarithm; both ends are above zero then */
export function numberMarks(low: number, high: number, log: boolean): NumberMarks {
  const values = low === high ? [low] : log ? logMarks(low, high) : linearMarks(low, high);
  const texts = evenTexts(values, log);
  return {
    domain: [values[0] ?? low, values.at(-1) ?? high],
    ticks: values.map((value, place) => ({ value, text: texts[place] ?? "" })),
  };
}

function linearMarks(low: number, high: number): readonly number[] {
  const [first = low, second = high] = linearTicks([low, high], LINEAR_TICKS);
  const step = second - first;
  if (!(step > 0)) return [low, high];
  const from = Math.floor(low / step + 1e-9);
  const to = Math.ceil(high / step - 1e-9);
  return Array.from({ length: to - from + 1 }, (_, k) => Number(((from + k) * step).toPrecision(12)));
}

/** As many of 1, 2 and 5 times the powers of ten as there is room for. */
function logMarks(low: number, high: number): readonly number[] {
  let marks: readonly number[] = [];
  for (const factors of FACTORS) {
    const all: number[] = [];
    for (let power = Math.floor(Math.log10(low)) - 1; power <= Math.ceil(Math.log10(high)) + 1; power += 1)
      for (const factor of factors) all.push(Number((factor * 10 ** power).toPrecision(12)));
    const from = all.findLastIndex((value) => value <= low * (1 + 1e-9));
    const to = all.findIndex((value) => value >= high * (1 - 1e-9));
    marks = all.slice(from, to + 1);
    if (marks.length <= MOST_LOG_TICKS) return marks;
  }
  // Every so many powers of ten, and the last one too, so that no value lies beyond.
  const every = Math.ceil(marks.length / MOST_LOG_TICKS);
  return marks.filter((_, place) => (marks.length - 1 - place) % every === 0 || place === 0);
}

function evenTexts(values: readonly number[], log: boolean): readonly string[] {
  const sizes = values.map(Math.abs).filter((size) => size > 0);
  const least = Math.min(...sizes);
  if (log && least < SMALL) return values.map(withExponent);
  const decimals = Math.max(0, ...values.map(decimalsOf));
  if (log || Math.max(...sizes) >= 1e6 || decimals > 6) return values.map(formatMark);
  return values.map((value) =>
    value.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).replace("-", "−"),
  );
}

const withExponent = (value: number): string => value.toExponential().replace("e+", "e");

function decimalsOf(value: number): number {
  const [digits = "", exponent = "0"] = value.toExponential().split("e");
  return Math.max(0, (digits.split(".")[1] ?? "").length - Number(exponent));
}
