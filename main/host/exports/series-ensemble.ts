/**
 * An ensemble of networks of a series, tried out: each member forecasts by itself, further than its horizon from its own predictions, and
 * the rule makes one answer of what they say of each row.
 */
import { AppError } from "../../../core/errors.ts";
import type { MethodOutput } from "../../../core/protocol/methods.ts";
import { answersOfRows } from "../../../core/train/answers.ts";
import { joinPredicted, type PredictedRows } from "../../../core/train/predicted-rows.ts";
import type { AskedForm } from "./said-lines.ts";
import type { SaidOfSeries } from "./said-series.ts";

/** @throws AppError ensemble.windows_differ where members read other columns, in another order, or predict rows as far ahead */
export function refuseOtherWindows(forms: readonly AskedForm[], name: string): void {
  const kinds = forms.map(({ window }) => JSON.stringify([window?.columns, window?.order_by, window?.horizon]));
  if (new Set(kinds).size > 1 || forms.some(({ window }) => window === null)) throw new AppError("ensemble.windows_differ", { name });
}

/** @param each what each member says of the same rows */
export async function forecastTogether(
  each: readonly SaidOfSeries[],
  together: (rows: readonly PredictedRows[]) => Promise<PredictedRows>,
): Promise<MethodOutput<"runs.forecast">> {
  const [first] = each;
  if (first === undefined) throw new Error("an ensemble has members");
  const { effects } = first;
  const rows = first.rows.map(({ x, fed }, place) => ({ x, fed, said: each.map(({ predicted }) => predicted[place] ?? null) }));
  const whole = rows.filter(({ said }) => said.every((own) => own !== null));
  if (whole.length === 0) return { rows: rows.map(({ x, fed }) => ({ x, fed, answers: null })), effects };
  const asked = each.map((_, member) => joinPredicted(whole.map(({ said }) => said[member] as PredictedRows)));
  const { answers } = answersOfRows(await together(asked));
  return {
    rows: rows.map((row) => {
      const answer = answers[whole.indexOf(row)];
      return { x: row.x, fed: row.fed, answers: answer === undefined ? null : [answer] };
    }),
    effects,
  };
}
