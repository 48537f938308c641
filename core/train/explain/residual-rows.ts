/** Residuals of rows that were predicted: their summary and histogram, points of some and bands of all against the prediction or a column. */
import type { Column } from "../../data/table.ts";
import { AppError } from "../../errors.ts";
import { cutByWords } from "../../insight/slices/cut.ts";
import {
  type ResidualBand,
  type ResidualSummary,
  residualBands,
  spreadPlaces,
  summariseResiduals,
} from "../../insight/slices/residuals.ts";
import type { PredictedRows } from "../predicted-rows.ts";
import { cellsOfRows } from "./sliced-rows.ts";

/** Points that are drawn, and bands of all rows. */
const MOST_POINTS = 500;
const BANDS = 12;

export interface ResidualRows {
  /** Of a column of words, by how often they come: `x` is the place in them. */
  readonly words: string[] | null;
  readonly summary: ResidualSummary;
  readonly points: { readonly row: number; readonly x: number; readonly residual: number }[];
  readonly bands: ResidualBand[];
}

/** @param against null: the prediction itself. @throws AppError run.no_residuals, run.not_sliced */
export function residualRows(all: PredictedRows, target: number, against: Column | null): ResidualRows {
  const { count, kind } = all.task;
  if (kind !== "numbers" || target >= count) throw new AppError("run.no_residuals", { name: all.name });
  const predicted = Array.from({ length: all.rows }, (_, place) => all.predictions[place * count + target] as number);
  const residuals = predicted.map((value, place) => (all.targets[place * count + target] as number) - value);
  const { x, words } = against === null ? { x: predicted, words: null } : placesAlong(against, all);
  const finite = residuals.flatMap((value, place) => (Number.isFinite(value) ? [place] : []));
  if (finite.length === 0) throw new AppError("run.no_residuals", { name: all.name });
  const [ownX, own] = [finite.map((place) => x[place] as number), finite.map((place) => residuals[place] as number)];
  return {
    words,
    summary: summariseResiduals(own),
    points: spreadPlaces(own.length, MOST_POINTS).flatMap((k) => {
      const point = { row: all.rowIds[finite[k] as number] as number, x: ownX[k] as number, residual: own[k] as number };
      return Number.isNaN(point.x) ? [] : [point];
    }),
    bands: words === null ? residualBands(ownX, own, BANDS) : words.flatMap((_, word) => bandOfWord(ownX, own, word)),
  };
}

function bandOfWord(x: readonly number[], residuals: readonly number[], word: number): ResidualBand[] {
  const places = x.flatMap((value, place) => (value === word ? [place] : []));
  return residualBands(
    places.map(() => word),
    places.map((place) => residuals[place] as number),
    1,
  );
}

/** Where each row lies along a column; words by how often they come. */
function placesAlong(column: Column, all: PredictedRows): { readonly x: readonly number[]; readonly words: string[] | null } {
  const own = cellsOfRows(column, all);
  if (own.kind === "number") return { x: own.values, words: null };
  const words = cutByWords(own.values).flatMap(({ key }) => (key.kind === "value" ? [String(key.value)] : []));
  const places = new Map(words.map((word, place) => [word, place]));
  return { x: own.values.map((word) => (word === null ? Number.NaN : (places.get(word) ?? Number.NaN))), words };
}
