import type { BaselineImplementation, BaselineWindow } from "../baseline.ts";

/** Steps of what people measure: days, weeks, months, hours, years. */
const SEASONS = [1, 7, 12, 24, 28, 30, 52, 365];

/** Place in a row's window of the target's value `back` steps before what is predicted. */
const placeOf = ({ length, horizon, columns, target }: BaselineWindow, back: number): number =>
  (length + horizon - 1 - back) * columns + target;

export default {
  *fit({ inputs, targets, rows }, { width, window }) {
    if (window === null) throw new Error("seasonal naive without a window");
    const { length, horizon } = window;
    const reachable = SEASONS.filter((back) => back >= horizon && back <= length + horizon - 1);
    let best = { back: horizon, error: Number.POSITIVE_INFINITY };
    for (const back of reachable.length === 0 ? [horizon] : reachable) {
      const place = placeOf(window, back);
      let error = 0;
      for (let row = 0; row < rows; row += 1) error += ((targets[row] as number) - (inputs[row * width + place] as number)) ** 2;
      if (error < best.error) best = { back, error };
      yield;
    }
    const place = placeOf(window, best.back);
    return {
      predict: (given, asked) => Float64Array.from({ length: asked }, (_, row) => given[row * width + place] as number),
      said: { key: "baselines.season", params: { back: best.back } },
    };
  },
} satisfies BaselineImplementation;
