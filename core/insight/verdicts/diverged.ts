/** The loss became NaN or infinite: steps were too large. */
import { clipGradients, learningRateOf, rateTimes } from "./remedies.ts";
import type { Judge } from "./verdict.ts";

export const diverged: Judge = (facts) =>
  facts.diverged
    ? {
        code: "verdict.diverged",
        tone: "problem",
        params: { epoch: facts.epochs.length + 1, rate: learningRateOf(facts.design) ?? 0 },
        fixes: [...rateTimes(facts, 0.1), ...clipGradients(facts)],
      }
    : null;
