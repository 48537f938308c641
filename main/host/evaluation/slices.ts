/** Figures by the values of a column, and residuals: the run says what it predicts of each row, the table what stands in it. */
import type { Column } from "../../../core/data/table.ts";
import { AppError } from "../../../core/errors.ts";
import { compareSlices } from "../../../core/insight/slices/compare-slices.ts";
import { crossSlices, cutByNumbers, cutByWords, type Slice } from "../../../core/insight/slices/cut.ts";
import { residualBands, spreadPlaces, summariseResiduals } from "../../../core/insight/slices/residuals.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { MethodInput, MethodOutput } from "../../../core/protocol/methods.ts";
import { errorsOfRows, figuresOfRows, type PredictedRows, pickRows } from "../../../core/train/predicted-rows.ts";
import type { Store } from "../../store/store.ts";
import { loadTable } from "../datasets/load-table.ts";
import type { RowPredictions } from "./row-predictions.ts";

export interface SliceSurroundings {
  readonly store: Store;
  readonly predictions: RowPredictions;
  readonly tablePath: (datasetId: string) => Promise<string>;
}

/** Points that are drawn, and bands of all rows. */
const MOST_POINTS = 500;
const BANDS = 12;

export function sliceHandlers(around: SliceSurroundings): Pick<HostHandlers, "runs.slices" | "runs.residuals"> {
  return { "runs.slices": (input) => slicesOf(around, input), "runs.residuals": (input) => residualsOf(around, input) };
}

async function slicesOf(
  around: SliceSurroundings,
  { id, part, dataset_id: other, node_id, column, across, bins }: MethodInput<"runs.slices">,
): Promise<MethodOutput<"runs.slices">> {
  const all = await around.predictions.of(id, part, node_id, other ?? null);
  const cut = async (name: string): Promise<{ slices: Slice[]; dates: boolean }> => {
    const { cells, dates } = await columnOf(around, id, name, other ?? null);
    const own = cellsOfRows(cells, all);
    return { dates, slices: own.kind === "number" ? cutByNumbers(own.values, bins) : cutByWords(own.values) };
  };
  const { slices: first, dates } = await cut(column);
  const second = across === undefined ? null : await cut(across);
  const slices = second === null ? first : crossSlices(first, second.slices);
  const errors = errorsOfRows(all);
  const compared = compareSlices(slices, errors);
  return {
    measure: errors.kind,
    dates,
    across_dates: second?.dates ?? false,
    rows: all.rows,
    mean: errors.values.reduce((sum, error) => sum + error, 0) / all.rows,
    figures: figuresOfRows(all),
    slices: compared.map(({ key, places, mean, difference, p }) => ({
      key,
      rows: places.length,
      mean,
      difference,
      p,
      figures: figuresOfRows(pickRows(all, places)),
    })),
  };
}

async function residualsOf(
  around: SliceSurroundings,
  { id, part, dataset_id: other, node_id, target, against }: MethodInput<"runs.residuals">,
): Promise<MethodOutput<"runs.residuals">> {
  const all = await around.predictions.of(id, part, node_id, other ?? null);
  const { count, kind } = all.task;
  if (kind !== "numbers" || target >= count) throw new AppError("run.no_residuals", { name: all.name });
  const predicted = Array.from({ length: all.rows }, (_, place) => all.predictions[place * count + target] as number);
  const residuals = predicted.map((value, place) => (all.targets[place * count + target] as number) - value);
  const { x, words, dates } =
    against === null
      ? { x: predicted, words: null, dates: false }
      : await placesOf(around, { runId: id, other: other ?? null }, against, all);
  const finite = residuals.flatMap((value, place) => (Number.isFinite(value) ? [place] : []));
  if (finite.length === 0) throw new AppError("run.no_residuals", { name: all.name });
  const [ownX, own] = [finite.map((place) => x[place] as number), finite.map((place) => residuals[place] as number)];
  return {
    dates,
    words,
    summary: copied(summariseResiduals(own)),
    points: spreadPlaces(own.length, MOST_POINTS).flatMap((k) => {
      const point = { row: all.rowIds[finite[k] as number] as number, x: ownX[k] as number, residual: own[k] as number };
      return Number.isNaN(point.x) ? [] : [point];
    }),
    bands:
      words === null
        ? residualBands(ownX, own, BANDS)
        : words.flatMap((_, word) => {
            const places = ownX.flatMap((value, place) => (value === word ? [place] : []));
            return residualBands(
              places.map(() => word),
              places.map((place) => own[place] as number),
              1,
            );
          }),
  };
}

const copied = ({ quantiles, histogram, ...rest }: ReturnType<typeof summariseResiduals>) => ({
  ...rest,
  quantiles: [...quantiles],
  histogram: [...histogram],
});

/** Where each row lies along a column; words by how often they come. */
async function placesOf(
  around: SliceSurroundings,
  { runId, other }: { readonly runId: string; readonly other: string | null },
  name: string,
  all: PredictedRows,
): Promise<{ readonly x: readonly number[]; readonly words: string[] | null; readonly dates: boolean }> {
  const { cells, dates } = await columnOf(around, runId, name, other);
  const own = cellsOfRows(cells, all);
  if (own.kind === "number") return { x: own.values, words: null, dates };
  const words = cutByWords(own.values).flatMap(({ key }) => (key.kind === "value" ? [String(key.value)] : []));
  const places = new Map(words.map((word, place) => [word, place]));
  return { x: own.values.map((word) => (word === null ? Number.NaN : (places.get(word) ?? Number.NaN))), words, dates };
}

/** A column of the run's data (or of another data set) as its design reads it, whatever its role. @throws AppError data.column_missing, run.not_sliced */
export async function columnOf(
  { store, tablePath }: SliceSurroundings,
  runId: string,
  name: string,
  other: string | null = null,
): Promise<{ cells: Column; dates: boolean }> {
  const run = store.getRun(runId);
  const document = store.runDesign(runId).data?.columns.find((column) => column.name === name);
  const datasetId = other ?? run.dataset_id;
  if (datasetId === null) throw new AppError("run.no_dataset", { name: run.name });
  if (document === undefined) throw new AppError("data.column_missing", { columns: name, count: 1 });
  if (document.type === "picture") throw new AppError("run.not_sliced", { column: name });
  // As a target a text is read as words rather than as a text to learn from.
  const table = await loadTable(await tablePath(datasetId), [{ ...document, role: "target" }]);
  const cells = table.columns[0];
  if (cells === undefined) throw new AppError("data.column_missing", { columns: name, count: 1 });
  return { cells, dates: document.type === "date" };
}

type Cells =
  | { readonly kind: "number"; readonly values: readonly number[] }
  | { readonly kind: "words"; readonly values: readonly (string | null)[] };

function cellsOfRows(column: Column, { rowIds }: PredictedRows): Cells {
  const rows = [...rowIds];
  switch (column.kind) {
    case "number":
      return { kind: "number", values: rows.map((row) => column.values[row] ?? Number.NaN) };
    case "category":
      return { kind: "words", values: rows.map((row) => column.categories[column.codes[row] ?? -1] ?? null) };
    case "text":
      return { kind: "words", values: rows.map((row) => column.values[row] ?? null) };
    case "picture":
      throw new AppError("run.not_sliced", { column: column.name });
    default:
      return column satisfies never;
  }
}
