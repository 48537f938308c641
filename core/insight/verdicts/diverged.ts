/** The loss became NaN or infinite: steps were too large. Where the data brought it, the run's error says so, and no remedy here helps. */
import { clipGradients, learningRateOf, rateTimes } from "./remedies.ts";
import type { Judge } from "./verdict.ts";

export const diverged: Judge = (facts) => {
  if (!facts.diverged || facts.brokenData === true) return null;
  const figures = { epoch: (facts.epochs.at(-1)?.epoch ?? 0) + 1, rate: learningRateOf(facts.design) ?? 0 };
  const { divergedIn: layer } = facts;
  return {
    ...(layer === undefined
      ? { code: "verdict.diverged", params: figures }
      : { code: "verdict.diverged_in", params: { ...figures, layer } }),
    tone: "problem",
    fixes: [...rateTimes(facts, 0.1), ...clipGradients(facts)],
  };
};
