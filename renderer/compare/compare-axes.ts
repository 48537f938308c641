/** Rows of a comparison as axes, for the scatter and the parallel coordinates: where the value of a run lies, from 0 to 1. Pure. */
import type { Run } from "../../core/protocol/methods.ts";
import { numberMarks } from "../sweeps/number-marks.ts";
import { type Axis, type Brush, isKept } from "../sweeps/parallel-axes.ts";
import type { CompareRow } from "./compare-runs.ts";

/** From this factor between the smallest and the largest on, positive numbers stand by their logarithm: rates and counts do. */
const LOG_FROM = 30;
const MOST_MARKS = 12;
/** Share of an axis that its marks are apart. */
const LEAST_APART = 0.07;
/** So many different values of an option are marked themselves; of more, and of figures, round numbers are. */
const FEW_VALUES = 5;

export interface ComparedAxis extends Axis {
  readonly textOf: (run: Run) => string;
}

/**
 * Numbers stand by their size, everything else side by side in the order of its text.
 * @param textOf what a value is called
 * @param byLog whether a search drew the values by their logarithm: they stand by it however near they are to each other
 */
export function axisOfRow(
  row: CompareRow,
  runs: readonly Run[],
  name: string,
  textOf: (value: unknown) => string,
  byLog = false,
): ComparedAxis {
  const byRun = new Map(runs.map((run, place) => [run.id, row.values[place]]));
  const there = row.values.filter((value) => value !== undefined && value !== null);
  const numbers = there.filter((value): value is number => typeof value === "number" && Number.isFinite(value));
  const common = { key: row.key, name, textOf: (run: Run) => textOf(byRun.get(run.id)) };
  if (numbers.length > 0 && numbers.length === there.length) {
    const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
    const log = low > 0 && low < high && (byLog || high / low >= LOG_FROM);
    const values = [...new Set(numbers)].sort((a, b) => a - b);
    const own = row.group !== "figures" && values.length <= FEW_VALUES;
    const { domain, ticks } = numberMarks(low, high, log);
    const [foot, top] = own ? [low, high] : domain;
    const scaled = (value: number): number => (log ? Math.log(value) : value);
    const at = (value: number): number => (foot === top ? 0.5 : (scaled(value) - scaled(foot)) / (scaled(top) - scaled(foot)));
    const marks = own ? values.map((value) => ({ value, text: textOf(value) })) : ticks;
    return {
      ...common,
      log,
      placeOf: (run) => {
        const value = byRun.get(run.id);
        return typeof value === "number" && Number.isFinite(value) ? at(value) : null;
      },
      marks: apart(marks.map(({ value, text }) => ({ at: at(value), text }))),
    };
  }
  const texts = [...new Set(there.map(textOf))].sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));
  const places = new Map(texts.map((text, place) => [text, (place + 0.5) / texts.length]));
  const every = Math.ceil(texts.length / MOST_MARKS);
  return {
    ...common,
    log: false,
    placeOf: (run) => {
      const value = byRun.get(run.id);
      return value === undefined || value === null ? null : (places.get(textOf(value)) ?? null);
    },
    marks: texts.flatMap((text, place) => (place % every === 0 ? [{ at: places.get(text) ?? 0, text }] : [])),
  };
}

/** Marks that can be read beside each other: both ends, and those between that stand far enough from them and from each other. */
function apart(marks: ComparedAxis["marks"]): ComparedAxis["marks"] {
  const [first, last] = [marks[0], marks.at(-1)];
  if (first === undefined || last === undefined || first === last) return marks;
  const kept = [first];
  for (const mark of marks.slice(1, -1))
    if (mark.at - (kept.at(-1)?.at ?? 0) >= LEAST_APART && last.at - mark.at >= LEAST_APART) kept.push(mark);
  return [...kept, last];
}

/** What is worth an axis: figures, and every option in which the runs differ. */
export function axisRows(rows: readonly CompareRow[]): readonly CompareRow[] {
  return rows.filter((row) => row.group === "figures" || row.differs);
}

/** What is looked at first: the option that was changed against the figure that runs are judged by. */
export function firstAxes(rows: readonly CompareRow[]): { readonly x: string; readonly y: string } {
  const figures = rows.filter(({ group }) => group === "figures");
  const y = figures.find(({ field }) => field.startsWith("val_")) ?? figures[0];
  const changed = rows.filter(({ group, differs }) => differs && (group === "layers" || group === "training" || group === "data"));
  const x =
    changed.find(({ values }) => values.some((value) => typeof value === "number")) ??
    changed[0] ??
    rows.find(({ group, field }) => group === "run" && field === "seconds");
  return { x: x?.key ?? rows[0]?.key ?? "", y: y?.key ?? rows[0]?.key ?? "" };
}

/** 0 for the worst, 1 for the best, null without a value. */
export function goodnessOf(axis: ComparedAxis, runs: readonly Run[], higher: boolean): (run: Run) => number | null {
  const places = runs.flatMap((run) => axis.placeOf(run) ?? []);
  const [low, high] = [Math.min(...places), Math.max(...places)];
  return (run) => {
    const at = axis.placeOf(run);
    if (at === null) return null;
    const share = high === low ? 1 : (at - low) / (high - low);
    return higher ? share : 1 - share;
  };
}

/** The runs that lie in every stretch, whichever axes are drawn. */
export function keptRuns(runs: readonly Run[], axes: readonly Axis[], brushes: ReadonlyMap<string, Brush>): readonly Run[] {
  return runs.filter((run) => isKept(run, axes, brushes));
}

/**
 * Options for so many axes: those of which a stretch was chosen, then the others in which the runs differ, before all those that every run
 * has: an option of one kind of optimizer says nothing of the runs with another.
 */
export function parallelRows(
  rows: readonly CompareRow[],
  figure: string,
  brushes: ReadonlyMap<string, Brush>,
  most: number,
): readonly CompareRow[] {
  const others = rows.filter((row) => row.key !== figure);
  const chosen = others.filter(({ key }) => brushes.has(key));
  const having = ({ values }: CompareRow): number => values.filter((value) => value !== undefined && value !== null).length;
  const options = others
    .filter(({ key, group }) => !brushes.has(key) && group !== "figures" && group !== "run")
    .toSorted((a, b) => having(b) - having(a));
  const shown = new Set([...chosen, ...options].slice(0, Math.max(most, chosen.length)));
  return rows.filter((row) => shown.has(row));
}
