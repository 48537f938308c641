/** The loss falls in an even, slow slope that does not level off: steps are too small. */
import { learningRateOf, rateTimes } from "./remedies.ts";
import { figure, type Judge, percent } from "./verdict.ts";

/** What the last quarter must have gained, of what the first did: a rate that fits gains most at first. */
const EVEN = 0.6;
/** More than this share of the loss must be left. */
const LEFT = 0.5;
const GAINED = 0.02;
const FEWEST_EPOCHS = 8;

export const rateTooLow: Judge = (facts) => {
  const { epochs, design, diverged } = facts;
  const losses = epochs.flatMap(({ loss }) => (loss === null ? [] : [loss]));
  const rate = learningRateOf(design);
  if (diverged || rate === null || losses.length < FEWEST_EPOCHS) return null;
  const quarter = Math.floor(losses.length / 4);
  const [first, atQuarter, beforeLast, last] = [losses[0], losses[quarter], losses[losses.length - 1 - quarter], losses.at(-1)];
  if (first === undefined || atQuarter === undefined || beforeLast === undefined || last === undefined || first <= 0) return null;
  const fell = (first - last) / first;
  if (fell < GAINED || last < LEFT * first || beforeLast - last < EVEN * (first - atQuarter)) return null;
  const params = { from: figure(first), to: figure(last), epochs: epochs.at(-1)?.epoch ?? losses.length, share: percent(fell), rate };
  return { code: "verdict.rate_too_low", tone: "advice", params, fixes: rateTimes(facts, 3) };
};
