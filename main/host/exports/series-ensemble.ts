/**
 * An ensemble of networks of a series, tried out: each member forecasts by itself, further than its horizon from its own predictions, and
 * the rule makes one answer of what they say of each row.
 */
import type { Table } from "../../../core/data/table.ts";
import type { Ensemble } from "../../../core/ensembles/ensemble.ts";
import { AppError } from "../../../core/errors.ts";
import type { Run } from "../../../core/protocol/methods.ts";
import { answersOfRows } from "../../../core/train/answers.ts";
import type { Predictor } from "../../../core/train/model.ts";
import { joinPredicted, type PredictedRows } from "../../../core/train/predicted-rows.ts";
import { type ForecastRow, forecast, knownAtLeast } from "../../../core/train/series/forecast.ts";
import type { Store } from "../../store/store.ts";
import { ensembleOf, membersOf } from "../ensembles/ensemble-rows.ts";
import type { RowPredictions } from "../evaluation/row-predictions.ts";
import type { TrainedModels } from "./trained-model.ts";

export interface SeriesSurroundings {
  readonly store: Store;
  readonly models: TrainedModels;
  readonly predictions: RowPredictions;
  readonly tablePath: (datasetId: string) => Promise<string>;
}

export interface AskedEnsemble {
  readonly rule: Ensemble["rule"];
  readonly runs: readonly Run[];
  /** In the order of the runs. */
  readonly members: readonly Predictor[];
  readonly together: SeriesSurroundings["predictions"]["together"];
}

/** @throws AppError ensemble.windows_differ where members read other columns, in another order, or predict rows as far ahead */
export function ensembleOfSeries({ store, models, predictions }: SeriesSurroundings, run: Run): AskedEnsemble {
  const ensemble = ensembleOf(run);
  const runs = membersOf(store, ensemble);
  const members = runs.map(({ id }) => models.predictor(id));
  const kinds = members.map(({ pipeline: { window } }) => JSON.stringify([window?.columns, window?.order_by, window?.horizon]));
  if (new Set(kinds).size > 1 || members.some(({ pipeline }) => pipeline.window === undefined))
    throw new AppError("ensemble.windows_differ", { name: run.name });
  return { rule: ensemble.rule, runs, members, together: (...rows) => predictions.together(...rows) };
}

export function furthestBack(members: readonly Predictor[]): Predictor {
  const [first, ...others] = members;
  if (first === undefined) throw new Error("an ensemble has members");
  return others.reduce((most, one) => (knownAtLeast(one.pipeline) > knownAtLeast(most.pipeline) ? one : most), first);
}

/** As `forecast` of one network. */
export async function forecastTogether(
  { rule, runs, members, together }: AskedEnsemble,
  table: Table,
  known: number,
): Promise<Pick<ForecastRow, "fed" | "answers">[]> {
  const each = members.map((member) => forecast(member, table, known));
  const rows = each[0]?.map(({ fed }, place) => ({ fed, said: each.map((own) => own[place]?.predicted() ?? null) })) ?? [];
  const whole = rows.filter(({ said }) => said.every((own) => own !== null));
  if (whole.length === 0) return rows.map(({ fed }) => ({ fed, answers: null }));
  const asked = members.map((_, member) => joinPredicted(whole.map(({ said }) => said[member] as PredictedRows)));
  const { answers } = answersOfRows(await together(asked, runs, rule));
  return rows.map((row) => {
    const answer = answers[whole.indexOf(row)];
    return { fed: row.fed, answers: answer === undefined ? null : [answer] };
  });
}
