/** The best epoch came long before the end and later ones bought nothing: when it could have stopped. */
import { stopEarly, stopsEarly } from "./remedies.ts";
import { figure, type Judge, lowest, watched } from "./verdict.ts";

/** Share of the run after the best epoch, and at least so many epochs. */
const LATE = 0.4;
const FEWEST = 8;

export const stoppedLate: Judge = (facts) => {
  const values = watched(facts);
  const best = values[lowest(values)];
  const last = values.at(-1);
  if (best === undefined || last === undefined || facts.diverged || stopsEarly(facts.design)) return null;
  const wasted = last.epoch - best.epoch;
  if (wasted < FEWEST || wasted < LATE * last.epoch) return null;
  return {
    code: "verdict.stopped_late",
    tone: "advice",
    params: { best: best.epoch, last: last.epoch, low: figure(best.value) },
    fixes: stopEarly(facts),
  };
};
