/** Columns of the run list: what each shows of a run, how it is sorted and filtered. Pure; drawing is in RunTable.tsx. */
import type { ListedRun } from "../../core/protocol/contract/runs.ts";
import { metricOfCurve, sortedFigures } from "../training/metrics.ts";
import { conditionOf } from "./filter-conditions.ts";
import type { FilteredOptions, OptionColumn } from "./options/option-columns.ts";

export const PLAIN_COLUMNS = ["name", "status", "project", "dataset", "epochs", "parameters", "seconds", "created", "tags"] as const;
export type PlainColumn = (typeof PLAIN_COLUMNS)[number];
export type Column =
  | { readonly kind: "plain"; readonly name: PlainColumn }
  | { readonly kind: "figure"; readonly name: string }
  | OptionColumn;

export interface Sorting {
  readonly column: Column;
  readonly descending: boolean;
}

/** What the list knows of a run beside its row. */
export interface RunWords {
  readonly project: (run: ListedRun) => string;
  readonly status: (run: ListedRun) => string;
  /** The value of an option, once it was read; null where the run has none. */
  readonly option?: (run: ListedRun, column: OptionColumn) => number | string | null;
}

/**
 * Figures stand between the epochs and the rest: all that any of the runs has. Those of the training rows that were
 * measured on the validation rows too come last, so that a narrow window shows what runs are judged by without scrolling.
 * Options that were chosen stand before them all: what was changed, then what came of it.
 */
export function columnsFor(runs: readonly ListedRun[], withProject: boolean, options: readonly OptionColumn[] = []): readonly Column[] {
  const figures = sortedFigures(runs.flatMap((run) => Object.keys(run.metrics)));
  const validated = new Set(figures.map(metricOfCurve).flatMap(({ metric, part }) => (part === "validation" ? [metric] : [])));
  const isSecond = (name: string): boolean => metricOfCurve(name).part === "training" && validated.has(metricOfCurve(name).metric);
  const asColumns = (names: readonly string[]): readonly Column[] => names.map((name) => ({ kind: "figure", name }));
  const plain = PLAIN_COLUMNS.flatMap((name): readonly Column[] => {
    if (name === "project" && !withProject) return [];
    const column: Column = { kind: "plain", name };
    return name === "epochs" ? [...options, column, ...asColumns(figures.filter((figure) => !isSecond(figure)))] : [column];
  });
  return [...plain, ...asColumns(figures.filter(isSecond))];
}

/** The columns in which not all of the runs say the same; the name always stays. */
export function differingColumns(columns: readonly Column[], runs: readonly ListedRun[], words: RunWords): readonly Column[] {
  const [first, ...others] = runs;
  if (first === undefined || others.length === 0) return columns;
  return columns.filter((column) => {
    if (column.kind === "plain" && column.name === "name") return true;
    const value = sortValue(first, column, words);
    return others.some((run) => sortValue(run, column, words) !== value);
  });
}

export const isArchived = (run: Pick<ListedRun, "archived_at">): boolean => (run.archived_at ?? null) !== null;

export function sameColumn(a: Column, b: Column): boolean {
  return a.kind === b.kind && a.name === b.name;
}

/** What a column knows of a run. */
interface PlainColumnDefinition {
  /** What it sorts by; null where the run has nothing. */
  readonly value: (run: ListedRun, words: RunWords) => number | string | null;
  /** As a file has it, where that is not its value. */
  readonly text?: (run: ListedRun) => string;
}

const PLAIN: Record<PlainColumn, PlainColumnDefinition> = {
  name: { value: ({ name }) => name },
  status: { value: (run, words) => words.status(run) },
  project: { value: (run, words) => words.project(run) },
  dataset: { value: (run) => run.dataset_name },
  epochs: { value: ({ epoch }) => epoch, text: ({ epoch, epochs }) => (epochs === 0 ? "" : String(epoch)) },
  parameters: { value: ({ parameters }) => parameters },
  seconds: { value: ({ seconds }) => seconds },
  created: { value: (run) => run.created_at, text: (run) => new Date(run.created_at).toISOString() },
  tags: { value: ({ tags }) => (tags.length === 0 ? null : tags.join(", ")), text: ({ tags }) => tags.join("; ") },
};

function sortValue(run: ListedRun, column: Column, words: RunWords): number | string | null {
  if (column.kind === "figure") return run.metrics[column.name] ?? null;
  return column.kind === "option" ? (words.option?.(run, column) ?? null) : PLAIN[column.name].value(run, words);
}

/** A run's cell in a file: numbers and times as they are, empty where it has nothing. */
export function fileText(run: ListedRun, column: Column, words: RunWords): string {
  const own = column.kind === "plain" ? PLAIN[column.name].text : undefined;
  return own === undefined ? String(sortValue(run, column, words) ?? "") : own(run);
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** Runs that have nothing in the column stand last, whichever way it is sorted. */
export function sortRuns(runs: readonly ListedRun[], { column, descending }: Sorting, words: RunWords): readonly ListedRun[] {
  const keyed = runs.map((run) => ({ run, value: sortValue(run, column, words) }));
  keyed.sort((a, b) => {
    if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null) || newest(a.run, b.run);
    const order =
      typeof a.value === "number" && typeof b.value === "number" ? a.value - b.value : collator.compare(String(a.value), String(b.value));
    return (descending ? -order : order) || newest(a.run, b.run);
  });
  return keyed.map(({ run }) => run);
}

function newest(a: ListedRun, b: ListedRun): number {
  return b.created_at - a.created_at || b.number - a.number;
}

/** The words of a filter. */
export const filterWords = (filter: string): readonly string[] => filter.toLowerCase().split(/\s+/).filter(Boolean);

/** Runs whose notes hold a word, by the word: notes are not in the list, the host looks into them. */
export type NotedRuns = ReadonlyMap<string, ReadonlySet<string>>;
const NOTHING_NOTED: NotedRuns = new Map();

/** Every word of the filter must be found somewhere in the run's texts, or hold of its figures and options where it is a condition ("val_loss<0.3"). */
export function filterRuns(
  runs: readonly ListedRun[],
  filter: string,
  words: RunWords,
  noted: NotedRuns = NOTHING_NOTED,
  options?: FilteredOptions,
): readonly ListedRun[] {
  const wanted = filterWords(filter).map((word) => ({ word, holds: conditionOf(word, options) }));
  if (wanted.length === 0) return runs;
  return runs.filter((run) => {
    const text = [run.name, words.status(run), words.project(run), run.dataset_name, ...run.tags].join("\n").toLowerCase();
    return wanted.every(({ word, holds }) => holds?.(run) ?? (text.includes(word) || noted.get(word)?.has(run.id) === true));
  });
}
